package pharos.config.check.istio;

import pharos.config.resource.Index;
import java.util.Set;
import java.util.List;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import pharos.config.check.MeshView;
import pharos.config.resource.DocumentReader;
import pharos.config.resource.Fields;
import pharos.config.resource.Kinds;
import pharos.config.resource.Limits;
import pharos.config.resource.Node;
import pharos.config.resource.Resource;

/** What the sidecar injector's ConfigMaps say (analysis catalog 5.17 and 5.18). */
final class InjectorConfig {
  private static final String NAME = "istio-sidecar-injector";

  /**
   * An injector's ConfigMap.
   *
   * @param name of the ConfigMap
   */
  private record Injector(String name, @Nullable Node values) {}

  private static final Index<List<Injector>> INJECTORS =
      Index.of(
          Set.of(Kinds.CONFIG_MAP),
          snapshot ->
              snapshot.all(Kinds.CONFIG_MAP).stream()
                  .filter(map -> map.key().name().startsWith(NAME))
                  .map(map ->
                      new Injector(
                          map.key().name(),
                          DocumentReader.value(
                              Fields.text(map.root(), "data", "values"), Limits.DEFAULT)))
                  .toList());

  private InjectorConfig() {}

  /**
   * {@code enableNamespacesByDefault} of the namespace's injector, or {@code otherwise} when there
   * is none.
   */
  static boolean enabledByDefault(Resource namespace, MeshView mesh, boolean otherwise) {
    String wanted = nameFor(namespace.labels().getOrDefault("istio.io/rev", ""));
    boolean enabled = otherwise;
    for (Injector injector : mesh.index(INJECTORS)) {
      if (injector.name().equals(wanted)) {
        enabled =
            Fields.flag(injector.values(), "sidecarInjectorWebhook", "enableNamespacesByDefault");
      }
    }
    return enabled;
  }

  /** The proxy image that each injector injects, by the ConfigMap's name. */
  static Map<String, String> images(MeshView mesh) {
    Map<String, String> images = new HashMap<>();
    for (Injector injector : mesh.index(INJECTORS)) {
      Node global = Fields.node(injector.values(), "global");
      String image = Fields.text(global, "proxy", "image");
      if (!image.isEmpty()) {
        images.put(
            injector.name(),
            image.contains("/")
                ? image
                : Fields.text(global, "hub") + "/" + image + ":" + Fields.text(global, "tag"));
      }
    }
    return images;
  }

  /** Name of the ConfigMap of a revision. */
  static String nameFor(String revision) {
    return revision.isEmpty() || revision.equals("default") ? NAME : NAME + "-" + revision;
  }
}
