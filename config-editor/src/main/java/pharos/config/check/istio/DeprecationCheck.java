package pharos.config.check.istio;

import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import pharos.config.check.Finding;
import pharos.config.check.IstioMessage;
import pharos.config.check.MeshView;
import pharos.config.check.ObjectCheck;
import pharos.config.resource.Fields;
import pharos.config.resource.Kinds;
import pharos.config.resource.Node;
import pharos.config.resource.Path;
import pharos.config.resource.Resource;
import pharos.config.resource.ResourceKey.Kind;

/** Fields and kinds that Istio has given up (catalog 5.11). */
final class DeprecationCheck implements ObjectCheck {
  @Override
  public String name() {
    return "deprecation.DeprecationAnalyzer";
  }

  @Override
  public Set<Kind> reads() {
    return Set.of(Kinds.VIRTUAL_SERVICE, Kinds.SIDECAR, Kinds.CUSTOM_RESOURCE_DEFINITION);
  }

  @Override
  public void check(Resource resource, MeshView.MeshSettings mesh, Consumer<Finding> report) {
    Kind kind = resource.key().kind();
    if (kind.equals(Kinds.VIRTUAL_SERVICE)) {
      List<Node> routes = Fields.items(resource.spec(), "http");
      for (int i = 0; i < routes.size(); i++) {
        if (Fields.number(routes.get(i), "fault", "delay", "percent") > 0) {
          deprecated(
              resource,
              Path.of("spec", "http", i, "fault", "delay", "percent"),
              "HTTPRoute.fault.delay.percent is deprecated; use HTTPRoute.fault.delay.percentage",
              report);
        }
      }
    } else if (kind.equals(Kinds.SIDECAR)) {
      if (Fields.has(resource.spec(), "outboundTrafficPolicy", "egressProxy")) {
        deprecated(
            resource,
            Path.of("spec", "outboundTrafficPolicy", "egressProxy"),
            "OutboundTrafficPolicy.EgressProxy ignored",
            report);
      }
    } else if (kind.equals(Kinds.CUSTOM_RESOURCE_DEFINITION)) {
      String named = Fields.text(resource.spec(), "names", "kind");
      if (Fields.text(resource.spec(), "group").equals("rbac.istio.io")
          && REMOVED.contains(named)) {
        deprecated(
            resource,
            Path.ROOT,
            "Custom resource type rbac.istio.io %s is removed".formatted(named),
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
