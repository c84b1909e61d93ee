package pharos.graph.trace;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Traces laid over each other: spans with the same chain of services and names from the root are
 * one. With one set of traces it is a flamegraph, with two a comparison.
 *
 * @param paths each before those below it, siblings by time, the longest first
 */
public record CallPaths(List<CallPath> paths) {

  public CallPaths {
    paths = List.copyOf(paths);
  }

  /**
   * One chain from the root.
   *
   * @param parent index in {@link CallPaths#paths}, -1 at the root
   * @param valueNanos width in a flamegraph: the total of both sides, and never less than all
   *     children need, so that parallel children fit
   */
  public record CallPath(
      int parent,
      int depth,
      String service,
      String name,
      long valueNanos,
      Measure first,
      Measure second) {}

  /** What one set of traces says of a path. */
  public record Measure(long count, long errors, long totalNanos, long selfNanos) {
    static final Measure NONE = new Measure(0, 0, 0, 0);

    Measure plus(boolean error, long total, long self) {
      return new Measure(count + 1, errors + (error ? 1 : 0), totalNanos + total, selfNanos + self);
    }
  }

  public static CallPaths of(Collection<TraceTree> traces) {
    return compare(traces, List.of());
  }

  /** The same paths with the numbers of both sets. */
  public static CallPaths compare(Collection<TraceTree> first, Collection<TraceTree> second) {
    Merge merge = new Merge();
    first.forEach(tree -> merge.add(tree, true));
    second.forEach(tree -> merge.add(tree, false));
    return merge.result();
  }

  private record Key(int parent, String service, String name) {}

  private static final class Merge {
    private final Map<Key, Integer> known = new HashMap<>();
    private final List<Key> keys = new ArrayList<>();
    private final List<Measure> first = new ArrayList<>();
    private final List<Measure> second = new ArrayList<>();

    void add(TraceTree tree, boolean toFirst) {
      Coverage coverage = Coverage.of(tree);
      int[] pathOf = new int[tree.size()];
      for (int row = 0; row < tree.size(); row++) {
        int parent = tree.parent(row);
        Span span = tree.span(row);
        Key key = new Key(parent < 0 ? -1 : pathOf[parent], span.emitter().service(), span.name());
        Integer path = known.get(key);
        if (path == null) {
          path = keys.size();
          known.put(key, path);
          keys.add(key);
          first.add(Measure.NONE);
          second.add(Measure.NONE);
        }
        pathOf[row] = path;
        List<Measure> side = toFirst ? first : second;
        side.set(
            path,
            side.get(path).plus(span.error(), tree.durationNanos(row), coverage.selfNanos(row)));
      }
    }

    /** A path is known after its parent, so its number is larger. */
    CallPaths result() {
      int size = keys.size();
      long[] values = new long[size];
      long[] below = new long[size];
      List<List<Integer>> children = new ArrayList<>(size);
      List<Integer> roots = new ArrayList<>();
      for (int path = 0; path < size; path++) {
        children.add(new ArrayList<>());
        int parent = keys.get(path).parent();
        (parent < 0 ? roots : children.get(parent)).add(path);
      }
      for (int path = size - 1; path >= 0; path--) {
        long total = first.get(path).totalNanos() + second.get(path).totalNanos();
        values[path] = Math.max(total, below[path]);
        if (keys.get(path).parent() >= 0) {
          below[keys.get(path).parent()] += values[path];
        }
      }
      return new CallPaths(inOrder(roots, children, values));
    }

    private List<CallPath> inOrder(
        List<Integer> roots, List<List<Integer>> children, long[] values) {
      Comparator<Integer> smallestFirst =
          Comparator.comparingLong((Integer path) -> values[path])
              .thenComparing(
                  Comparator.comparing((Integer path) -> keys.get(path).service())
                      .thenComparing(path -> keys.get(path).name())
                      .reversed());
      int[] placeOf = new int[keys.size()];
      Arrays.fill(placeOf, -1);
      List<CallPath> result = new ArrayList<>(keys.size());
      List<Integer> open = new ArrayList<>(roots);
      open.sort(smallestFirst);
      while (!open.isEmpty()) {
        int path = open.removeLast();
        Key key = keys.get(path);
        int parent = key.parent() < 0 ? -1 : placeOf[key.parent()];
        placeOf[path] = result.size();
        result.add(
            new CallPath(
                parent,
                parent < 0 ? 0 : result.get(parent).depth() + 1,
                key.service(),
                key.name(),
                values[path],
                first.get(path),
                second.get(path)));
        List<Integer> own = children.get(path);
        own.sort(smallestFirst);
        open.addAll(own);
      }
      return result;
    }
  }
}
