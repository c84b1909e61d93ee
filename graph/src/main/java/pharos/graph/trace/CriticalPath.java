package pharos.graph.trace;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The chain of work that decided how long a trace took: shortening anything else would not have
 * made it faster. Jaeger's definition, so that both tools mark the same; computed without recursion
 * in n log n.
 *
 * @param sections the latest first, for each root in the order of the rows
 */
public record CriticalPath(List<Section> sections) {

  public CriticalPath {
    sections = List.copyOf(sections);
  }

  /** A time during which this row decided. */
  public record Section(int row, long fromNanos, long toNanos) {}

  public static CriticalPath of(TraceTree tree) {
    return new Walk(tree).run();
  }

  /** Nanoseconds per row that the row itself was on the path. */
  public long[] nanosByRow(TraceTree tree) {
    long[] nanos = new long[tree.size()];
    for (Section section : sections) {
      nanos[section.row()] += section.toNanos() - section.fromNanos();
    }
    return nanos;
  }

  private static final class Walk {
    private final TraceTree tree;
    private final long[] starts;
    private final long[] ends;
    private final boolean[] dropped;

    /** Children of all rows, those of one row together and by end; ties: later sibling first. */
    private final int[] children;

    private final int[] childrenFrom;
    private final int[] left; // how many of a row's children were not yet passed
    private final List<Section> sections = new ArrayList<>();

    Walk(TraceTree tree) {
      this.tree = tree;
      int size = tree.size();
      starts = new long[size];
      ends = new long[size];
      dropped = new boolean[size];
      children = new int[size];
      childrenFrom = new int[size];
      left = new int[size];
    }

    CriticalPath run() {
      clip();
      sortChildren();
      for (int root = 0; root < tree.size(); root += tree.subtreeSize(root)) {
        walk(root);
      }
      return new CriticalPath(sections);
    }

    /** What a child does outside of its parent's time cannot have delayed the parent. */
    private void clip() {
      for (int row = 0; row < tree.size(); row++) {
        starts[row] = tree.startNanos(row);
        ends[row] = tree.endNanos(row);
        int parent = tree.parent(row);
        if (parent < 0) {
          continue;
        }
        boolean async =
            tree.span(row).kind() == Span.Kind.CONSUMER
                && tree.span(parent).kind() == Span.Kind.PRODUCER;
        boolean outside =
            starts[row] >= ends[parent]
                || (ends[row] <= starts[parent] && starts[row] < starts[parent]);
        if (dropped[parent] || async || outside) {
          dropped[row] = true;
          continue;
        }
        starts[row] = Math.max(starts[row], starts[parent]);
        ends[row] = Math.min(ends[row], ends[parent]);
      }
    }

    private void sortChildren() {
      int filled = 0;
      List<Integer> own = new ArrayList<>();
      for (int row = 0; row < tree.size(); row++) {
        childrenFrom[row] = filled;
        own.clear();
        for (int child = tree.firstChild(row); child >= 0; child = tree.nextSibling(child)) {
          if (!dropped[child]) {
            own.add(child);
          }
        }
        own.sort(
            Comparator.comparingLong((Integer child) -> ends[child])
                .thenComparing(Comparator.reverseOrder()));
        for (int child : own) {
          children[filled++] = child;
        }
        left[row] = own.size();
      }
    }

    private void walk(int root) {
      int at = root;
      long cutoff = ends[root];
      boolean entered = true;
      while (at >= 0) {
        if (!entered) {
          while (left[at] > 0 && ends[last(at)] >= cutoff) {
            left[at]--;
          }
        }
        if (left[at] > 0) {
          int child = last(at);
          left[at]--;
          emit(at, ends[child], cutoff);
          at = child;
          cutoff = ends[child];
          entered = true;
        } else {
          emit(at, starts[at], cutoff);
          cutoff = starts[at];
          at = at == root ? -1 : tree.parent(at);
          entered = false;
        }
      }
    }

    private int last(int row) {
      return children[childrenFrom[row] + left[row] - 1];
    }

    private void emit(int row, long from, long to) {
      if (from != to) {
        sections.add(new Section(row, from, to));
      }
    }
  }
}
