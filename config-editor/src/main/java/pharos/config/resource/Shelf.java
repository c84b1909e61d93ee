package pharos.config.resource;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All resources of one kind, immutable. Snapshots share the shelves that an edit does not touch.
 */
final class Shelf {
  static final Shelf EMPTY = new Shelf(new TreeMap<>());

  private final NavigableMap<ResourceKey, Resource> byKey;
  private final List<Resource> inOrder;

  private Shelf(NavigableMap<ResourceKey, Resource> byKey) {
    this.byKey = byKey;
    this.inOrder = List.copyOf(byKey.values());
  }

  @Nullable Resource get(ResourceKey key) {
    return byKey.get(key);
  }

  /** By namespace and name. */
  List<Resource> inOrder() {
    return inOrder;
  }

  /** With some put in and some removed; this very shelf when that changes nothing. */
  Shelf with(Collection<Resource> put, Set<ResourceKey> removed) {
    boolean changes =
        removed.stream().anyMatch(byKey::containsKey)
            || put.stream().anyMatch(resource -> byKey.get(resource.key()) != resource);
    if (!changes) {
      return this;
    }
    TreeMap<ResourceKey, Resource> merged = new TreeMap<>(byKey);
    removed.forEach(merged::remove);
    put.forEach(resource -> merged.put(resource.key(), resource));
    return new Shelf(merged);
  }
}
