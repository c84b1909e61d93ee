package pharos.config.routing.registry;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import pharos.config.istio.CreationTimes;
import pharos.config.istio.MeshConfig;
import pharos.config.istio.PortProtocol;
import pharos.config.istio.view.MeshService;
import pharos.config.istio.view.MeshService.Registry;
import pharos.config.istio.view.MeshService.Resolution;
import pharos.config.resource.Fields;
import pharos.config.resource.Node;
import pharos.config.resource.Resource;

/** A ServiceEntry as the registry sees it: each of its hosts is a service (R-OB-34). */
final class ServiceEntries {
  private ServiceEntries() {}

  static List<MeshService> read(Resource entry, MeshConfig mesh, EntryVisibility visibility) {
    Node spec = entry.spec();
    List<MeshService.Port> ports = ports(spec);
    List<String> addresses =
        Fields.texts(spec, "addresses").stream()
            .filter(address -> !address.equals("0.0.0.0"))
            .toList();
    Set<String> exportTo =
        visibility.narrowed(ExportScopes.ofEntry(entry, mesh), entry.key().namespace());
    Map<String, String> selector = Fields.map(spec, "workloadSelector", "labels");
    List<MeshService> services = new ArrayList<>();
    for (String host : Fields.texts(spec, "hosts").stream().distinct().toList()) {
      services.add(
          new MeshService(
              entry.key(),
              host,
              CreationTimes.seconds(entry),
              Registry.SERVICE_ENTRY,
              resolution(Fields.text(spec, "resolution")),
              ports,
              addresses,
              "",
              exportTo,
              !Fields.text(spec, "location").equals("MESH_INTERNAL"),
              entry.labels(),
              selector));
    }
    return services;
  }

  private static Resolution resolution(String name) {
    return switch (name) {
      case "STATIC" -> Resolution.CLIENT_SIDE;
      case "DNS" -> Resolution.DNS;
      case "DNS_ROUND_ROBIN" -> Resolution.DNS_ROUND_ROBIN;
      case "DYNAMIC_DNS" -> Resolution.DYNAMIC_DNS;
      default -> Resolution.PASSTHROUGH;
    };
  }

  private static List<MeshService.Port> ports(@Nullable Node spec) {
    List<MeshService.Port> ports = new ArrayList<>();
    for (Node port : Fields.items(spec, "ports")) {
      long target = Fields.number(port, "targetPort");
      ports.add(
          new MeshService.Port(
              (int) Fields.number(port, "number"),
              Fields.text(port, "name"),
              // R-OB-2: the same words as for Kubernetes, without cutting a prefix.
              PortProtocol.parse(Fields.text(port, "protocol")),
              target == 0 ? "" : Long.toString(target)));
    }
    return ports;
  }
}
