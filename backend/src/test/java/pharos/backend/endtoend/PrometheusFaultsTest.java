package pharos.backend.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import pharos.backend.source.prometheus.PrometheusSettings;
import pharos.backend.source.prometheus.PrometheusTelemetry;
import pharos.backend.traffic.MeshInventory;
import pharos.backend.traffic.SourceStatus;
import pharos.graph.sample.Inventory;

/** A Prometheus in trouble, seen through the dashboard's HTTP interface. */
@Tag("slow")
@Timeout(90)
final class PrometheusFaultsTest {
  private final Vertx vertx = Vertx.vertx();
  private FaultyPrometheus prometheus;
  private PrometheusTelemetry telemetry;
  private Dashboard dashboard;

  /** A cluster that nothing is known of. */
  private static final class NoInventory implements MeshInventory {
    @Override
    public Inventory current() {
      return Inventory.unknown();
    }

    @Override
    public SourceStatus status() {
      return new SourceStatus(
          "kubernetes",
          "cluster",
          SourceStatus.State.OK,
          Instant.now(),
          null,
          "",
          List.of(),
          Map.of());
    }

    @Override
    public void onChange(Runnable listener) {
      // never changes
    }
  }

  @BeforeEach
  void start() throws Exception {
    prometheus = new FaultyPrometheus(vertx, 0);
    telemetry =
        new PrometheusTelemetry(
            vertx,
            PrometheusSettings.of(prometheus.url()).withTimeout(Duration.ofMillis(700)),
            Clock.systemUTC());
    dashboard = new Dashboard(vertx, telemetry, new NoInventory(), null);
  }

  @AfterEach
  void stop() throws Exception {
    dashboard.close();
    telemetry.close();
    vertx.close().await(10, TimeUnit.SECONDS);
  }

  private static void assertTraffic(JsonObject graph) {
    assertThat(graph.getJsonArray("edges")).hasSize(1);
    JsonObject edge = graph.getJsonArray("edges").getJsonObject(0);
    assertThat(edge.getJsonObject("rates").getDouble("total")).isEqualTo(4);
  }

  private void assertLastGraphStays() throws Exception {
    Await.until("a stale graph", () -> dashboard.graph("").getBoolean("stale"));
    dashboard.awaitState("prometheus", "down");
    assertTraffic(dashboard.graph(""));
    JsonObject source = dashboard.source("prometheus");
    assertThat(source.getString("detail")).contains("Prometheus");
    assertThat(source.getString("since")).isNotNull();
    assertThat(source.getString("observedAt")).isNotNull();
    assertThat(dashboard.get("/readyz").statusCode()).isEqualTo(200);
    // A window that was never answered has no graph to fall back to, and must not be empty.
    assertThat(dashboard.get("/api/v1/graph?window=PT2M").statusCode()).isEqualTo(503);
  }

  private void assertRecovers() throws Exception {
    Await.until("a live graph", () -> !dashboard.graph("").getBoolean("stale"));
    dashboard.awaitState("prometheus", "ok");
    assertTraffic(dashboard.graph(""));
  }

  @ParameterizedTest
  @EnumSource(names = {"SILENT", "RUBBISH"})
  void trouble_lastGraphStaysStale_andRecovers(FaultyPrometheus.Mood mood) throws Exception {
    assertTraffic(dashboard.graph(""));

    prometheus.mood = mood;
    assertLastGraphStays();

    prometheus.mood = FaultyPrometheus.Mood.WELL;
    assertRecovers();
  }

  @Test
  void stoppedAndStarted_lastGraphStaysStale_andRecovers() throws Exception {
    assertTraffic(dashboard.graph(""));
    int port = prometheus.port();

    prometheus.close();
    assertLastGraphStays();

    prometheus = new FaultyPrometheus(vertx, port);
    assertRecovers();
  }

  @Test
  void warnings_areShownWithThePartialGraph() throws Exception {
    prometheus.mood = FaultyPrometheus.Mood.WARNING;
    Await.until("a partial graph", () -> dashboard.graph("").getBoolean("partial"));
    dashboard.awaitState("prometheus", "partial");
    assertTraffic(dashboard.graph(""));
    assertThat(dashboard.source("prometheus").encode()).contains("store b did not answer");

    prometheus.mood = FaultyPrometheus.Mood.WELL;
    Await.until("a whole graph", () -> !dashboard.graph("").getBoolean("partial"));
  }

  @Test
  void neverThere_isSaidAndNotDrawnAsZero() throws Exception {
    prometheus.mood = FaultyPrometheus.Mood.RUBBISH;
    var answer = dashboard.get("/api/v1/graph");
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(new JsonObject(answer.body()).getString("detail")).isNotBlank();
    assertThat(dashboard.get("/readyz").statusCode()).isEqualTo(200);

    prometheus.mood = FaultyPrometheus.Mood.WELL;
    Await.until("the first graph", () -> dashboard.get("/api/v1/graph").statusCode() == 200);
  }

  @Test
  void queries_dependNeitherOnNamespacesNorOnViewers() throws Exception {
    dashboard.graph("");
    int before = prometheus.queries();
    long began = System.nanoTime();
    String many = "?namespace=shop,a,b,c,d,e,f,g,h";
    for (int i = 0; i < 200; i++) {
      dashboard.graph(i % 2 == 0 ? "" : many);
    }
    double seconds = (System.nanoTime() - began) / 1e9;
    // 13 queries per refresh; an answer is shared until 160 ms old, four fifths of a refresh.
    double refreshes = 2 + seconds / 0.16;
    assertThat(prometheus.queries() - before).isLessThan((int) (13 * refreshes));
  }
}
