package pharos.graph.trace;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Which service calls which, as Zipkin counts it. */
public final class DependencyLinks {
  private DependencyLinks() {}

  /** Calls of one service to another, in the traces that were looked at. */
  public record Link(String parent, String child, long calls, long errors) {}

  /** By name of the parent, then of the child. */
  public static List<Link> of(Collection<TraceTree> traces) {
    Map<Ends, long[]> counts = new TreeMap<>();
    traces.forEach(tree -> new Linking(tree, counts).run());
    List<Link> links = new ArrayList<>(counts.size());
    counts.forEach(
        (ends, count) -> links.add(new Link(ends.parent(), ends.child(), count[0], count[1])));
    return List.copyOf(links);
  }

  private record Ends(String parent, String child) implements Comparable<Ends> {
    @Override
    public int compareTo(Ends other) {
      int byParent = parent.compareTo(other.parent);
      return byParent != 0 ? byParent : child.compareTo(other.child);
    }
  }

  /**
   * One trace. The nearest ancestor that has a kind is carried down instead of searched upward, so
   * that a deep chain costs no more than a flat one.
   */
  private static final class Linking {
    private final TraceTree tree;
    private final Map<Ends, long[]> counts;
    private final int[] caller; // nearest ancestor with a kind, or -1

    Linking(TraceTree tree, Map<Ends, long[]> counts) {
      this.tree = tree;
      this.counts = counts;
      this.caller = new int[tree.size()];
    }

    void run() {
      int main = tree.mainRow();
      boolean rooted = main >= 0 && tree.span(main).parent() == 0;
      if (rooted) {
        // Zipkin hangs whatever has no parent under the root, so the root goes first.
        walk(main, -1);
      }
      for (int root = 0; root < tree.size(); root += tree.subtreeSize(root)) {
        if (!rooted || root != main) {
          walk(root, rooted ? main : -1);
        }
      }
    }

    private void walk(int root, int above) {
      boolean isRoot = above < 0 && tree.span(root).parent() == 0;
      for (int row = root; row < root + tree.subtreeSize(root); row++) {
        int parent = row == root ? above : tree.parent(row);
        caller[row] = parent < 0 || hasKind(parent) ? parent : caller[parent];
        link(row, row == root && isRoot);
      }
    }

    private boolean hasKind(int row) {
      return switch (tree.span(row).kind()) {
        case UNSPECIFIED, INTERNAL -> false;
        case SERVER, CLIENT, PRODUCER, CONSUMER -> true;
      };
    }

    private void link(int row, boolean root) {
      Span span = tree.span(row);
      String local = span.emitter().service();
      String remote = span.peer();
      Span.Kind kind = span.kind();
      if (kind == Span.Kind.CLIENT && hasChildren(row)) {
        return; // the callee's own name is better than the caller's name for it
      }
      if (!hasKind(row)) {
        if (local.isEmpty() || remote.isEmpty()) {
          return;
        }
        kind = Span.Kind.CLIENT;
      }
      boolean callee = kind == Span.Kind.SERVER || kind == Span.Kind.CONSUMER;
      String parent = callee ? remote : local;
      String child = callee ? local : remote;
      if (callee && root && parent.isEmpty()) {
        return; // nobody knows who asked
      }
      if (kind == Span.Kind.PRODUCER || kind == Span.Kind.CONSUMER) {
        add(parent, child, span.error());
        return;
      }
      call(row, span, kind, parent, child);
    }

    private void call(int row, Span span, Span.Kind kind, String declared, String child) {
      String parent = declared;
      boolean error = span.error();
      Span above = caller[row] < 0 ? null : tree.span(caller[row]);
      if (above != null && !above.emitter().service().isEmpty()) {
        String aboveService = above.emitter().service();
        String local = span.emitter().service();
        if (kind == Span.Kind.CLIENT && !local.isEmpty() && !aboveService.equals(local)) {
          add(aboveService, local, false); // the span between them is missing
        }
        if (kind == Span.Kind.SERVER || parent.isEmpty()) {
          parent = aboveService;
        }
        if (!error && above.kind() == Span.Kind.CLIENT && span.parent() == above.id()) {
          error = above.error();
        }
      }
      add(parent, child, error);
    }

    private boolean hasChildren(int row) {
      // A root also carries what has no parent of its own.
      return tree.subtreeSize(row) > 1
          || (row == tree.mainRow()
              && tree.span(row).parent() == 0
              && tree.subtreeSize(row) < tree.size());
    }

    private void add(String parent, String child, boolean error) {
      if (parent.isEmpty() || child.isEmpty()) {
        return;
      }
      long[] count = counts.computeIfAbsent(new Ends(parent, child), _ -> new long[2]);
      count[0]++;
      count[1] += error ? 1 : 0;
    }
  }
}
