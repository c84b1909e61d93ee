package pharos.config.resource;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * A set of resources at one moment, immutable. Proposed objects are laid over live ones with {@link
 * #overlay}: checks and routing then see the mesh as it would be. Snapshots share what is the same,
 * so an overlay costs what the kinds it touches cost, and two of them are cheap to compare.
 */
public final class Snapshot {
  /** Nothing at all. */
  public static final Snapshot EMPTY = new Snapshot(new TreeMap<>());

  private final SortedMap<ResourceKey.Kind, Shelf> shelves;
  private final ConcurrentMap<Index<?>, Object> indexes = new ConcurrentHashMap<>();

  private Snapshot(SortedMap<ResourceKey.Kind, Shelf> shelves) {
    this.shelves = shelves;
  }

  /** A snapshot of these; of two with the same key the later one counts. */
  public static Snapshot of(Collection<Resource> resources) {
    return EMPTY.overlay(resources, Set.of());
  }

  /** This snapshot with some resources removed, then some put in or replaced. */
  public Snapshot overlay(Collection<Resource> put, Set<ResourceKey> removed) {
    Map<ResourceKey.Kind, List<Resource>> putByKind = new HashMap<>();
    put.forEach(resource ->
        putByKind.computeIfAbsent(resource.key().kind(), _ -> new ArrayList<>()).add(resource));
    Map<ResourceKey.Kind, Set<ResourceKey>> removedByKind = new HashMap<>();
    removed.forEach(
        key -> removedByKind.computeIfAbsent(key.kind(), _ -> new HashSet<>()).add(key));
    Set<ResourceKey.Kind> touched = new HashSet<>(putByKind.keySet());
    touched.addAll(removedByKind.keySet());

    SortedMap<ResourceKey.Kind, Shelf> merged = new TreeMap<>(shelves);
    for (ResourceKey.Kind kind : touched) {
      Shelf shelf =
          shelf(kind)
              .with(
                  putByKind.getOrDefault(kind, List.of()),
                  removedByKind.getOrDefault(kind, Set.of()));
      if (shelf.inOrder().isEmpty()) {
        merged.remove(kind);
      } else {
        merged.put(kind, shelf);
      }
    }
    Snapshot next = new Snapshot(merged);
    indexes.forEach((index, value) -> {
      if (index.reads().stream().noneMatch(kind -> next.differs(kind, this))) {
        next.indexes.put(index, value);
      }
    });
    return next;
  }

  private Shelf shelf(ResourceKey.Kind kind) {
    return shelves.getOrDefault(kind, Shelf.EMPTY);
  }

  private boolean differs(ResourceKey.Kind kind, Snapshot other) {
    return shelf(kind) != other.shelf(kind);
  }

  /** The resource with a key, or null. */
  public @Nullable Resource get(ResourceKey key) {
    return shelf(key.kind()).get(key);
  }

  /** All of a kind, by namespace and name. */
  public List<Resource> all(ResourceKey.Kind kind) {
    return shelf(kind).inOrder();
  }

  /** The kinds that occur. */
  public Set<ResourceKey.Kind> kinds() {
    return Set.copyOf(shelves.keySet());
  }

  /** Everything, by kind, namespace and name. */
  public Collection<Resource> all() {
    List<Resource> everything = new ArrayList<>();
    shelves.values().forEach(shelf -> everything.addAll(shelf.inOrder()));
    return everything;
  }

  /** What an index says of these resources. */
  @SuppressWarnings("unchecked") // an index is filed under itself, and only by this method
  public <T> T index(Index<T> index) {
    Object known = indexes.get(index);
    if (known == null) {
      // Not computeIfAbsent: one index may ask for another.
      Object built = index.build(this);
      known = indexes.putIfAbsent(index, built);
      known = known == null ? built : known;
    }
    return (T) known;
  }

  /**
   * The kinds of which this snapshot and another do not hold the very same resources. Equal objects
   * that were read twice are not the same.
   */
  public Set<ResourceKey.Kind> kindsThatDiffer(Snapshot other) {
    Set<ResourceKey.Kind> kinds = new HashSet<>();
    for (Snapshot one : List.of(this, other)) {
      for (ResourceKey.Kind kind : one.shelves.keySet()) {
        if (differs(kind, other)) {
          kinds.add(kind);
        }
      }
    }
    return kinds;
  }

  /** The resources of a kind that have been added, replaced or removed since another snapshot. */
  public Changes changesOf(ResourceKey.Kind kind, Snapshot since) {
    List<Resource> put = new ArrayList<>();
    List<ResourceKey> removed = new ArrayList<>();
    List<Resource> now = all(kind);
    List<Resource> then = since.all(kind);
    int i = 0;
    int j = 0;
    while (i < now.size() || j < then.size()) {
      int order =
          i == now.size()
              ? 1
              : j == then.size() ? -1 : now.get(i).key().compareTo(then.get(j).key());
      if (order > 0) {
        removed.add(then.get(j++).key());
        continue;
      }
      if (order < 0 || now.get(i) != then.get(j)) {
        put.add(now.get(i));
      }
      i++;
      j += order == 0 ? 1 : 0;
    }
    return new Changes(put, removed);
  }

  /**
   * What happened to the resources of a kind.
   *
   * @param put added or replaced
   */
  public record Changes(List<Resource> put, List<ResourceKey> removed) {
    /** Nothing happened. */
    public static final Changes NONE = new Changes(List.of(), List.of());

    public Changes {
      put = List.copyOf(put);
      removed = List.copyOf(removed);
    }
  }
}
