package pharos.config.resource;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One Kubernetes object with everything that its text said.
 *
 * @param apiVersion as written, for example {@code networking.istio.io/v1}
 * @param root the whole object
 * @param source where it came from
 */
public record Resource(ResourceKey key, String apiVersion, Node.Mapping root, Source source) {

  /**
   * Where an object came from.
   *
   * @param file as the caller named it; empty for a live object
   * @param line of the document's first line that is neither blank nor {@code ---}; 0 for a live
   *     object
   */
  public record Source(String file, int line) {
    /** Read from a cluster. */
    public static final Source LIVE = new Source("", 0);
  }

  /** Whether it was read from a cluster, which has accepted it. */
  public boolean isLive() {
    return source.file().isEmpty();
  }

  /** {@code spec}, or null. */
  public @Nullable Node spec() {
    return root.value("spec");
  }

  /** {@code metadata.labels}; values that are not texts are left out. */
  public Map<String, String> labels() {
    return texts("labels");
  }

  /** {@code metadata.annotations}; values that are not texts are left out. */
  public Map<String, String> annotations() {
    return texts("annotations");
  }

  /** {@code metadata.creationTimestamp} as written, or empty. */
  public String creationTimestamp() {
    return Fields.text(root, "metadata", "creationTimestamp");
  }

  private Map<String, String> texts(String field) {
    Node metadata = root.value("metadata");
    if (metadata == null || !(metadata.get(field) instanceof Node.Mapping mapping)) {
      return Map.of();
    }
    Map<String, String> texts = new LinkedHashMap<>();
    mapping
        .entries()
        .forEach((key, entry) -> {
          if (entry.value() instanceof Node.Scalar scalar && scalar.string() != null) {
            texts.put(key, scalar.text());
          }
        });
    return texts;
  }

  /**
   * Where the value of a path stands; of a path that leads nowhere, where its nearest existing
   * ancestor stands.
   */
  public Place placeOf(Path path) {
    Path nearest = path;
    Node node = root.at(nearest);
    while (node == null) {
      nearest = nearest.parent();
      node = root.at(nearest);
    }
    return node.start();
  }
}
