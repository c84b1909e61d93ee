package pharos.graph.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import pharos.graph.trace.OperationStatistics.Operation;

class OperationStatisticsTest {

  @Test
  void of_repeatedCalls_addsThemUpByServiceAndName() {
    TraceTree tree =
        TraceTree.of(
            TraceText.spans(
                """
                1 - server web /buy 0 100
                2 1 client web get 10 20
                3 1 client web get 30 60 error
                4 1 client web get 40 50
                """));
    List<Operation> operations = OperationStatistics.of(tree, Coverage.of(tree));
    assertThat(operations)
        .containsExactly(
            new Operation(
                "web",
                "/buy",
                1,
                0,
                100_000_000,
                60_000_000,
                100_000_000,
                100_000_000,
                100_000_000,
                100_000_000),
            new Operation(
                "web",
                "get",
                3,
                1,
                50_000_000,
                50_000_000,
                10_000_000,
                30_000_000,
                10_000_000,
                30_000_000));
    assertThat(operations.getLast().meanNanos()).isEqualTo(50_000_000 / 3.0);
  }
}
