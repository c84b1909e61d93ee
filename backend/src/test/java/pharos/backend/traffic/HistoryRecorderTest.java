package pharos.backend.traffic;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import pharos.backend.traffic.GraphHistory.Summary;
import pharos.backend.traffic.TelemetrySource.SampleQuery;
import pharos.graph.GraphOptions;
import pharos.graph.TrafficGraph;
import pharos.graph.build.TrafficGraphs;
import pharos.graph.sample.Samples;

final class HistoryRecorderTest {
  private static final Clock NOON = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);

  private final SmallMesh mesh = new SmallMesh(NOON, 3);
  private final Samples samples =
      mesh.samples(new SampleQuery(Set.of(), Duration.ofMinutes(1), null)).result();
  private final TrafficGraph graph =
      TrafficGraphs.of(samples, mesh.current(), GraphOptions.DEFAULT);

  /** A tile of the overview and the time line beside it must not tell two stories. */
  @Test
  void namespaces_countTheRequestsAndErrorsThatTheListsCount() {
    Map<String, Summary> totals = HistoryRecorder.namespaces(graph);
    Red.Requests listed =
        requireNonNull(new MeshState(samples, mesh.current()).namespaceIn("shop").http());

    assertThat(totals).containsOnlyKeys("shop");
    Summary shop = requireNonNull(totals.get("shop"));
    assertThat(shop.perSecond()).isEqualTo(36, within(1e-9)); // 10 + 11 + 12, and 1 fails of each
    assertThat(shop.errorsPerSecond()).isEqualTo(3, within(1e-9));
    assertThat(shop.perSecond()).isEqualTo(listed.perSecond(), within(1e-9));
    assertThat(shop.errorsPerSecond() / shop.perSecond())
        .isEqualTo(requireNonNull(listed.errorShare()), within(1e-9));
  }

  @Test
  void mesh_isTheSumOfItsNamespaces_withTheWorstHealth() {
    Summary total =
        HistoryRecorder.mesh(
            graph,
            Map.of(
                "shop", new Summary(36, 3, "degraded"), "bookinfo", new Summary(4, 1, "healthy")));

    assertThat(total.perSecond()).isEqualTo(40);
    assertThat(total.errorsPerSecond()).isEqualTo(4);
    assertThat(total.worstHealth()).isIn("degraded", "failure");
  }
}
