package pharos.config.check.istio;

import java.util.Set;
import java.util.function.Consumer;
import pharos.config.check.Finding;
import pharos.config.check.IstioMessage;
import pharos.config.check.MeshView;
import pharos.config.check.ObjectCheck;
import pharos.config.resource.Kinds;
import pharos.config.resource.Path;
import pharos.config.resource.Resource;
import pharos.config.resource.ResourceKey.Kind;

/** Istio annotations that are misspelt, misplaced, deprecated or malformed (catalog 5.1). */
final class AnnotationCheck implements ObjectCheck {
  @Override
  public String name() {
    return "annotations.K8sAnalyzer";
  }

  @Override
  public Set<Kind> reads() {
    return Set.of(Kinds.NAMESPACE, Kinds.SERVICE, Kinds.POD, Kinds.DEPLOYMENT);
  }

  @Override
  public void check(Resource resource, MeshView.MeshSettings mesh, Consumer<Finding> report) {
    resource.annotations().forEach((name, value) -> check(resource, name, value, report));
  }

  static final String INJECT = "sidecar.istio.io/inject";
  private static final Set<String> IGNORED =
      Set.of("sidecar.istio.io/status", "gateway.istio.io/controller-version", "istio.io/rev");

  /** Whether Istio may judge this annotation at all. */
  static boolean concerns(String name) {
    int slash = name.indexOf('/');
    boolean ours = slash > 0 && name.substring(0, slash).endsWith("istio.io");
    return (ours || name.equals("kubernetes.io/ingress.class")) && !IGNORED.contains(name);
  }

  private void check(Resource resource, String name, String value, Consumer<Finding> report) {
    if (!concerns(name)) {
      return;
    }
    Path path = Path.of("metadata", "annotations", name);
    KnownAnnotations.Annotation known = KnownAnnotations.find(name);
    if (known == null) {
      report.accept(Finding.at(resource, path, name(), IstioMessage.UNKNOWN_ANNOTATION, name));
      return;
    }
    boolean inject = name.equals(INJECT);
    if (known.deprecated() && !(inject && resource.labels().containsKey(INJECT))) {
      report.accept(
          Finding.at(
              resource,
              path,
              name(),
              IstioMessage.DEPRECATED_ANNOTATION,
              name,
              inject ? " in favor of the \"sidecar.istio.io/inject\" label" : ""));
    }
    if (known.kinds().contains(KnownAnnotations.ANY)) {
      return;
    }
    if (!known.kinds().contains(resource.key().kind().name())) {
      report.accept(
          Finding.at(
              resource,
              path,
              name(),
              IstioMessage.MISPLACED_ANNOTATION,
              name,
              String.join(", ", known.kinds())));
      return;
    }
    String problem = AnnotationValues.problem(name, value);
    if (problem != null) {
      report.accept(
          Finding.at(resource, path, name(), IstioMessage.INVALID_ANNOTATION, name, problem));
    }
  }
}
