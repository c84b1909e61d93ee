package pharos.config.check.istio;

import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
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

/** JWKS are fetched from anywhere although RequestAuthentications exist (catalog 5.3). */
final class BlockedCidrsCheck implements Check {
  @Override
  public String name() {
    return "authn.BlockedCIDRsAnalyzer";
  }

  @Override
  public Set<Kind> reads() {
    return Set.of(Kinds.REQUEST_AUTHENTICATION, Kinds.DEPLOYMENT);
  }

  @Override
  public void run(MeshView mesh, Consumer<Finding> report) {
    List<Resource> policies = mesh.all(Kinds.REQUEST_AUTHENTICATION);
    if (policies.isEmpty()) {
      return;
    }
    String names =
        policies.stream()
            .limit(SHOWN)
            .map(policy -> policy.key().namespace() + "/" + policy.key().name())
            .collect(Collectors.joining(", "));
    if (policies.size() > SHOWN) {
      names += ", and %d more".formatted(policies.size() - SHOWN);
    }
    for (Resource deployment : mesh.all(Kinds.DEPLOYMENT)) {
      if ("istiod".equals(deployment.labels().get("app")) && !blocksCidrs(deployment)) {
        report.accept(
            Finding.at(
                deployment,
                Path.ROOT,
                name(),
                IstioMessage.JWKS_URI_FETCH_UNRESTRICTED,
                policies.size(),
                names));
      }
    }
  }

  private static final int SHOWN = 5;

  private static boolean blocksCidrs(Resource deployment) {
    for (Node container : Fields.items(deployment.spec(), "template", "spec", "containers")) {
      for (Node variable : Fields.items(container, "env")) {
        if (Fields.text(variable, "name").equals("BLOCKED_CIDRS_IN_JWKS_URIS")
            && !Fields.text(variable, "value").isEmpty()) {
          return true;
        }
      }
    }
    return false;
  }
}
