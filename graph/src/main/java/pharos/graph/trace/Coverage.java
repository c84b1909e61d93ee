package pharos.graph.trace;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What a span's children leave uncovered: its own time, and the stretches of it that are long
 * enough to be asked about.
 */
public final class Coverage {
  private static final long LEAST_GAP_NANOS = 1_000_000;
  private static final int LEAST_GAP_PERCENT = 5;

  private final long[] selfNanos;
  private final List<Gap> gaps;

  private Coverage(long[] selfNanos, List<Gap> gaps) {
    this.selfNanos = selfNanos;
    this.gaps = List.copyOf(gaps);
  }

  /** No span of the row covers this: code of the application, or a call that nobody traced. */
  public record Gap(int row, long fromNanos, long toNanos) {}

  public static Coverage of(TraceTree tree) {
    long[] self = new long[tree.size()];
    List<Gap> gaps = new ArrayList<>();
    List<TimeSplit.Place> places = TimeSplit.places(tree);
    for (int row = 0; row < tree.size(); row++) {
      List<Integer> children = new ArrayList<>();
      for (int child = tree.firstChild(row); child >= 0; child = tree.nextSibling(child)) {
        children.add(child);
      }
      children.sort(Comparator.comparingLong(tree::startNanos));
      // Around an answered call lie network and proxies, of which no span is expected.
      boolean askable = !children.isEmpty() && places.get(row) == TimeSplit.Place.APPLICATION;
      long least =
          askable
              ? Math.max(LEAST_GAP_NANOS, tree.durationNanos(row) / 100 * LEAST_GAP_PERCENT)
              : Long.MAX_VALUE;
      long end = tree.endNanos(row);
      long covered = tree.startNanos(row);
      for (int child : children) {
        long from = Math.min(tree.startNanos(child), end);
        self[row] += uncovered(row, covered, from, least, gaps);
        covered = Math.max(covered, Math.min(tree.endNanos(child), end));
      }
      self[row] += uncovered(row, covered, end, least, gaps);
    }
    return new Coverage(self, gaps);
  }

  private static long uncovered(int row, long from, long to, long least, List<Gap> gaps) {
    if (to <= from) {
      return 0;
    }
    if (to - from > least) {
      gaps.add(new Gap(row, from, to));
    }
    return to - from;
  }

  /** The time of the row in which no child ran. */
  public long selfNanos(int row) {
    return selfNanos[row];
  }

  /**
   * Stretches longer than 1 ms and 5 % of the span in which a span with children had none running,
   * in the order of the rows.
   */
  public List<Gap> gaps() {
    return gaps;
  }
}
