package pharos.config.check.istio;

import pharos.config.istio.Pods;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import pharos.config.check.Check;
import pharos.config.check.Finding;
import pharos.config.check.IstioMessage;
import pharos.config.check.MeshView;
import pharos.config.resource.Fields;
import pharos.config.resource.Kinds;
import pharos.config.resource.Path;
import pharos.config.resource.Resource;
import pharos.config.resource.ResourceKey.Kind;

/**
 * A policy selects the Pods of a Kubernetes Gateway, which only targetRef reaches (catalog 5.21).
 */
final class K8sGatewaySelectorCheck implements Check {
  @Override
  public String name() {
    return "k8sgateway.SelectorAnalyzer";
  }

  @Override
  public Set<Kind> reads() {
    return Set.of(
        Kinds.AUTHORIZATION_POLICY,
        Kinds.REQUEST_AUTHENTICATION,
        Kinds.TELEMETRY,
        Kinds.WASM_PLUGIN,
        Kinds.POD);
  }

  @Override
  public void run(MeshView mesh, Consumer<Finding> report) {
    for (Kind kind : POLICIES) {
      for (Resource policy : mesh.all(kind)) {
        if (!Fields.has(policy.spec(), "targetRef") && Fields.has(policy.spec(), "selector")) {
          check(policy, mesh, report);
        }
      }
    }
  }

  private static final List<Kind> POLICIES =
      List.of(
          Kinds.AUTHORIZATION_POLICY,
          Kinds.REQUEST_AUTHENTICATION,
          Kinds.TELEMETRY,
          Kinds.WASM_PLUGIN);
  private static final String GATEWAY_NAME = "gateway.networking.k8s.io/gateway-name";

  private void check(Resource policy, MeshView mesh, Consumer<Finding> report) {
    Map<String, String> selector = Fields.map(policy.spec(), "selector", "matchLabels");
    mesh.index(Pods.INDEX)
        .matching(policy.key().namespace(), selector)
        .forEach(pod -> {
          String gateway = pod.labels().get(GATEWAY_NAME);
          if (gateway != null) {
            report.accept(
                Finding.at(
                    policy,
                    Path.of("spec", "selector"),
                    name(),
                    IstioMessage.INEFFECTIVE_SELECTOR,
                    gateway));
          }
        });
  }
}
