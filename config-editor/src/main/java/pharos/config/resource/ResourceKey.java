package pharos.config.resource;

/**
 * What makes a resource one and the same, whatever version it is written in.
 *
 * @param namespace empty for cluster-scoped resources and for those that name none
 */
public record ResourceKey(Kind kind, String namespace, String name)
    implements Comparable<ResourceKey> {
  @Override
  public int compareTo(ResourceKey other) {
    // By hand: a snapshot compares keys of one kind by the ten thousand.
    int order = kind.equals(other.kind) ? 0 : kind.compareTo(other.kind);
    if (order == 0) {
      order = namespace.compareTo(other.namespace);
    }
    return order == 0 ? name.compareTo(other.name) : order;
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
  public record Kind(String group, String name) implements Comparable<Kind> {
    /** By name, then by group. */
    @Override
    public int compareTo(Kind other) {
      int order = name.compareTo(other.name);
      return order == 0 ? group.compareTo(other.group) : order;
    }

    @Override
    public String toString() {
      return group.isEmpty() ? name : name + "." + group;
    }
  }
}
