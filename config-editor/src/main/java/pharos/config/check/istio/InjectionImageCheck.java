package pharos.config.check.istio;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import pharos.config.check.Check;
import pharos.config.check.Finding;
import pharos.config.check.IstioMessage;
import pharos.config.check.MeshView;
import pharos.config.istio.MeshMembership;
import pharos.config.istio.Selectors;
import pharos.config.resource.DocumentReader;
import pharos.config.resource.Fields;
import pharos.config.resource.Kinds;
import pharos.config.resource.Limits;
import pharos.config.resource.Node;
import pharos.config.resource.Path;
import pharos.config.resource.Resource;
import pharos.config.resource.ResourceKey.Kind;

/** Pods whose proxy is not the one that the injector would give them now (catalog 5.18). */
final class InjectionImageCheck implements Check {
  @Override
  public String name() {
    return "injection.ImageAnalyzer";
  }

  @Override
  public Set<Kind> reads() {
    return Set.of(Kinds.NAMESPACE, Kinds.POD, Kinds.CONFIG_MAP, Kinds.PROXY_CONFIG);
  }

  @Override
  public void run(MeshView mesh, Consumer<Finding> report) {
    Map<String, String> images = InjectorConfig.images(mesh);
    if (images.isEmpty()) {
      return;
    }
    Map<String, Set<String>> deviating = new TreeMap<>();
    for (Resource pod : mesh.all(Kinds.POD)) {
      Resource namespace = mesh.find(Kinds.NAMESPACE, "", pod.key().namespace());
      if (namespace != null && deviates(pod, namespace, images, mesh)) {
        deviating
            .computeIfAbsent(pod.key().namespace(), _ -> new TreeSet<>())
            .add(pod.key().name());
      }
    }
    deviating.forEach((namespace, pods) ->
        report.accept(
            Finding.at(
                Objects.requireNonNull(mesh.find(Kinds.NAMESPACE, "", namespace)),
                Path.ROOT,
                name(),
                IstioMessage.PODS_ISTIO_PROXY_IMAGE_MISMATCH_IN_NAMESPACE,
                List.copyOf(pods))));
  }

  private static final String REVISION = "istio.io/rev";

  private static boolean deviates(
      Resource pod, Resource namespace, Map<String, String> images, MeshView mesh) {
    Map<String, String> labels = namespace.labels();
    if (!"enabled".equals(labels.get("istio-injection")) && !labels.containsKey(REVISION)) {
      return false;
    }
    if (!pod.annotations().getOrDefault("sidecar.istio.io/proxyImage", "").isEmpty()) {
      return false;
    }
    String expected = images.get(InjectorConfig.nameFor(labels.getOrDefault(REVISION, "default")));
    if (expected == null) {
      return false;
    }
    List<Node> containers = new ArrayList<>(Fields.items(pod.spec(), "containers"));
    containers.addAll(Fields.items(pod.spec(), "initContainers"));
    for (Node container : containers) {
      if (Fields.text(container, "name").equals(MeshMembership.PROXY)) {
        String image = Fields.text(container, "image");
        if (!image.equals(expected) && !image.equals(expected + "-" + variant(pod, mesh))) {
          return true;
        }
      }
    }
    return false;
  }

  /** The image variant for a Pod: the last of these that names one. */
  private static String variant(Resource pod, MeshView mesh) {
    String variant = Fields.text(mesh.mesh().meshConfig(), "defaultConfig", "image", "imageType");
    for (Resource config : mesh.all(Kinds.PROXY_CONFIG)) {
      if (config.key().namespace().equals(mesh.mesh().rootNamespace())) {
        variant = orElse(Fields.text(config.spec(), "image", "imageType"), variant);
      }
    }
    for (boolean selecting : new boolean[] {false, true}) {
      for (Resource config : mesh.all(Kinds.PROXY_CONFIG)) {
        boolean applies =
            config.key().namespace().equals(pod.key().namespace())
                && Fields.has(config.spec(), "selector") == selecting
                && Selectors.matches(
                    Fields.map(config.spec(), "selector", "matchLabels"), pod.labels());
        if (applies) {
          variant = orElse(Fields.text(config.spec(), "image", "imageType"), variant);
        }
      }
    }
    Node annotation =
        DocumentReader.value(
            pod.annotations().getOrDefault("proxy.istio.io/config", ""), Limits.DEFAULT);
    variant = orElse(Fields.text(annotation, "image", "imageType"), variant);
    return variant.equals("default") ? "" : variant;
  }

  private static String orElse(String value, String otherwise) {
    return value.isEmpty() ? otherwise : value;
  }
}
