package pharos.graph.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import pharos.graph.trace.CriticalPath.Section;

/** Held against Jaeger's definition, written down plainly: recursive, and looking at everything. */
class CriticalPathTest {
  private static final int TRACES = 3_000;

  @Test
  void of_randomTraces_isWhatThePlainDefinitionSays() {
    int withBranches = 0;
    for (long seed = 1; seed <= TRACES; seed++) {
      TraceTree tree = TraceTree.of(RandomTraces.small(seed, seed % 2 == 0));
      CriticalPath path = CriticalPath.of(tree);
      assertThat(path.sections()).as("seed %d", seed).isEqualTo(new Plain(tree).sections());
      withBranches += path.sections().size() > 3 ? 1 : 0;
    }
    assertThat(withBranches).isGreaterThan(TRACES / 4); // or the traces would prove little
  }

  @Test
  void split_ofRandomTraces_addsUpToThePath() {
    for (long seed = 1; seed <= 300; seed++) {
      TraceTree tree = TraceTree.of(RandomTraces.small(seed, true));
      CriticalPath path = CriticalPath.of(tree);
      long length =
          path.sections().stream().mapToLong(each -> each.toNanos() - each.fromNanos()).sum();
      assertThat(TimeSplit.of(tree, path).nanos().values().stream().mapToLong(n -> n).sum())
          .isEqualTo(length);
    }
  }

  /** The definition, step by step. */
  private static final class Plain {
    private final TraceTree tree;
    private final long[] starts;
    private final long[] ends;
    private final boolean[] kept;
    private final List<Section> sections = new ArrayList<>();

    Plain(TraceTree tree) {
      this.tree = tree;
      starts = new long[tree.size()];
      ends = new long[tree.size()];
      kept = new boolean[tree.size()];
    }

    List<Section> sections() {
      for (int row = 0; row < tree.size(); row++) {
        if (tree.parent(row) < 0) {
          starts[row] = tree.startNanos(row);
          ends[row] = tree.endNanos(row);
          sanitise(row);
          visit(row, ends[row], true);
        }
      }
      return sections;
    }

    private List<Integer> children(int row) {
      List<Integer> children = new ArrayList<>();
      for (int other = 0; other < tree.size(); other++) {
        if (tree.parent(other) == row) {
          children.add(other);
        }
      }
      return children;
    }

    private void sanitise(int parent) {
      for (int child : children(parent)) {
        if (tree.span(parent).kind() == Span.Kind.PRODUCER
            && tree.span(child).kind() == Span.Kind.CONSUMER) {
          continue;
        }
        long start = tree.startNanos(child);
        long end = tree.endNanos(child);
        long from = starts[parent];
        long to = ends[parent];
        boolean late = start >= from && start >= to;
        boolean early = start < from && end <= from;
        if (!late && !early) {
          starts[child] = Math.max(start, from);
          ends[child] = Math.min(end, to);
          kept[child] = true;
          sanitise(child);
        }
      }
    }

    /** Answers where the parent goes on. */
    private long visit(int row, long from, boolean entered) {
      long cutoff = from;
      boolean first = entered;
      while (true) {
        int last = -1;
        for (int child : children(row)) {
          if (kept[child]
              && (first || ends[child] < cutoff)
              && (last < 0 || ends[child] > ends[last])) {
            last = child;
          }
        }
        long until = last < 0 ? starts[row] : ends[last];
        if (until != cutoff) {
          sections.add(new Section(row, until, cutoff));
        }
        if (last < 0) {
          return starts[row];
        }
        cutoff = visit(last, ends[last], true);
        first = false;
      }
    }
  }
}
