package pharos.config.resource;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A set of resources at one moment, immutable. Proposed objects are laid over live ones with {@link
 * #overlay}: checks and routing then see the mesh as it would be.
 */
public final class Snapshot {
  /** Nothing at all. */
  public static final Snapshot EMPTY = new Snapshot(new TreeMap<>());

  private final Map<ResourceKey, Resource> byKey;
  private final Map<ResourceKey.Kind, List<Resource>> byKind;

  private Snapshot(SortedMap<ResourceKey, Resource> resources) {
    this.byKey = Collections.unmodifiableSortedMap(resources);
    Map<ResourceKey.Kind, List<Resource>> kinds = new HashMap<>();
    resources
        .values()
        .forEach(resource ->
            kinds.computeIfAbsent(resource.key().kind(), _ -> new ArrayList<>()).add(resource));
    kinds.replaceAll((_, list) -> List.copyOf(list));
    this.byKind = Map.copyOf(kinds);
  }

  /** A snapshot of these; of two with the same key the later one counts. */
  public static Snapshot of(Collection<Resource> resources) {
    return EMPTY.overlay(resources, Set.of());
  }

  /** This snapshot with some resources put in or replaced, and some removed. */
  public Snapshot overlay(Collection<Resource> put, Set<ResourceKey> removed) {
    TreeMap<ResourceKey, Resource> merged = new TreeMap<>(byKey);
    merged.keySet().removeAll(removed);
    put.forEach(resource -> merged.put(resource.key(), resource));
    return new Snapshot(merged);
  }

  /** The resource with a key, or null. */
  public @Nullable Resource get(ResourceKey key) {
    return byKey.get(key);
  }

  /** All of a kind, by namespace and name. */
  public List<Resource> all(ResourceKey.Kind kind) {
    return byKind.getOrDefault(kind, List.of());
  }

  /** The kinds that occur. */
  public Set<ResourceKey.Kind> kinds() {
    return byKind.keySet();
  }

  /** Everything, by kind, namespace and name. */
  public Collection<Resource> all() {
    return byKey.values();
  }
}
