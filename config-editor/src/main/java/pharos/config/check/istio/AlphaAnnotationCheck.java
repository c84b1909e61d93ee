package pharos.config.check.istio;

import java.util.Set;
import java.util.function.Consumer;
import pharos.config.check.Finding;
import pharos.config.check.IstioMessage;
import pharos.config.check.MeshView;
import pharos.config.check.ObjectCheck;
import pharos.config.resource.Fields;
import pharos.config.resource.Kinds;
import pharos.config.resource.Path;
import pharos.config.resource.Resource;
import pharos.config.resource.ResourceKey.Kind;

/** Annotations of alpha-phase features; not part of the default set (catalog 5.2). */
final class AlphaAnnotationCheck implements ObjectCheck {
  @Override
  public String name() {
    return "annotations.AlphaAnalyzer";
  }

  @Override
  public Set<Kind> reads() {
    return Set.of(Kinds.NAMESPACE, Kinds.SERVICE, Kinds.POD, Kinds.DEPLOYMENT);
  }

  @Override
  public void check(Resource resource, MeshView.MeshSettings mesh, Consumer<Finding> report) {
    for (String name : resource.annotations().keySet()) {
      KnownAnnotations.Annotation known = KnownAnnotations.find(name);
      if (AnnotationCheck.concerns(name)
          && known != null
          && known.alpha()
          && !(BY_ISTIO_CNI.contains(name) && withoutInit(resource))) {
        report.accept(
            Finding.at(
                resource,
                Path.of("metadata", "annotations", name),
                name(),
                IstioMessage.ALPHA_ANNOTATION,
                name));
      }
    }
  }

  /** The injector writes these by itself where Istio's CNI plug-in stands in for istio-init. */
  private static final Set<String> BY_ISTIO_CNI =
      Set.of(
          "sidecar.istio.io/interceptionMode",
          "traffic.sidecar.istio.io/includeInboundPorts",
          "traffic.sidecar.istio.io/excludeInboundPorts",
          "traffic.sidecar.istio.io/includeOutboundIPRanges");

  private static boolean withoutInit(Resource resource) {
    return resource.key().kind().equals(Kinds.POD)
        && Fields.items(resource.spec(), "initContainers").stream()
            .noneMatch(container -> Fields.text(container, "name").equals("istio-init"));
  }
}
