package pharos.config.check.istio;

import pharos.config.istio.Pods;
import com.google.re2j.Pattern;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import pharos.config.check.Check;
import pharos.config.check.Finding;
import pharos.config.check.IstioMessage;
import pharos.config.check.MeshView;
import pharos.config.istio.NameReference;
import pharos.config.istio.Selectors;
import pharos.config.resource.Fields;
import pharos.config.resource.Kinds;
import pharos.config.resource.Node;
import pharos.config.resource.Path;
import pharos.config.resource.Resource;
import pharos.config.resource.ResourceKey.Kind;

/** Routing by JWT claims at a gateway that validates no tokens (catalog 5.32). */
final class JwtClaimRouteCheck implements Check {
  @Override
  public String name() {
    return "virtualservice.JWTClaimRouteAnalyzer";
  }

  @Override
  public Set<Kind> reads() {
    return Set.of(Kinds.VIRTUAL_SERVICE, Kinds.REQUEST_AUTHENTICATION, Kinds.GATEWAY, Kinds.POD);
  }

  @Override
  public void run(MeshView mesh, Consumer<Finding> report) {
    for (Resource service : mesh.all(Kinds.VIRTUAL_SERVICE)) {
      String claim = claimKey(service);
      if (claim == null) {
        continue;
      }
      for (String gateway : Fields.texts(service.spec(), "gateways")) {
        NameReference reference = NameReference.of(gateway, service.key().namespace());
        Resource found = mesh.find(Kinds.GATEWAY, reference.namespace(), reference.name());
        if (!gateway.equals("mesh") && found != null) {
          check(service, claim, reference, found, mesh, report);
        }
      }
    }
  }

  private static final Pattern CLAIM =
      Pattern.compile("(?i)@request\\.auth\\.claims(\\..+|\\[.+\\])");

  private void check(
      Resource service,
      String claim,
      NameReference reference,
      Resource gateway,
      MeshView mesh,
      Consumer<Finding> report) {
    Map<String, String> selector = Fields.map(gateway.spec(), "selector");
    for (Resource pod : mesh.index(Pods.INDEX).matching(selector).toList()) {
      if (!authenticates(pod, mesh)) {
        report.accept(
            Finding.at(
                service,
                Path.of("spec", "http"),
                name(),
                IstioMessage.JWT_CLAIM_BASED_ROUTING_WITHOUT_REQUEST_AUTH_N,
                claim,
                reference,
                pod.key().name()));
      }
    }
  }

  private static boolean authenticates(Resource pod, MeshView mesh) {
    return mesh.all(Kinds.REQUEST_AUTHENTICATION).stream()
        .filter(policy ->
            policy.key().namespace().equals("istio-system")
                || policy.key().namespace().equals(pod.key().namespace()))
        .anyMatch(policy ->
            Selectors.matches(Fields.map(policy.spec(), "selector", "matchLabels"), pod.labels()));
  }

  private static @Nullable String claimKey(Resource service) {
    for (Node route : Fields.items(service.spec(), "http")) {
      for (Node match : Fields.items(route, "match")) {
        for (String field : List.of("headers", "withoutHeaders")) {
          for (String key : Fields.entries(match, field).keySet()) {
            if (CLAIM.matches(key)) {
              return key;
            }
          }
        }
      }
    }
    return null;
  }
}
