package pharos.graph.trace;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The spans of one trace as rows, each parent before its children, siblings by start. A row's
 * subtree is the rows after it, so that to fold one is to skip {@link #subtreeSize} rows. The same
 * spans give the same rows, whatever order they come in.
 *
 * <p>Several roots are normal: a span whose parent is not there is a root with a warning, and those
 * that miss the same parent stand together.
 */
public final class TraceTree {
  private final Span[] spans;
  private final int[] parents;
  private final int[] depths;
  private final int[] sizes;
  private final long[] starts;
  private final long[] ends;
  private final Map<Integer, List<SpanWarning>> warnings;
  private final SharedIds ids;

  private TraceTree(
      Span[] spans,
      int[] parents,
      int[] depths,
      int[] sizes,
      long[] starts,
      long[] ends,
      Map<Integer, List<SpanWarning>> warnings,
      SharedIds ids) {
    this.spans = spans;
    this.parents = parents;
    this.depths = depths;
    this.sizes = sizes;
    this.starts = starts;
    this.ends = ends;
    this.warnings = warnings;
    this.ids = ids;
  }

  /** The tree of one trace's spans. */
  public static TraceTree of(Collection<Span> input) {
    SharedIds resolved = SharedIds.resolve(input);
    List<Span> spans = resolved.spans();
    int size = spans.size();
    Parents parents = Parents.of(spans);
    int[] next = new int[size];
    int[] firstChild = new int[size];
    Arrays.fill(firstChild, -1);
    Arrays.fill(next, -1);
    for (int i = size - 1; i >= 0; i--) { // backwards, so that siblings keep their order
      int parent = parents.of(i);
      if (parent >= 0) {
        next[i] = firstChild[parent];
        firstChild[parent] = i;
      }
    }
    Rows rows = new Rows(size);
    for (int root : parents.roots()) {
      rows.walk(root, firstChild, next);
    }
    return finish(spans, parents, rows, resolved);
  }

  private static TraceTree finish(
      List<Span> spans, Parents parents, Rows rows, SharedIds resolved) {
    int size = spans.size();
    Span[] inOrder = new Span[size];
    int[] parentRows = new int[size];
    long[] starts = new long[size];
    long[] ends = new long[size];
    Map<Integer, List<SpanWarning>> warnings = new TreeMap<>();
    for (int row = 0; row < size; row++) {
      int index = rows.order[row];
      Span span = spans.get(index);
      inOrder[row] = span;
      int parent = parents.of(index);
      parentRows[row] = parent < 0 ? -1 : rows.rowOf[parent];
      List<SpanWarning> found = new ArrayList<>(parents.warnings(index));
      Span original = resolved.originals().get(span.id());
      if (original != null && resolved.duplicates().contains(span.id())) {
        found.add(new SpanWarning.DuplicateId(original.id()));
      }
      starts[row] = span.startNanos();
      if (span.startNanos() <= 0) {
        found.add(new SpanWarning.StartMissing());
        starts[row] = parentRows[row] < 0 ? Math.max(0, span.endNanos()) : starts[parentRows[row]];
      }
      ends[row] = span.endNanos();
      if (span.endNanos() < starts[row]) {
        if (span.startNanos() > 0) {
          found.add(new SpanWarning.EndBeforeStart(starts[row] - span.endNanos()));
        }
        ends[row] = starts[row];
      }
      if (!found.isEmpty()) {
        warnings.put(row, List.copyOf(found));
      }
    }
    return new TraceTree(
        inOrder,
        parentRows,
        rows.depths,
        rows.sizes(parentRows),
        starts,
        ends,
        Collections.unmodifiableMap(warnings),
        resolved);
  }

  public int size() {
    return spans.length;
  }

  public Span span(int row) {
    return spans[row];
  }

  /** Row of the parent, -1 for a root. */
  public int parent(int row) {
    return parents[row];
  }

  /** 0 for a root. */
  public int depth(int row) {
    return depths[row];
  }

  /** Rows of the span and all below it; at least 1. */
  public int subtreeSize(int row) {
    return sizes[row];
  }

  /** Nanoseconds since 1970; the parent's where the span has none. */
  public long startNanos(int row) {
    return starts[row];
  }

  /** Nanoseconds since 1970; never before the start. */
  public long endNanos(int row) {
    return ends[row];
  }

  public long durationNanos(int row) {
    return ends[row] - starts[row];
  }

  /** The next row with the same parent, -1 when there is none. */
  public int nextSibling(int row) {
    int next = row + sizes[row];
    return next < spans.length && parents[next] == parents[row] ? next : -1;
  }

  /** The first row below, -1 when there is none. */
  public int firstChild(int row) {
    return sizes[row] > 1 ? row + 1 : -1;
  }

  /** Rows with a warning, in their order. */
  public Map<Integer, List<SpanWarning>> warnings() {
    return warnings;
  }

  /** Copies of spans that were left out. */
  public int duplicatesDropped() {
    return ids.dropped();
  }

  /** When the first span begins; 0 without spans. */
  public long firstNanos() {
    return Arrays.stream(starts).filter(start -> start > 0).min().orElse(0);
  }

  /** When the last span ends; 0 without spans. */
  public long lastNanos() {
    return Arrays.stream(ends).max().orElse(0);
  }

  /**
   * The row that stands for the whole trace: the earliest root, or the earliest span whose parent
   * is missing when there is no root; -1 without spans.
   */
  public int mainRow() {
    int best = -1;
    for (int row = 0; row < spans.length; row += sizes[row]) {
      if (best < 0
          || rank(row) < rank(best)
          || (rank(row) == rank(best) && starts[row] < starts[best])) {
        best = row;
      }
    }
    return best;
  }

  private int rank(int row) {
    return spans[row].parent() == 0 ? 0 : 1;
  }

  /** The row's span as it was received, before it was given another id. */
  public Span original(int row) {
    return ids.originals().getOrDefault(spans[row].id(), spans[row]);
  }

  /** The row with that id, -1 for none. */
  public int rowOf(long id) {
    for (int row = 0; row < spans.length; row++) {
      if (spans[row].id() == id) {
        return row;
      }
    }
    return -1;
  }

  /** The walk's own state: rows in order of visit. */
  private static final class Rows {
    final int[] order;
    final int[] rowOf;
    final int[] depths;
    private int count;

    Rows(int size) {
      order = new int[size];
      rowOf = new int[size];
      depths = new int[size];
    }

    void walk(int root, int[] firstChild, int[] next) {
      var open = new ArrayDeque<Integer>();
      int at = root;
      int depth = 0;
      while (at >= 0) {
        depths[count] = depth;
        rowOf[at] = count;
        order[count++] = at;
        if (firstChild[at] >= 0) {
          open.push(at);
          at = firstChild[at];
          depth++;
          continue;
        }
        int following = at == root ? -1 : next[at];
        while (following < 0 && !open.isEmpty()) {
          int parent = open.pop();
          depth--;
          following = parent == root ? -1 : next[parent];
        }
        at = following;
      }
    }

    int[] sizes(int[] parentRows) {
      int[] sizes = new int[parentRows.length];
      for (int row = sizes.length - 1; row >= 0; row--) {
        sizes[row]++;
        if (parentRows[row] >= 0) {
          sizes[parentRows[row]] += sizes[row];
        }
      }
      return sizes;
    }
  }
}
