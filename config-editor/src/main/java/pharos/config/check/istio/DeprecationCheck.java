package pharos.config.check.istio;

import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import pharos.config.check.Check;
import pharos.config.check.Finding;
import pharos.config.check.IstioMessage;
import pharos.config.check.MeshView;
import pharos.config.resource.Fields;
import pharos.config.resource.Kinds;
import pharos.config.resource.Node;
import pharos.config.resource.Path;
import pharos.config.resource.Resource;
import pharos.config.resource.ResourceKey.Kind;

/** Fields and kinds that Istio has given up (catalog 5.11). */
final class DeprecationCheck implements Check {
  @Override
  public String name() {
    return "deprecation.DeprecationAnalyzer";
  }

  @Override
  public Set<Kind> reads() {
    return Set.of(Kinds.VIRTUAL_SERVICE, Kinds.SIDECAR, Kinds.CUSTOM_RESOURCE_DEFINITION);
  }

  @Override
  public void run(MeshView mesh, Consumer<Finding> report) {
    for (Resource service : mesh.all(Kinds.VIRTUAL_SERVICE)) {
      List<Node> routes = Fields.items(service.spec(), "http");
      for (int i = 0; i < routes.size(); i++) {
        if (Fields.number(routes.get(i), "fault", "delay", "percent") > 0) {
          deprecated(
              service,
              Path.of("spec", "http", i, "fault", "delay", "percent"),
              "HTTPRoute.fault.delay.percent is deprecated; use HTTPRoute.fault.delay.percentage",
              report);
        }
      }
    }
    for (Resource sidecar : mesh.all(Kinds.SIDECAR)) {
      if (Fields.has(sidecar.spec(), "outboundTrafficPolicy", "egressProxy")) {
        deprecated(
            sidecar,
            Path.of("spec", "outboundTrafficPolicy", "egressProxy"),
            "OutboundTrafficPolicy.EgressProxy ignored",
            report);
      }
    }
    for (Resource definition : mesh.all(Kinds.CUSTOM_RESOURCE_DEFINITION)) {
      String kind = Fields.text(definition.spec(), "names", "kind");
      if (Fields.text(definition.spec(), "group").equals("rbac.istio.io")
          && REMOVED.contains(kind)) {
        deprecated(
            definition,
            Path.ROOT,
            "Custom resource type rbac.istio.io %s is removed".formatted(kind),
            report);
      }
    }
  }

  private static final Set<String> REMOVED =
      Set.of("ClusterRbacConfig", "RbacConfig", "ServiceRole", "ServiceRoleBinding");

  private void deprecated(Resource resource, Path path, String detail, Consumer<Finding> report) {
    report.accept(Finding.at(resource, path, name(), IstioMessage.DEPRECATED, detail));
  }
}
