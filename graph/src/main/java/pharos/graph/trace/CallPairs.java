package pharos.graph.trace;

import java.util.ArrayList;
import java.util.List;

/** The two halves of calls: what the caller measured and what the callee measured. */
public final class CallPairs {
  private CallPairs() {}

  /**
   * One call of which both sides wrote a span.
   *
   * @param requestNanos from the caller's start to the callee's: network and proxies on the way
   *     there; negative when the clocks disagree
   * @param responseNanos from the callee's end to the caller's
   */
  public record Pair(int clientRow, int serverRow, long requestNanos, long responseNanos) {

    /** Whether the callee seems to work outside of the call, which no callee can. */
    public boolean clocksDisagree() {
      return requestNanos < 0 || responseNanos < 0;
    }
  }

  /**
   * Every server span under a client span, in the order of the rows. A retried or mirrored call has
   * several.
   */
  public static List<Pair> of(TraceTree tree) {
    List<Pair> pairs = new ArrayList<>();
    for (int row = 0; row < tree.size(); row++) {
      int parent = tree.parent(row);
      if (parent >= 0
          && tree.span(row).kind() == Span.Kind.SERVER
          && tree.span(parent).kind() == Span.Kind.CLIENT) {
        pairs.add(
            new Pair(
                parent,
                row,
                tree.startNanos(row) - tree.startNanos(parent),
                tree.endNanos(parent) - tree.endNanos(row)));
      }
    }
    return List.copyOf(pairs);
  }
}
