package pharos.config.check.authoring;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import pharos.config.check.Check;
import pharos.config.check.Finding;
import pharos.config.check.Fix;
import pharos.config.check.MeshView;
import pharos.config.resource.Fields;
import pharos.config.resource.Kinds;
import pharos.config.resource.Node;
import pharos.config.resource.Path;
import pharos.config.resource.Resource;
import pharos.config.resource.ResourceKey.Kind;

/**
 * Selectors that select no Pod while a Pod has nearly the label that they name. Gateways select in
 * all namespaces, everything else in its own, or in all when it stands in the root namespace.
 */
final class NearestLabelCheck implements Check {
  private static final Map<Kind, Path> SELECTORS =
      Map.of(
          Kinds.GATEWAY, Path.of("spec", "selector"),
          Kinds.SIDECAR, Path.of("spec", "workloadSelector", "labels"),
          Kinds.ENVOY_FILTER, Path.of("spec", "workloadSelector", "labels"),
          Kinds.AUTHORIZATION_POLICY, Path.of("spec", "selector", "matchLabels"),
          Kinds.PEER_AUTHENTICATION, Path.of("spec", "selector", "matchLabels"),
          Kinds.REQUEST_AUTHENTICATION, Path.of("spec", "selector", "matchLabels"),
          Kinds.TELEMETRY, Path.of("spec", "selector", "matchLabels"));

  @Override
  public String name() {
    return "authoring.NearestLabel";
  }

  @Override
  public Set<Kind> reads() {
    return Set.of(
        Kinds.GATEWAY,
        Kinds.SIDECAR,
        Kinds.ENVOY_FILTER,
        Kinds.AUTHORIZATION_POLICY,
        Kinds.PEER_AUTHENTICATION,
        Kinds.REQUEST_AUTHENTICATION,
        Kinds.TELEMETRY,
        Kinds.POD);
  }

  @Override
  public void run(MeshView mesh, Consumer<Finding> report) {
    PodLabels labels = mesh.index(PodLabels.INDEX);
    SELECTORS.forEach((kind, path) -> {
      for (Resource resource : mesh.all(kind)) {
        boolean everywhere =
            kind.equals(Kinds.GATEWAY)
                || resource.key().namespace().equals(mesh.mesh().rootNamespace());
        check(resource, path, labels, everywhere ? "" : resource.key().namespace(), report);
      }
    });
  }

  private void check(
      Resource resource, Path path, PodLabels labels, String namespace, Consumer<Finding> report) {
    if (!(resource.root().at(path) instanceof Node.Mapping selector)) {
      return;
    }
    Fields.map(selector)
        .forEach((key, value) -> {
          PodLabels.Label wanted = new PodLabels.Label(key, value);
          PodLabels.Label nearest = labels.nearest(namespace, wanted);
          if (nearest != null) {
            report.accept(finding(resource, path.key(key), wanted, nearest));
          }
        });
  }

  private Finding finding(
      Resource resource, Path path, PodLabels.Label wanted, PodLabels.Label near) {
    boolean key = !near.key().equals(wanted.key());
    Object[] arguments = {wanted.key(), wanted.value(), near.key(), near.value()};
    Finding finding =
        key
            ? Finding.atKey(resource, path, name(), AuthoringMessage.NEAREST_LABEL, arguments)
            : Finding.at(resource, path, name(), AuthoringMessage.NEAREST_LABEL, arguments);
    Fix fix =
        key
            ? Corrections.key(resource, path, near.key())
            : Corrections.value(resource, path, near.value());
    return fix == null ? finding : finding.withFixes(List.of(fix));
  }
}
