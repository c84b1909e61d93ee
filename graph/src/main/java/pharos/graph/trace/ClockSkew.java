package pharos.graph.trace;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How far the clocks of the pods are apart, as far as the calls between them show: a server that
 * works outside of its caller's time has another clock. Only a call of a client to a server in
 * another pod tells; nothing else is ever moved against its parent (a consumer may well start after
 * its producer has ended).
 */
public final class ClockSkew {
  private final long[] shiftNanos;
  private final Map<String, Long> byPod;

  private ClockSkew(long[] shiftNanos, Map<String, Long> byPod) {
    this.shiftNanos = shiftNanos;
    this.byPod = Map.copyOf(byPod);
  }

  /** Parents come before their children, so one pass is enough. */
  public static ClockSkew of(TraceTree tree) {
    long[] shift = new long[tree.size()];
    Map<String, Long> byPod = new TreeMap<>();
    for (int row = 0; row < tree.size(); row++) {
      int parent = tree.parent(row);
      if (parent < 0) {
        continue;
      }
      Emitter own = tree.span(row).emitter();
      Emitter caller = tree.span(parent).emitter();
      if (own.clock().equals(caller.clock())) {
        shift[row] = shift[parent];
      } else if (tree.span(parent).kind() == Span.Kind.CLIENT
          && tree.span(row).kind() == Span.Kind.SERVER
          && tree.span(row).startNanos() > 0) {
        shift[row] = intoParent(tree, row, parent, shift[parent]);
      }
      if (shift[row] != 0) {
        String name = own.pod().isEmpty() ? own.service() : own.pod();
        byPod.merge(name, shift[row], (a, b) -> Math.abs(a) >= Math.abs(b) ? a : b);
      }
    }
    return new ClockSkew(shift, byPod);
  }

  /** None if it fits; else centred, since both ways of a call take the same time on average. */
  private static long intoParent(TraceTree tree, int row, int parent, long parentShift) {
    long from = tree.startNanos(parent) + parentShift;
    long to = tree.endNanos(parent) + parentShift;
    long start = tree.startNanos(row);
    long duration = tree.durationNanos(row);
    if (duration > to - from) {
      return Math.max(0, from - start);
    }
    if (start >= from && tree.endNanos(row) <= to) {
      return 0;
    }
    return from + (to - from - duration) / 2 - start;
  }

  /** Whether any span has to move. */
  public boolean any() {
    return !byPod.isEmpty();
  }

  /** The tree with the clocks set right. */
  public TraceTree adjusted(TraceTree tree) {
    if (!any()) {
      return tree;
    }
    List<Span> moved = new ArrayList<>(tree.size());
    for (int row = 0; row < tree.size(); row++) {
      moved.add(tree.span(row).shifted(shiftNanos[row]));
    }
    return TraceTree.of(moved);
  }

  /** By which the row must be moved. */
  public long shiftNanos(int row) {
    return shiftNanos[row];
  }

  /** The largest shift of each pod that was moved, by its name. */
  public Map<String, Long> byPod() {
    return byPod;
  }
}
