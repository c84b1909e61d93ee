package pharos.backend.endtoend;

import io.prometheus.client.CollectorRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import pharos.backend.change.Access;
import pharos.backend.config.ConfigInMemory;
import pharos.backend.config.LiveConfig;
import pharos.backend.http.EventEncoding;
import pharos.backend.http.HttpMetrics;
import pharos.backend.http.HttpSettings;
import pharos.backend.http.StatusFacts;
import pharos.backend.http.TraceIntake;
import pharos.backend.http.WebServer;
import pharos.backend.store.Store;
import pharos.backend.traces.TracesInMemory;
import pharos.backend.traffic.MeshInventory;
import pharos.backend.traffic.SourceStatus;
import pharos.backend.traffic.Sources;
import pharos.backend.traffic.TelemetrySource;
import pharos.backend.traffic.Traffic;
import pharos.backend.traffic.TrafficSettings;

/** Feature and server on a free port, refreshed five times a second, around given sources. */
final class Dashboard implements AutoCloseable {
  private final Traffic traffic;
  private final WebServer server;
  private final int port;
  private final HttpClient client = HttpClient.newHttpClient();

  Dashboard(Vertx vertx, TelemetrySource telemetry, MeshInventory inventory, @Nullable Store store)
      throws Exception {
    Clock clock = Clock.systemUTC();
    List<Supplier<SourceStatus>> sources = new ArrayList<>();
    sources.add(telemetry::status);
    sources.add(inventory::status);
    if (store != null) {
      sources.add(store::status);
    }
    HttpMetrics metrics = new HttpMetrics(new CollectorRegistry());
    traffic =
        new Traffic(
            vertx,
            telemetry,
            inventory,
            store == null ? null : store.history(),
            new Sources(sources),
            new EventEncoding(),
            TrafficSettings.DEFAULT
                .withRefresh(Duration.ofMillis(200))
                .withRecordEvery(Duration.ofMillis(500)),
            metrics,
            clock);
    metrics.observe(traffic);
    traffic.start();
    TraceIntake noSpans =
        (format, body, type, encoding) -> {
          throw new AssertionError("nobody sends spans here");
        };
    server =
        new WebServer(
            vertx,
            HttpSettings.on("127.0.0.1", 0),
            traffic,
            new LiveConfig(new ConfigInMemory(), clock),
            inventory::status,
            null,
            Access.viewer("test", "test", "A test only looks."),
            new StatusFacts("test", false, Instant.now(), "east"),
            TracesInMemory.none(vertx),
            metrics,
            noSpans,
            clock);
    port = server.listen().await(20, TimeUnit.SECONDS);
  }

  HttpResponse<String> get(String path) throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .timeout(Duration.ofSeconds(20))
            .build();
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }

  /** The graph of the present; fails unless it is answered with 200. */
  JsonObject graph(String query) throws Exception {
    HttpResponse<String> answer = get("/api/v1/graph" + query);
    if (answer.statusCode() != 200) {
      throw new AssertionError(answer.statusCode() + " " + answer.body());
    }
    return new JsonObject(answer.body());
  }

  /** One source as the status tells it. */
  JsonObject source(String name) throws Exception {
    JsonArray sources = new JsonObject(get("/api/v1/status").body()).getJsonArray("sources");
    for (int i = 0; i < sources.size(); i++) {
      if (sources.getJsonObject(i).getString("name").equals(name)) {
        return sources.getJsonObject(i);
      }
    }
    throw new AssertionError("no source " + name + " in " + sources);
  }

  /** Waits for a state while looking at the graph: nobody asks a source that nobody looks at. */
  void awaitState(String source, String state) throws InterruptedException {
    Await.until(
        source + " " + state,
        () -> {
          get("/api/v1/graph");
          return source(source).getString("state").equals(state);
        });
  }

  @Override
  public void close() {
    client.shutdownNow();
    server.close().await();
    traffic.close();
  }
}
