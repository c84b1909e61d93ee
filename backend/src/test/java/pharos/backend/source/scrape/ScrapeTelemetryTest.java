package pharos.backend.source.scrape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.assertj.core.data.Offset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import pharos.backend.traffic.SourceStatus.State;
import pharos.backend.traffic.SourceUnavailable;
import pharos.backend.traffic.TelemetrySource.LabelMatch;
import pharos.backend.traffic.TelemetrySource.Measure;
import pharos.backend.traffic.TelemetrySource.OneSeries;
import pharos.backend.traffic.TelemetrySource.SampleQuery;
import pharos.backend.traffic.TelemetrySource.SeriesQuery;
import pharos.graph.sample.CallLabels;
import pharos.graph.sample.LatencySample;
import pharos.graph.sample.Reporter;
import pharos.graph.sample.RequestSample;
import pharos.graph.sample.Samples;
import pharos.graph.sample.VolumeSample;

final class ScrapeTelemetryTest {
  private static final String LABELS =
      "reporter=\"destination\",source_workload=\"cart\",source_workload_namespace=\"shop\","
          + "destination_workload=\"stock\",destination_workload_namespace=\"shop\","
          + "destination_service_namespace=\"shop\",destination_canonical_revision=\"v1\","
          + "request_protocol=\"http\"";

  private final Vertx vertx = Vertx.vertx();
  private final SteppedClock clock = new SteppedClock();
  private FakeProxies proxies;
  private ScrapeTelemetry telemetry;

  @BeforeEach
  void start() throws Exception {
    proxies = new FakeProxies(vertx);
    telemetry =
        new ScrapeTelemetry(
            vertx, ScrapeSettings.DEFAULT.withInterval(Duration.ofSeconds(5)), proxies, clock);
  }

  @AfterEach
  void stop() throws Exception {
    telemetry.close();
    proxies.close();
    vertx.close().await(10, TimeUnit.SECONDS);
  }

  private void round() throws Exception {
    clock.step(Duration.ofSeconds(5));
    telemetry.round(false);
  }

  private Samples samples(Duration window, @Nullable Instant at, String... namespaces)
      throws Exception {
    return telemetry
        .samples(new SampleQuery(Set.of(namespaces), window, at))
        .await(10, TimeUnit.SECONDS);
  }

  private static String requests(String code, int count) {
    return "istio_requests_total{%s,response_code=\"%s\",response_flags=\"-\"} %d\n"
        .formatted(LABELS, code, count);
  }

  private static String duration(int below5, int all, int millis) {
    String name = "istio_request_duration_milliseconds";
    return """
    %1$s_bucket{%2$s,response_code="200",le="5"} %3$d
    %1$s_bucket{%2$s,response_code="200",le="10"} %4$d
    %1$s_bucket{%2$s,response_code="200",le="+Inf"} %4$d
    %1$s_sum{%2$s,response_code="200"} %5$d
    %1$s_count{%2$s,response_code="200"} %4$d
    """
        .formatted(name, LABELS, below5, all, millis);
  }

  @Test
  void samples_youngSource_answersForItsOwnAge() throws Exception {
    proxies.print("stock-1", requests("200", 1_000));
    round();
    proxies.print("stock-1", requests("200", 1_050));
    round();

    Samples samples = samples(Duration.ofMinutes(1), null);

    assertThat(samples.window()).isEqualTo(Duration.ofSeconds(5));
    assertThat(samples.complete()).isTrue();
    assertThat(samples.requests())
        .singleElement()
        .satisfies(request -> {
          assertThat(request.perSecond()).isEqualTo(10);
          assertThat(request.reporter()).isEqualTo(Reporter.DESTINATION);
          assertThat(request.call().sourceWorkload()).isEqualTo("cart");
          assertThat(request.call().sourceCluster()).isEqualTo(CallLabels.ABSENT);
          assertThat(request.grpcStatus()).isEqualTo(CallLabels.ABSENT);
        });
  }

  /**
   * After a provisional round the next regular one is far, and nothing is known of the time to it.
   */
  @Test
  void samples_youngSourceLongAfterItsLastRound_answersForTheTimeBetweenItsRounds()
      throws Exception {
    proxies.print("stock-1", requests("200", 1_000));
    round();
    proxies.print("stock-1", requests("200", 1_020));
    clock.step(Duration.ofSeconds(2));
    telemetry.round(true);
    clock.step(Duration.ofSeconds(3));

    Samples samples = samples(Duration.ofMinutes(1), null);

    assertThat(samples.window()).isEqualTo(Duration.ofSeconds(2));
    assertThat(samples.requests()).extracting(RequestSample::perSecond).containsExactly(10.0);
  }

  @Test
  void start_newMesh_hasRatesLongBeforeTheNextRegularRound() throws Exception {
    proxies.print("stock-1", requests("200", 1));
    Duration interval = Duration.ofSeconds(8);
    try (var patient =
        new ScrapeTelemetry(
            vertx, ScrapeSettings.DEFAULT.withInterval(interval), proxies, Clock.systemUTC())) {
      long began = System.nanoTime();
      patient.start();
      while (!hasRates(patient) && System.nanoTime() - began < interval.toNanos()) {
        Thread.sleep(20);
      }
      assertThat(System.nanoTime() - began).isLessThan(interval.toNanos() * 3 / 4);
    }
  }

  private static boolean hasRates(ScrapeTelemetry source) throws Exception {
    try {
      var query = new SampleQuery(Set.of(), Duration.ofMinutes(1), null);
      return !source.samples(query).await(10, TimeUnit.SECONDS).requests().isEmpty();
    } catch (SourceUnavailable notYet) {
      return false;
    }
  }

  @Test
  void samples_beforeTheSecondRound_isAFailureAndNotAnEmptyMesh() throws Exception {
    proxies.print("stock-1", requests("200", 1_000));
    round();

    assertThatThrownBy(() -> samples(Duration.ofMinutes(1), null))
        .isInstanceOf(SourceUnavailable.class);
  }

  @Test
  void samples_replicasOfOneWorkload_areAdded() throws Exception {
    for (int i = 0; i < 4; i++) {
      proxies.print("stock-1", requests("200", 100 + i * 50) + duration(i * 10, i * 20, i * 80));
      proxies.print("stock-2", requests("200", 7 + i * 5) + duration(i * 10, i * 20, i * 80));
      round();
    }

    Samples samples = samples(Duration.ofSeconds(15), null);

    assertThat(samples.requests()).extracting(RequestSample::perSecond).containsExactly(11.0);
    assertThat(samples.latencies())
        .singleElement()
        .satisfies(latency -> {
          assertThat(latency.countPerSecond()).isCloseTo(8, Offset.offset(1e-9));
          assertThat(latency.sumPerSecond()).isCloseTo(32, Offset.offset(1e-9));
          assertThat(latency.cumulativePerSecond()).containsExactly(4, 8, 8);
        });
  }

  @Test
  void samples_podRestarted_ratesStayPositive() throws Exception {
    for (int count : new int[] {1_000, 1_050, 3, 53}) {
      proxies.print("stock-1", requests("200", count));
      round();
    }

    assertThat(samples(Duration.ofSeconds(15), null).requests())
        .extracting(RequestSample::perSecond)
        .containsExactly((50 + 3 + 50) / 15.0);
  }

  @Test
  void samples_ofNamespaces_holdOnlyCallsThatTouchThem() throws Exception {
    for (int i = 0; i < 2; i++) {
      proxies.print("stock-1", requests("200", i * 10));
      round();
    }

    assertThat(samples(Duration.ofSeconds(5), null, "shop").requests()).hasSize(1);
    assertThat(samples(Duration.ofSeconds(5), null, "bookinfo").requests()).isEmpty();
  }

  @Test
  void samples_oneProxyFails_isPartialAndNamesIt() throws Exception {
    for (int i = 0; i < 3; i++) {
      proxies.print("stock-1", requests("200", i * 10));
      proxies.print("stock-2", requests("200", i * 10));
      if (i > 0) {
        proxies.breakDown("stock-2", 503);
      }
      round();
    }

    Samples samples = samples(Duration.ofSeconds(10), null);

    assertThat(samples.complete()).isFalse();
    assertThat(samples.warnings())
        .contains("1 of 2 proxies did not answer.", "shop/stock-2 answered HTTP 503");
    assertThat(telemetry.status().state()).isEqualTo(State.PARTIAL);
    assertThat(telemetry.status().facts()).containsEntry("targets", "2").containsEntry("up", "1");
  }

  @Test
  void samples_allProxiesFail_isUnavailableAndNotZero() throws Exception {
    for (int i = 0; i < 4; i++) {
      proxies.print("stock-1", i == 2 ? "<html>" : requests("200", i * 10));
      proxies.breakDown("stock-1", i < 2 ? 200 : 500);
      round();
    }

    assertThat(telemetry.status().state()).isEqualTo(State.DOWN);
    assertThatThrownBy(() -> samples(Duration.ofMinutes(1), null))
        .isInstanceOf(SourceUnavailable.class)
        .hasMessage("None of 1 proxies answered.");
  }

  @Test
  void samples_podGone_countsInPastWindowsAndEndsThen() throws Exception {
    for (int i = 0; i < 3; i++) {
      proxies.print("stock-1", requests("200", i * 50));
      proxies.print("stock-2", requests("404", i * 50));
      round();
    }
    Instant whileThere = clock.instant();
    proxies.remove("stock-2");
    for (int i = 3; i < 6; i++) {
      proxies.print("stock-1", requests("200", i * 50));
      round();
    }

    assertThat(samples(Duration.ofSeconds(10), whileThere).requests())
        .extracting(RequestSample::responseCode)
        .containsExactlyInAnyOrder("200", "404");
    assertThat(samples(Duration.ofSeconds(10), null).requests())
        .extracting(RequestSample::responseCode)
        .containsExactly("200");
  }

  @Test
  void samples_tcp_areVolumes() throws Exception {
    for (int i = 0; i < 2; i++) {
      proxies.print("stock-1", "istio_tcp_sent_bytes_total{reporter=\"source\"} " + i * 500 + "\n");
      round();
    }

    assertThat(samples(Duration.ofSeconds(5), null).volumes())
        .singleElement()
        .satisfies(volume -> {
          assertThat(volume.volume()).isEqualTo(VolumeSample.Volume.TCP_SENT_BYTES);
          assertThat(volume.perSecond()).isEqualTo(100);
        });
  }

  @Test
  void status_noRoundForLong_isStale() throws Exception {
    proxies.print("stock-1", "");
    round();
    assertThat(telemetry.status().state()).isEqualTo(State.OK);

    clock.step(Duration.ofMinutes(1));

    assertThat(telemetry.status().state()).isEqualTo(State.STALE);
  }

  @Test
  void series_redByCode_withGapsWhereNothingIsKnown() throws Exception {
    Instant begin = clock.instant();
    for (int i = 0; i < 12; i++) {
      proxies.print(
          "stock-1",
          requests("200", i * 50) + requests("503", i * 10) + duration(i * 10, i * 20, i * 80));
      round();
    }
    var query =
        new SeriesQuery(
            List.of(new LabelMatch("destination_workload", Set.of("stock"))),
            null,
            SeriesQuery.By.NONE,
            begin.minusSeconds(60),
            clock.instant(),
            Duration.ofSeconds(10),
            Duration.ofSeconds(20));

    List<OneSeries> series = telemetry.series(query).await(10, TimeUnit.SECONDS).series();

    assertThat(series)
        .extracting(OneSeries::measure)
        .containsExactly(
            Measure.REQUESTS,
            Measure.ERRORS,
            Measure.AVERAGE,
            Measure.P50,
            Measure.P95,
            Measure.P99);
    assertThat(series.getFirst().points().getFirst().value()).isNull();
    assertThat(last(series.get(0))).isCloseTo(12, Offset.offset(1e-9));
    assertThat(last(series.get(1))).isCloseTo(1 / 6.0, Offset.offset(1e-9));
    assertThat(last(series.get(2))).isCloseTo(4, Offset.offset(1e-9));
    assertThat(last(series.get(3))).isCloseTo(5, Offset.offset(1e-9));
  }

  private static @Nullable Double last(OneSeries series) {
    return series.points().getLast().value();
  }

  @Test
  void start_meshEmptyAtFirst_isScrapedAsSoonAsItHasATarget() throws Exception {
    telemetry.start();
    proxies.print("stock-1", requests("200", 1));
    proxies.remove("nobody"); // tells the listeners

    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(4);
    while (!"1".equals(telemetry.status().facts().get("up")) && System.nanoTime() < deadline) {
      Thread.onSpinWait();
    }
    assertThat(telemetry.status().facts()).containsEntry("up", "1");
  }

  @Test
  void samples_equalTraffic_givesEqualLatencyObjects() throws Exception {
    for (int i = 0; i < 3; i++) {
      proxies.print("stock-1", duration(i, i, i));
      round();
    }

    List<LatencySample> once = samples(Duration.ofSeconds(10), clock.instant()).latencies();
    List<LatencySample> twice = samples(Duration.ofSeconds(10), clock.instant()).latencies();

    assertThat(once).isEqualTo(twice);
  }
}
