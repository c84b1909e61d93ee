package pharos.config.check.istio;

import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import pharos.config.check.Finding;
import pharos.config.check.IstioMessage;
import pharos.config.check.MeshView;
import pharos.config.check.ObjectCheck;
import pharos.config.istio.MeshMembership;
import pharos.config.resource.Fields;
import pharos.config.resource.Kinds;
import pharos.config.resource.Node;
import pharos.config.resource.Path;
import pharos.config.resource.Resource;
import pharos.config.resource.ResourceKey.Kind;

/** An application runs as the proxy's own user, so its traffic escapes the proxy (catalog 5.8). */
final class ApplicationUidCheck implements ObjectCheck {
  @Override
  public String name() {
    return "applicationUID.Analyzer";
  }

  @Override
  public Set<Kind> reads() {
    return Set.of(Kinds.POD, Kinds.DEPLOYMENT);
  }

  @Override
  public void check(Resource resource, MeshView.MeshSettings mesh, Consumer<Finding> report) {
    check(
        resource,
        resource.key().kind().equals(Kinds.POD)
            ? resource.spec()
            : Fields.node(resource.spec(), "template", "spec"),
        report);
  }

  private static final long PROXY_UID = 1337;
  private static final Set<String> ISTIO_CONTAINERS = Set.of("istio-proxy", "istio-operator");

  private void check(Resource resource, @Nullable Node podSpec, Consumer<Finding> report) {
    if (MeshMembership.controlPlane(resource)) {
      return;
    }
    boolean reserved = Fields.number(podSpec, "securityContext", "runAsUser") == PROXY_UID;
    for (Node container : Fields.items(podSpec, "containers")) {
      reserved |=
          !ISTIO_CONTAINERS.contains(Fields.text(container, "name"))
              && Fields.number(container, "securityContext", "runAsUser") == PROXY_UID;
    }
    if (reserved) {
      report.accept(Finding.at(resource, Path.ROOT, name(), IstioMessage.INVALID_APPLICATION_UID));
    }
  }
}
