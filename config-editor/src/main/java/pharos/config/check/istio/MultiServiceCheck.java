package pharos.config.check.istio;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import pharos.config.check.Check;
import pharos.config.check.Finding;
import pharos.config.check.IstioMessage;
import pharos.config.check.MeshView;
import pharos.config.istio.MeshMembership;
import pharos.config.istio.Services;
import pharos.config.resource.Fields;
import pharos.config.resource.Kinds;
import pharos.config.resource.Node;
import pharos.config.resource.Path;
import pharos.config.resource.Resource;
import pharos.config.resource.ResourceKey.Kind;

/** A Deployment is behind several Services that disagree about its ports (catalog 5.7). */
final class MultiServiceCheck implements Check {
  @Override
  public String name() {
    return "deployment.MultiServiceAnalyzer";
  }

  @Override
  public Set<Kind> reads() {
    return Set.of(Kinds.SERVICE, Kinds.DEPLOYMENT, Kinds.NAMESPACE);
  }

  @Override
  public void run(MeshView mesh, Consumer<Finding> report) {
    MeshMembership membership = new MeshMembership(mesh.resources());
    Services services = mesh.index(Services.INDEX);
    for (Resource deployment : mesh.all(Kinds.DEPLOYMENT)) {
      boolean waypoint =
          "istio.io-mesh-controller".equals(deployment.labels().get("gateway.istio.io/managed"));
      if (waypoint || !membership.deploymentInMesh(deployment)) {
        continue;
      }
      Map<String, String> labels = Fields.map(deployment.spec(), "template", "metadata", "labels");
      List<Resource> matching =
          services.selecting(deployment.key().namespace(), labels).stream()
              .filter(service -> !selector(service).isEmpty())
              .toList();
      checkProtocols(deployment, matching, report);
      checkTargetPorts(deployment, matching, report);
    }
  }

  private static Map<String, String> selector(Resource service) {
    return Fields.map(service.spec(), "selector");
  }

  private static String nameOf(Resource service) {
    return service.key().namespace() + "/" + service.key().name();
  }

  private void checkProtocols(
      Resource deployment, List<Resource> services, Consumer<Finding> report) {
    Map<Long, Map<String, List<String>>> byPort = new TreeMap<>();
    for (Resource service : services) {
      for (Node port : Fields.items(service.spec(), "ports")) {
        String protocol = Fields.text(port, "protocol");
        byPort
            .computeIfAbsent(Fields.number(port, "port"), _ -> new TreeMap<>())
            .computeIfAbsent(protocol.isEmpty() ? "TCP" : protocol, _ -> new ArrayList<>())
            .add(nameOf(service));
      }
    }
    byPort.forEach((port, byProtocol) -> {
      if (byProtocol.size() > 1) {
        report.accept(
            Finding.at(
                deployment,
                Path.of("metadata", "name"),
                name(),
                IstioMessage.DEPLOYMENT_ASSOCIATED_TO_MULTIPLE_SERVICES,
                deployment.key().name(),
                port,
                byProtocol.values().stream().flatMap(List::stream).sorted().toList()));
      }
    });
  }

  private void checkTargetPorts(
      Resource deployment, List<Resource> services, Consumer<Finding> report) {
    Map<String, Map<Long, String>> byTarget = new TreeMap<>();
    for (Resource service : services) {
      for (Node port : Fields.items(service.spec(), "ports")) {
        String target = Fields.text(port, "targetPort");
        long number = Fields.number(port, "port");
        byTarget
            .computeIfAbsent(
                target.isEmpty() || target.equals("0") ? Long.toString(number) : target,
                _ -> new TreeMap<>())
            .put(number, nameOf(service));
      }
    }
    byTarget.forEach((target, byNumber) -> {
      if (byNumber.size() > 1) {
        report.accept(
            Finding.at(
                deployment,
                Path.of("metadata", "name"),
                name(),
                IstioMessage.DEPLOYMENT_CONFLICTING_PORTS,
                deployment.key().name(),
                byNumber.values().stream().sorted().toList(),
                target,
                List.copyOf(byNumber.keySet())));
      }
    });
  }
}
