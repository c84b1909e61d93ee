package pharos.graph;

import org.jspecify.annotations.Nullable;

/**
 * A frame around nodes that belong together.
 *
 * @param id hex SHA-256 of {@code key}
 * @param key Kiali's id string: {@code box_<cluster>[_<namespace>[_<app>]]}
 * @param parent id of the box around this one; null for none
 * @param name to print
 * @param namespace empty for a cluster's box
 */
public record Box(
    String id,
    String key,
    Kind kind,
    @Nullable String parent,
    String name,
    String cluster,
    String namespace) {

  /** The box with this id string. */
  public static Box of(
      String key,
      Kind kind,
      @Nullable String parent,
      String name,
      String cluster,
      String namespace) {
    return new Box(NodeId.sha256(key), key, kind, parent, name, cluster, namespace);
  }

  /** From the outermost to the innermost. */
  public enum Kind {
    CLUSTER("cluster"),
    NAMESPACE("namespace"),
    APP("app");

    private final String wireName;

    Kind(String wireName) {
      this.wireName = wireName;
    }

    /** The name in JSON. */
    public String wireName() {
      return wireName;
    }
  }
}
