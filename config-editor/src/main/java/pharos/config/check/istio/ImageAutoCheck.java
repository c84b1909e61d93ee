package pharos.config.check.istio;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import pharos.config.check.Check;
import pharos.config.check.Finding;
import pharos.config.check.IstioMessage;
import pharos.config.check.MeshView;
import pharos.config.istio.MeshMembership;
import pharos.config.istio.Selectors;
import pharos.config.resource.Fields;
import pharos.config.resource.Kinds;
import pharos.config.resource.Node;
import pharos.config.resource.Path;
import pharos.config.resource.Resource;
import pharos.config.resource.ResourceKey.Kind;

/** {@code image: auto} that no injector will replace (catalog 5.19). */
final class ImageAutoCheck implements Check {
  @Override
  public String name() {
    return "injection.ImageAutoAnalyzer";
  }

  @Override
  public Set<Kind> reads() {
    return Set.of(
        Kinds.NAMESPACE, Kinds.POD, Kinds.DEPLOYMENT, Kinds.MUTATING_WEBHOOK_CONFIGURATION);
  }

  @Override
  public void run(MeshView mesh, Consumer<Finding> report) {
    for (Resource pod : mesh.all(Kinds.POD)) {
      if (auto(Fields.items(pod.spec(), "containers"))) {
        report.accept(
            Finding.at(
                pod,
                Path.ROOT,
                name(),
                IstioMessage.IMAGE_AUTO_WITHOUT_INJECTION_ERROR,
                "Pod",
                pod.key().name()));
      }
    }
    for (Resource deployment : mesh.all(Kinds.DEPLOYMENT)) {
      Node template = Fields.node(deployment.spec(), "template");
      if (auto(Fields.items(template, "spec", "containers"))
          && !injected(deployment, template, mesh)) {
        report.accept(
            Finding.at(
                deployment,
                Path.ROOT,
                name(),
                IstioMessage.IMAGE_AUTO_WITHOUT_INJECTION_WARNING,
                "Deployment",
                deployment.key().name()));
      }
    }
  }

  private static boolean auto(List<Node> containers) {
    return containers.stream()
        .anyMatch(container ->
            Fields.text(container, "name").equals(MeshMembership.PROXY)
                && Fields.text(container, "image").equals("auto"));
  }

  private static boolean injected(Resource deployment, @Nullable Node template, MeshView mesh) {
    String namespaceName =
        deployment.key().namespace().isEmpty() ? "default" : deployment.key().namespace();
    Resource namespace = mesh.find(Kinds.NAMESPACE, "", namespaceName);
    Map<String, String> namespaceLabels = namespace == null ? Map.of() : namespace.labels();
    Map<String, String> podLabels = Fields.map(template, "metadata", "labels");
    return mesh.all(Kinds.MUTATING_WEBHOOK_CONFIGURATION).stream()
        .flatMap(configuration -> Fields.items(configuration.root(), "webhooks").stream())
        .filter(webhook -> Fields.text(webhook, "name").endsWith("istio.io"))
        .anyMatch(webhook ->
            Selectors.matchesSelector(Fields.node(webhook, "namespaceSelector"), namespaceLabels)
                && Selectors.matchesSelector(Fields.node(webhook, "objectSelector"), podLabels));
  }
}
