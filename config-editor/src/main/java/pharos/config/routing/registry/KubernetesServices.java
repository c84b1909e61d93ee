package pharos.config.routing.registry;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

/** A Kubernetes Service as the registry sees it. */
final class KubernetesServices {
  private static final String NO_ADDRESS = "None";

  private KubernetesServices() {}

  static MeshService read(Resource service, MeshConfig mesh) {
    Node spec = service.spec();
    boolean external = Fields.text(spec, "type").equals("ExternalName");
    List<String> addresses = external ? List.of() : addresses(spec);
    boolean headless = addresses.contains(NO_ADDRESS);
    return new MeshService(
        service.key(),
        host(service.key().name(), service.key().namespace(), mesh),
        CreationTimes.seconds(service),
        Registry.KUBERNETES,
        headless ? Resolution.PASSTHROUGH : Resolution.CLIENT_SIDE,
        ports(spec),
        headless ? List.of() : addresses,
        external ? Fields.text(spec, "externalName") : "",
        ExportScopes.ofService(service, mesh),
        false,
        service.labels(),
        external ? Map.of() : Fields.map(spec, "selector"));
  }

  /** R-NAME-14. */
  static String host(String name, String namespace, MeshConfig mesh) {
    return name + "." + namespace + ".svc." + mesh.clusterDomain();
  }

  /** Without an address, as in files that no cluster has completed, there is none (R-OB-4). */
  private static List<String> addresses(@Nullable Node spec) {
    List<String> all = Fields.texts(spec, "clusterIPs");
    if (!all.isEmpty()) {
      return all;
    }
    String one = Fields.text(spec, "clusterIP");
    return one.isEmpty() ? List.of() : List.of(one);
  }

  private static List<MeshService.Port> ports(@Nullable Node spec) {
    List<MeshService.Port> ports = new ArrayList<>();
    for (Node port : Fields.items(spec, "ports")) {
      int number = (int) Fields.number(port, "port");
      String name = Fields.text(port, "name");
      ports.add(
          new MeshService.Port(
              number,
              name,
              PortProtocol.of(
                  number, name, Fields.text(port, "protocol"), Fields.text(port, "appProtocol")),
              Fields.text(port, "targetPort")));
    }
    return ports;
  }
}
