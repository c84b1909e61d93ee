package pharos.backend.source.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static pharos.backend.source.prometheus.FakePrometheus.row;
import static pharos.backend.source.prometheus.FakePrometheus.vector;

import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import pharos.backend.source.prometheus.FakePrometheus.Reply;
import pharos.backend.source.prometheus.PrometheusSettings.Credentials;
import pharos.backend.traffic.SourceStatus.State;
import pharos.backend.traffic.SourceUnavailable;
import pharos.backend.traffic.TelemetrySource.LabelMatch;
import pharos.backend.traffic.TelemetrySource.OneSeries;
import pharos.backend.traffic.TelemetrySource.Point;
import pharos.backend.traffic.TelemetrySource.SampleQuery;
import pharos.backend.traffic.TelemetrySource.Series;
import pharos.backend.traffic.TelemetrySource.SeriesQuery;
import pharos.graph.sample.RequestSample;
import pharos.graph.sample.Samples;

/** Against a server that behaves, and one that does not. */
final class PrometheusTelemetryTest {
  private static final String CALL =
      "'reporter':'source','source_workload':'a','destination_workload':'b',"
          + "'request_protocol':'http'";
  private static final Duration QUICK = Duration.ofMillis(1_500);

  private final Vertx vertx = Vertx.vertx();
  private FakePrometheus server;
  private PrometheusTelemetry telemetry;

  @BeforeEach
  void start() throws Exception {
    server = new FakePrometheus(vertx, 0);
    telemetry = telemetry(PrometheusSettings.of(server.url()).withTimeout(QUICK));
  }

  private PrometheusTelemetry telemetry(PrometheusSettings settings) {
    return new PrometheusTelemetry(vertx, settings, Clock.systemUTC());
  }

  @AfterEach
  void stop() throws Exception {
    telemetry.close();
    server.close();
    vertx.close().await(10, TimeUnit.SECONDS);
  }

  private Samples samples() throws TimeoutException {
    return telemetry
        .samples(new SampleQuery(Set.of(), Duration.ofMinutes(1), null))
        .await(20, TimeUnit.SECONDS);
  }

  private static Reply healthy(String form) {
    if (form.contains("(rate(istio_requests_total")) {
      return vector(row(CALL + ",'response_code':'200'", "12.5"));
    }
    if (form.contains("milliseconds_bucket")) {
      return vector(
          row(CALL + ",'le':'+Inf'", "12"),
          row(CALL + ",'le':'10'", "9"),
          row(CALL + ",'le':'5'", "6"));
    }
    if (form.contains("milliseconds_sum")) {
      return vector(row(CALL, "60"));
    }
    if (form.contains("milliseconds_count")) {
      return vector(row(CALL, "12"));
    }
    if (form.contains("istio_tcp_sent_bytes_total")) {
      return vector(row("'reporter':'source','app':'ztunnel'", "100"));
    }
    return vector();
  }

  @Test
  void samples_healthy() throws Exception {
    server.replies(PrometheusTelemetryTest::healthy);

    Samples samples = samples();

    assertThat(samples.complete()).isTrue();
    assertThat(samples.at()).isEqualTo(Instant.ofEpochSecond(1_700_000_000));
    assertThat(samples.requests()).extracting(RequestSample::perSecond).containsExactly(12.5);
    assertThat(samples.latencies())
        .singleElement()
        .satisfies(latency -> {
          assertThat(latency.upperBoundsMillis()).containsExactly(5, 10, Double.POSITIVE_INFINITY);
          assertThat(latency.cumulativePerSecond()).containsExactly(6, 9, 12);
          assertThat(latency.sumPerSecond()).isEqualTo(60);
        });
    assertThat(samples.volumes())
        .singleElement()
        .satisfies(volume -> assertThat(volume.call().reportingApp()).isEqualTo("ztunnel"));
    assertThat(telemetry.status().state()).isEqualTo(State.OK);
    assertThat(server.mostAtOnce()).isLessThanOrEqualTo(6);
    assertThat(server.asked()).filteredOn(form -> form.contains("rate(")).hasSize(12);
    assertThat(server.asked()).allMatch(form -> form.contains("time=1700000000.000"));
  }

  @Test
  void samples_clockOff_isSaid() throws Exception {
    assertThat(samples().warnings())
        .anyMatch(warning -> warning.matches("Prometheus' clock is \\d+ s behind ours\\."));
    server.clock(System.currentTimeMillis() / 1e3);
    assertThat(samples().warnings()).isEmpty();
  }

  @Test
  void samples_notANumber_isAGapAndNotZero() throws Exception {
    server.clock(System.currentTimeMillis() / 1e3);
    server.replies(form ->
        form.contains("(rate(istio_requests_total")
            ? vector(
                row(CALL + ",'response_code':'200'", "NaN"),
                row(CALL + ",'response_code':'404'", "+Inf"),
                row(CALL + ",'response_code':'500'", "-1"),
                row(CALL + ",'response_code':'503'", "1e-3"))
            : vector());

    Samples samples = samples();

    assertThat(samples.requests()).extracting(RequestSample::responseCode).containsExactly("503");
    assertThat(samples.warnings()).containsExactly("3 rates were no numbers and were left out.");
  }

  @Test
  void samples_warningsOfPrometheus_arePassedOn() throws Exception {
    server.clock(System.currentTimeMillis() / 1e3);
    server.replies(form ->
        form.contains("tcp_sent")
            ? new Reply.Json(
                """
                {"status":"success","warnings":["store east is missing"],"infos":["a hint"],
                 "data":{"resultType":"vector","result":[]}}\
                """)
            : vector());

    Samples samples = samples();

    assertThat(samples.complete()).isFalse();
    assertThat(samples.warnings()).containsExactly("store east is missing", "a hint");
    assertThat(telemetry.status().state()).isEqualTo(State.PARTIAL);
  }

  @Test
  void samples_oneQueryFails_isPartialInWords() throws Exception {
    server.clock(System.currentTimeMillis() / 1e3);
    server.replies(form ->
        form.contains("milliseconds_bucket")
            ? new Reply.Status(
                422,
                "application/json",
                "{\"status\":\"error\",\"errorType\":\"execution\",\"error\":\"too many samples\"}")
            : healthy(form));

    Samples samples = samples();

    assertThat(samples.complete()).isFalse();
    assertThat(samples.requests()).hasSize(1);
    assertThat(samples.warnings())
        .containsExactly(
            "istio_request_duration_milliseconds_bucket is missing: Prometheus at %s answered HTTP 422: too many samples."
                .formatted(server.url()));
  }

  static Stream<Arguments> troubles() {
    String begin = "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[";
    return Stream.of(
        Arguments.of("HTML", html(200), "is no JSON of Prometheus' API"),
        Arguments.of("not the API", new Reply.Json("{\"hello\":1}"), "has no status"),
        Arguments.of("a list", new Reply.Json("[1]"), "is not a JSON object"),
        Arguments.of(
            "no labels",
            new Reply.Json(begin + "{\"value\":[1,\"2\"]}]}}"),
            "has a value without labels"),
        Arguments.of(
            "wrong shape", new Reply.Json(begin + "\"x\"]}}"), "has a result that is no series"),
        Arguments.of("no number", vector(row(CALL, "twelve")), "has a value that is no number"),
        Arguments.of("empty", new Reply.Json(""), "is not a JSON object"),
        Arguments.of("500", html(500), "answered HTTP 500: it gave no reason"),
        Arguments.of("503", html(503), "answered HTTP 503"),
        Arguments.of("404", html(404), "there is no Prometheus API at this address"),
        Arguments.of("401", html(401), "it refuses our credentials"),
        Arguments.of("redirect", html(302), "it redirects elsewhere"),
        Arguments.of(
            "error in an answer",
            new Reply.Json("{\"status\":\"error\",\"error\":\"bad\"}"),
            "Prometheus refused the query: bad"),
        Arguments.of(
            "torn", new Reply.Torn(begin + row(CALL, "1") + ","), "Prometheus cannot be reached"),
        Arguments.of("stuck", new Reply.Stuck(begin), "did not answer within 1.5 s"),
        Arguments.of("silent", new Reply.Silence(), "did not answer within 1.5 s"));
  }

  private static Reply html(int status) {
    return new Reply.Status(status, "text/html", "<html>Sign in</html>");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("troubles")
  void samples_requestsInTrouble_failInWords(String what, Reply reply, String words) {
    server.replies(form -> form.contains("(rate(istio_requests_total") ? reply : vector());

    assertThatThrownBy(this::samples)
        .as(what)
        .isInstanceOf(SourceUnavailable.class)
        .hasMessageContaining(words);
    assertThat(telemetry.status().state()).isEqualTo(State.DOWN);
  }

  @Test
  void samples_tooManySeries_areCutAndSaid() throws Exception {
    telemetry.close();
    telemetry = telemetry(PrometheusSettings.of(server.url()).withLimits(1 << 20, 100));
    server.clock(System.currentTimeMillis() / 1e3);
    var rows = new String[500];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = row(CALL + ",'response_code':'" + i + "'", "1");
    }
    server.replies(form -> form.contains("(rate(istio_requests_total") ? vector(rows) : vector());

    Samples samples = samples();

    assertThat(samples.requests()).hasSize(100);
    assertThat(samples.complete()).isFalse();
    assertThat(samples.warnings())
        .containsExactly("istio_requests_total was cut after 100 series: narrow the scope.");
  }

  @Test
  void samples_tooManyBytes_areCutAndSaid() throws Exception {
    telemetry.close();
    telemetry = telemetry(PrometheusSettings.of(server.url()).withLimits(100_000, 100_000));
    server.clock(System.currentTimeMillis() / 1e3);
    var rows = new String[2_000];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = row(CALL + ",'response_code':'" + i + "'", "1");
    }
    server.replies(form -> form.contains("(rate(istio_requests_total") ? vector(rows) : vector());

    Samples samples = samples();

    assertThat(samples.requests()).hasSizeBetween(300, 1_000);
    assertThat(samples.warnings()).singleElement().asString().contains("narrow the scope");
  }

  @Test
  void samples_silentServer_isLeftAloneAfterThreeTries() {
    telemetry.close();
    telemetry = telemetry(PrometheusSettings.of(server.url()).withTimeout(Duration.ofMillis(50)));
    server.replies(form -> new Reply.Silence());
    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(this::samples).hasMessageContaining("did not answer within");
    }

    assertThatThrownBy(this::samples)
        .isInstanceOf(SourceUnavailable.class)
        .hasMessageContaining("the next try is in");
  }

  @Test
  void samples_serverRestarted_recovers() throws Exception {
    server.replies(PrometheusTelemetryTest::healthy);
    samples();
    int port = server.port();
    server.close();
    assertThatThrownBy(this::samples)
        .isInstanceOf(SourceUnavailable.class)
        .hasMessageContaining("cannot be reached at http://127.0.0.1:" + port);

    server = new FakePrometheus(vertx, port);
    server.replies(PrometheusTelemetryTest::healthy);

    assertThat(samples().requests()).hasSize(1);
  }

  @Test
  void series_errorsLatencyAndGaps() throws Exception {
    String range = "{\"status\":\"success\",\"data\":{\"resultType\":\"matrix\",\"result\":[%s]}}";
    String values = "{\"metric\":{%s},\"values\":[[1700000000,\"%s\"],[1700000020,\"NaN\"]]}";
    server.replies(form -> {
      if (form.contains("response_code=~")) {
        return new Reply.Json(range.formatted(values.formatted("", "1")));
      }
      if (form.contains("istio_requests_total")) {
        return new Reply.Json(range.formatted(values.formatted("", "4")));
      }
      if (form.contains("milliseconds_bucket")) {
        return new Reply.Json(
            range.formatted(
                values.formatted("\"le\":\"10\"", "2")
                    + ","
                    + values.formatted("\"le\":\"+Inf\"", "4")));
      }
      return new Reply.Json(range.formatted(""));
    });
    var query =
        new SeriesQuery(
            List.of(new LabelMatch("destination_workload", Set.of("b"))),
            null,
            SeriesQuery.By.NONE,
            Instant.ofEpochSecond(1_700_000_000),
            Instant.ofEpochSecond(1_700_000_020),
            Duration.ofSeconds(10),
            Duration.ofMinutes(1));

    Series series = telemetry.series(query).await(10, TimeUnit.SECONDS);

    assertThat(series.complete()).isTrue();
    assertThat(series.series())
        .extracting(OneSeries::unit)
        .containsExactly("perSecond", "share", "ms", "ms", "ms");
    assertThat(series.series().get(0).points())
        .extracting(Point::value)
        .containsExactly(4.0, null, null);
    assertThat(series.series().get(1).points().getFirst().value()).isEqualTo(0.25);
    assertThat(series.series().get(2).points().getFirst().value()).isEqualTo(10.0);
    assertThat(server.asked()).hasSize(7);
    assertThat(server.asked())
        .allMatch(form ->
            form.contains("reporter=~\"destination|waypoint\"")
                && form.contains("reporter=\"source\""));
  }

  @Test
  void settings_credentials_areSentAndNeverPrinted(@TempDir Path folder) throws Exception {
    Path token = Files.writeString(folder.resolve("token"), "s3cret\n");
    var settings =
        PrometheusSettings.of(server.url())
            .withCredentials(new Credentials.BearerFile(token), null);
    assertThat(new Credentials.Bearer("s3cret").toString()).doesNotContain("s3cret");
    assertThat(new Credentials.Basic("me", "s3cret").toString()).doesNotContain("s3cret");
    telemetry.close();
    telemetry = telemetry(settings);

    assertThat(samples().requests()).isEmpty();

    Files.delete(token);
    assertThatThrownBy(this::samples).isInstanceOf(SourceUnavailable.class);
  }
}
