package pharos.config.resource;

import java.util.Comparator;

/**
 * What makes a resource one and the same, whatever version it is written in.
 *
 * @param namespace empty for cluster-scoped resources and for those that name none
 */
public record ResourceKey(Kind kind, String namespace, String name)
    implements Comparable<ResourceKey> {
  private static final Comparator<ResourceKey> ORDER =
      Comparator.comparing((ResourceKey key) -> key.kind().name())
          .thenComparing(key -> key.kind().group())
          .thenComparing(ResourceKey::namespace)
          .thenComparing(ResourceKey::name);

  @Override
  public int compareTo(ResourceKey other) {
    return ORDER.compare(this, other);
  }

  /**
   * As istioctl names an origin: {@code VirtualService default/reviews}, {@code Namespace shop}.
   */
  public String origin() {
    return namespace.isEmpty()
        ? kind.name() + " " + name
        : kind.name() + " " + namespace + "/" + name;
  }

  /**
   * An API kind without its version: all served versions of a kind are one kind.
   *
   * @param group empty for the core group
   */
  public record Kind(String group, String name) {
    @Override
    public String toString() {
      return group.isEmpty() ? name : name + "." + group;
    }
  }
}
