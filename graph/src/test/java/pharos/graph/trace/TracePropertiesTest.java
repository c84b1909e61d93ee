package pharos.graph.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for every trace, however broken. */
class TracePropertiesTest {

  @Test
  void of_spansWithAnyParents_keepsEverySpanOnceBelowItsParent() {
    for (long seed = 1; seed <= 2_000; seed++) {
      List<Span> spans = tangled(seed);
      TraceTree tree = TraceTree.of(spans);
      assertThat(tree.size() + tree.duplicatesDropped())
          .as("seed %d", seed)
          .isEqualTo(spans.size());
      Set<Long> ids = new HashSet<>();
      for (int row = 0; row < tree.size(); row++) {
        assertThat(ids.add(tree.span(row).id())).as("seed %d: one id each", seed).isTrue();
        int parent = tree.parent(row);
        assertThat(parent).as("seed %d", seed).isLessThan(row);
        if (parent >= 0) {
          assertThat(tree.depth(row)).isEqualTo(tree.depth(parent) + 1);
          assertThat(row).isLessThan(parent + tree.subtreeSize(parent));
          assertThat(tree.span(parent).id()).isEqualTo(tree.span(row).parent());
        } else if (tree.span(row).parent() != 0) {
          assertThat(tree.warnings().get(row)).as("seed %d: a root says why", seed).isNotEmpty();
        }
        assertThat(tree.endNanos(row)).isGreaterThanOrEqualTo(tree.startNanos(row));
      }
    }
  }

  @Test
  void selfTime_ofRandomTraces_isWhatEachNanosecondSays() {
    for (long seed = 1; seed <= 500; seed++) {
      TraceTree tree = TraceTree.of(RandomTraces.small(seed, true));
      Coverage coverage = Coverage.of(tree);
      for (int row = 0; row < tree.size(); row++) {
        long own = 0;
        for (long at = tree.startNanos(row); at < tree.endNanos(row); at += 1_000_000) {
          own += childRunsAt(tree, row, at) ? 0 : 1_000_000; // all times are whole milliseconds
        }
        assertThat(coverage.selfNanos(row)).as("seed %d row %d", seed, row).isEqualTo(own);
      }
    }
  }

  private static boolean childRunsAt(TraceTree tree, int row, long at) {
    for (int other = 0; other < tree.size(); other++) {
      if (tree.parent(other) == row && tree.startNanos(other) <= at && at < tree.endNanos(other)) {
        return true;
      }
    }
    return false;
  }

  @Test
  void adjusted_traceWithoutConsumers_hasEveryServerInsideItsCallWhereItFits() {
    int moved = 0;
    for (long seed = 1; seed <= 500; seed++) {
      TraceTree tree = TraceTree.of(RandomTraces.small(seed, false));
      TraceTree adjusted = ClockSkew.of(tree).adjusted(tree);
      assertThat(adjusted.size()).isEqualTo(tree.size());
      for (CallPairs.Pair pair : CallPairs.of(adjusted)) {
        boolean otherClock =
            !adjusted
                .span(pair.clientRow())
                .emitter()
                .clock()
                .equals(adjusted.span(pair.serverRow()).emitter().clock());
        boolean fits =
            adjusted.durationNanos(pair.serverRow()) <= adjusted.durationNanos(pair.clientRow());
        if (otherClock && fits) {
          assertThat(pair.clocksDisagree()).as("seed %d: %s", seed, pair).isFalse();
        }
      }
      moved += ClockSkew.of(tree).any() ? 1 : 0;
    }
    assertThat(moved).isGreaterThan(100);
  }

  @Test
  void paths_ofTwoSets_countEverySpanOnItsSide() {
    for (long seed = 1; seed <= 200; seed++) {
      TraceTree first = TraceTree.of(RandomTraces.small(seed, true));
      TraceTree second = TraceTree.of(RandomTraces.small(seed + 1_000, false));
      List<CallPaths.CallPath> paths = CallPaths.compare(List.of(first), List.of(second)).paths();
      assertThat(paths.stream().mapToLong(path -> path.first().count()).sum())
          .isEqualTo(first.size());
      assertThat(paths.stream().mapToLong(path -> path.second().count()).sum())
          .isEqualTo(second.size());
      long[] below = new long[paths.size()];
      for (int i = paths.size() - 1; i >= 0; i--) {
        CallPaths.CallPath path = paths.get(i);
        assertThat(path.parent()).isLessThan(i);
        assertThat(below[i]).isLessThanOrEqualTo(path.valueNanos());
        if (path.parent() >= 0) {
          below[path.parent()] += path.valueNanos();
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @Timeout(60) // not a measurement: anything quadratic takes hours
  void everything_ofHundredThousandSpans_isAnswered(boolean deep) {
    List<Span> spans = deep ? RandomTraces.chain(100_000) : RandomTraces.flat(100_000);
    TraceTree tree = TraceTree.of(spans);
    assertThat(tree.size()).isEqualTo(100_000);
    CriticalPath path = CriticalPath.of(tree);
    assertThat(path.sections()).hasSizeGreaterThan(99_999);
    Coverage coverage = Coverage.of(tree);
    assertThat(coverage.selfNanos(0)).isPositive();
    assertThat(TimeSplit.of(tree, path).nanos()).hasSize(TimeSplit.Place.values().length);
    ClockSkew skew = ClockSkew.of(tree);
    assertThat(skew.adjusted(tree).size()).isEqualTo(100_000);
    assertThat(CallPairs.of(tree)).isNotEmpty();
    assertThat(OperationStatistics.of(tree, coverage)).hasSize(7);
    assertThat(CallPaths.of(List.of(tree)).paths()).isNotEmpty();
    assertThat(DependencyLinks.of(List.of(tree))).isNotEmpty();
    assertThat(SpanEdges.of(List.of(tree))).isNotEmpty();
  }

  @Test
  @Timeout(60)
  void of_aCycleOfHundredThousandSpans_isBrokenOnce() {
    List<Span> spans = new ArrayList<>(RandomTraces.chain(100_000));
    spans.set(0, spans.getFirst().withIds(1, 100_000));
    TraceTree tree = TraceTree.of(spans);
    assertThat(tree.size()).isEqualTo(100_000);
    assertThat(tree.warnings()).hasSize(1);
    assertThat(tree.warnings().get(0)).containsExactly(new SpanWarning.InCycle(100_000));
  }

  /** Parents are anybody: oneself, each other, nobody; some ids are taken twice. */
  private static List<Span> tangled(long seed) {
    Random random = new Random(seed);
    List<Span> spans = new ArrayList<>();
    for (Span span : RandomTraces.small(seed, true)) {
      long id = random.nextInt(10) == 0 ? 1 + random.nextInt(40) : span.id();
      long parent = random.nextInt(6) == 0 ? 1 + random.nextInt(40) : span.parent();
      Span changed = span.withIds(id, parent);
      spans.add(random.nextInt(15) == 0 ? changed.shifted(-changed.startNanos()) : changed);
      if (random.nextInt(10) == 0) {
        spans.add(changed);
      }
    }
    return spans;
  }
}
