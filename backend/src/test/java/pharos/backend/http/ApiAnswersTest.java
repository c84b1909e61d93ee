package pharos.backend.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Promise;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import pharos.backend.traffic.SourceUnavailable;
import pharos.backend.traffic.TelemetrySource.LabelMatch;
import pharos.backend.traffic.TelemetrySource.SeriesQuery;

/** What the resources say, over real HTTP. */
final class ApiAnswersTest {
  private static TestServer server;

  @BeforeAll
  static void start() {
    server = new TestServer();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static JsonObject json(String path) {
    HttpResponse<String> answer = server.get(path);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return new JsonObject(answer.body());
  }

  @Test
  void graph_hasNodesEdgesAndTheirAge() {
    JsonObject graph = json("/api/v1/graph?namespace=shop&boxBy=namespace");
    assertThat(graph.getJsonArray("edges").size()).isEqualTo(3);
    assertThat(graph.getJsonArray("nodes").size()).isEqualTo(4);
    assertThat(graph.getString("origin")).isEqualTo("live");
    assertThat(graph.getBoolean("stale")).isFalse();
    assertThat(graph.getJsonArray("sources").getJsonObject(0).getString("state")).isEqualTo("ok");
    JsonObject edge = graph.getJsonArray("edges").getJsonObject(0);
    assertThat(edge.getJsonObject("rates").getDouble("total")).isGreaterThan(10);
    assertThat(edge.getJsonObject("rates").getDouble("5xx")).isEqualTo(1);
    assertThat(edge.getJsonObject("responseTime").getDouble("p50")).isBetween(0.0, 100.0);
  }

  @Test
  void graph_marksWhatFindMatches() {
    JsonObject graph = json("/api/v1/graph?find=node%20%3D%20workload");
    assertThat(graph.getJsonObject("found").getJsonArray("nodes")).isNotNull();
    assertThat(graph.getJsonArray("nodes").size()).isEqualTo(4);
  }

  @Test
  void brokenExpression_saysWhere() {
    HttpResponse<String> answer = server.get("/api/v1/graph/find?expr=rt%20%3E%20%3E");
    JsonObject problem = new JsonObject(answer.body());
    assertThat(problem.getString("code")).isEqualTo("bad-expression");
    assertThat(problem.getInteger("position")).isBetween(0, 6);
    assertThat(problem.getJsonArray("errors").getJsonObject(0).getString("path")).isEqualTo("expr");
  }

  @Test
  void lists_haveRatesHealthAndObjects() {
    JsonObject services = json("/api/v1/services?namespace=shop");
    JsonObject service = services.getJsonArray("items").getJsonObject(0);
    assertThat(service.getString("name")).isEqualTo("callee0");
    JsonObject http = service.getJsonObject("in").getJsonObject("protocol").getJsonObject("http");
    assertThat(http.getDouble("perSecond")).isEqualTo(11);
    assertThat(http.getDouble("errorShare")).isBetween(0.08, 0.1);
    assertThat(http.getDouble("p50")).isEqualTo(10);
    assertThat(http.getDouble("avg")).isEqualTo(20);
    assertThat(service.getJsonObject("in").getJsonObject("protocol").getValue("grpc")).isNull();
    assertThat(service.getJsonObject("health").getString("status")).isNotEqualTo("na");
    assertThat(service.getJsonArray("config")).contains("virtualService");

    JsonObject workload =
        json("/api/v1/workloads?namespace=shop").getJsonArray("items").getJsonObject(0);
    assertThat(workload.getJsonObject("replicas").getInteger("available")).isEqualTo(2);
    assertThat(workload.getValue("syncedProxies")).isNull();

    JsonObject namespace = json("/api/v1/namespaces").getJsonArray("items").getJsonObject(0);
    assertThat(namespace.getString("name")).isEqualTo("shop");
    assertThat(namespace.getInteger("services")).isEqualTo(1);
    assertThat(
            namespace
                .getJsonObject("rates")
                .getJsonObject("protocol")
                .getJsonObject("http")
                .getDouble("perSecond"))
        .isEqualTo(36);
    assertThat(json("/api/v1/services?namespace=other").getJsonArray("items")).isEmpty();
  }

  @Test
  void details_nameCallersAndCallees() {
    JsonObject service = json("/api/v1/services/shop/callee0");
    assertThat(service.getJsonArray("workloads").getJsonObject(0).getString("name"))
        .isEqualTo("callee0-v1");
    assertThat(
            service
                .getJsonArray("callers")
                .getJsonObject(0)
                .getJsonObject("node")
                .getString("label"))
        .isEqualTo("productpage-v1");
    JsonObject caller = json("/api/v1/workloads/shop/productpage-v1");
    assertThat(caller.getJsonArray("callees").size()).isEqualTo(3);
    assertThat(caller.getValue("replicas")).isNull();
    assertThat(caller.getString("nodeId")).hasSize(64);
  }

  @Test
  void series_askTheSourceWithTheRightLabels() {
    JsonObject answer =
        json("/api/v1/services/shop/callee0/metrics?window=PT10M&step=PT30S&by=version");
    JsonArray points = answer.getJsonArray("series").getJsonObject(0).getJsonArray("points");
    assertThat(points.getJsonArray(0).getDouble(1)).isEqualTo(1.5);
    assertThat(points.getJsonArray(1).getValue(1)).isNull();
    SeriesQuery asked = server.mesh.seriesQueries.getLast();
    assertThat(asked.calls())
        .contains(
            new LabelMatch("destination_service_name", Set.of("callee0")),
            new LabelMatch("destination_service_namespace", Set.of("shop")));
    assertThat(asked.by()).isEqualTo(SeriesQuery.By.DESTINATION_VERSION);
    assertThat(Duration.between(asked.from(), asked.to())).isEqualTo(Duration.ofMinutes(10));

    JsonObject edge = json("/api/v1/graph").getJsonArray("edges").getJsonObject(0);
    json("/api/v1/edges/" + edge.getString("id") + "/metrics");
    assertThat(server.mesh.seriesQueries.getLast().calls())
        .contains(new LabelMatch("source_workload", Set.of("productpage-v1")))
        .contains(new LabelMatch("request_protocol", Set.of("http")));
    json("/api/v1/nodes/" + edge.getString("source") + "/metrics?direction=out");
    assertThat(server.get("/api/v1/edges/" + "0".repeat(64) + "/metrics").statusCode())
        .isEqualTo(404);
  }

  @Test
  void pastMoment_comesFromTheSource_elseFromTheHistory() {
    try (TestServer recording = new TestServer()) {
      recording.traffic.start();
      GraphStreamTest.eventually(() -> TestServer.await(recording.mesh.begin()).isPresent());
      Instant now = Instant.now();
      assertThat(
              new JsonObject(recording.get("/api/v1/graph?at=" + now).body()).getString("origin"))
          .isEqualTo("source");
      recording.mesh.pastFailure = new SourceUnavailable("prometheus", "too old");
      JsonObject stored = new JsonObject(recording.get("/api/v1/graph?at=" + now).body());
      assertThat(stored.getString("origin")).isEqualTo("history");
      assertThat(stored.getJsonArray("edges").size()).isEqualTo(3);
      HttpResponse<String> before =
          recording.get("/api/v1/graph?at=" + now.minus(Duration.ofDays(2)));
      assertThat(before.statusCode()).isEqualTo(404);
      assertThat(
              new JsonObject(recording.get("/api/v1/status").body())
                  .getJsonObject("defaults")
                  .getString("retentionStart"))
          .isNotNull();
    }
  }

  @Test
  void timeline_hasNullForWhatIsNotKnown() {
    JsonArray buckets = json("/api/v1/graph/timeline").getJsonArray("buckets");
    assertThat(buckets.getJsonObject(0).getValue("perSecond")).isNull();
    assertThat(buckets.getJsonObject(1).getDouble("errorShare")).isEqualTo(0.1);
    JsonArray ofShop = json("/api/v1/graph/timeline?namespace=shop").getJsonArray("buckets");
    assertThat(ofShop.getJsonObject(1).getDouble("perSecond")).isEqualTo(4);
  }

  @Test
  void tooManyExpensiveQuestions_areRefusedAtOnce() {
    HttpSettings narrow = HttpSettings.on("127.0.0.1", 0).withGate(1, 0);
    try (TestServer small = new TestServer(TestServer.QUICK, narrow, 1)) {
      Promise<Void> release = Promise.promise();
      small.mesh.hold = release.future();
      var first = CompletableFuture.supplyAsync(() -> small.get("/api/v1/graph").statusCode());
      GraphStreamTest.eventually(() -> small.mesh.sampleCalls.get() == 1);
      HttpResponse<String> second = small.get("/api/v1/workloads");
      assertThat(second.statusCode()).isEqualTo(503);
      assertThat(second.body()).contains("\"busy\"");
      assertThat(second.headers().firstValue("Retry-After")).isPresent();
      assertThat(small.get("/livez").statusCode()).isEqualTo(200);
      release.complete();
      assertThat(first.join()).isEqualTo(200);
    }
  }

  @Test
  void answerThatTakesTooLong_is503() {
    HttpSettings hasty = HttpSettings.on("127.0.0.1", 0).withAnswerTimeout(Duration.ofMillis(200));
    try (TestServer slow = new TestServer(TestServer.QUICK, hasty, 1)) {
      Promise<Void> never = Promise.promise();
      slow.mesh.hold = never.future();
      HttpResponse<String> answer = slow.get("/api/v1/graph");
      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(answer.body()).contains("\"timeout\"");
    }
  }

  @Test
  void spans_areHandedOnAsTheyCame() {
    HttpResponse<String> answer =
        server.send(
            "POST",
            "/v1/traces",
            "{\"resourceSpans\":[]}",
            "Content-Type",
            "application/json",
            "Content-Encoding",
            "identity");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("{\"resourceSpans\":[]}");
    assertThat(answer.headers().firstValue("Retry-After")).contains("1");
  }

  @Test
  void largeAnswer_isCompressedOnlyWhenAsked() {
    try (TestServer large =
        new TestServer(TestServer.QUICK, HttpSettings.on("127.0.0.1", 0), 500)) {
      HttpResponse<String> plain = large.get("/api/v1/graph");
      assertThat(plain.headers().firstValue("Content-Encoding")).isEmpty();
      HttpResponse<String> packed = large.get("/api/v1/graph", "Accept-Encoding", "br, gzip");
      assertThat(packed.headers().firstValue("Content-Encoding")).contains("gzip");
      assertThat(packed.headers().firstValueAsLong("Content-Length").orElseThrow())
          .isLessThan(plain.body().length() / 4);
    }
  }
}
