package pharos.backend.http;

import io.prometheus.client.CollectorRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import pharos.backend.change.Access;
import pharos.backend.config.ConfigInMemory;
import pharos.backend.config.LiveConfig;
import pharos.backend.traces.Traces;
import pharos.backend.traces.TracesInMemory;
import pharos.backend.traffic.SmallMesh;
import pharos.backend.traffic.Sources;
import pharos.backend.traffic.Traffic;
import pharos.backend.traffic.TrafficSettings;

/** The real server on a free port of loopback, with a mesh in memory behind it. */
final class TestServer implements AutoCloseable {
  static final TrafficSettings QUICK =
      TrafficSettings.DEFAULT
          .withRefresh(Duration.ofMillis(100))
          .withKeepView(Duration.ofMillis(300))
          .withRecordEvery(Duration.ofMillis(100));

  final SmallMesh mesh;
  final Traffic traffic;
  final ConfigInMemory cluster = new ConfigInMemory();
  final TracesInMemory traces = new TracesInMemory();
  final LiveConfig config = new LiveConfig(cluster, Clock.systemUTC());
  final int port;
  private final Vertx vertx = Vertx.vertx();
  private final WebServer server;
  private final HttpClient client = HttpClient.newHttpClient();

  TestServer() {
    this(QUICK, HttpSettings.on("127.0.0.1", 0), 3);
  }

  TestServer(TrafficSettings settings, HttpSettings http, int calls) {
    Clock clock = Clock.systemUTC();
    mesh = new SmallMesh(clock, calls);
    HttpMetrics metrics = new HttpMetrics(new CollectorRegistry());
    Sources sources = new Sources(List.of(mesh::status));
    traffic =
        new Traffic(
            vertx, mesh, mesh, mesh, sources, new EventEncoding(), settings, metrics, clock);
    metrics.observe(traffic);
    server =
        new WebServer(
            vertx,
            http,
            traffic,
            config,
            mesh::status,
            null,
            Access.viewer("test", "test", "A test only looks."),
            new StatusFacts("test", true, Instant.now(), "east"),
            new Traces(vertx, traces, (namespace, pod) -> Optional.empty(), clock),
            metrics,
            (format, body, type, encoding) ->
                Future.succeededFuture(
                    new TraceIntake.Reply(
                        200, String.valueOf(type), body, encoding == null ? null : 1)),
            clock);
    config.start();
    port = await(server.listen());
  }

  static <T> T await(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError("not done within 20 s", e);
    }
  }

  URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  HttpResponse<String> get(String path, String... headers) {
    return send("GET", path, "", headers);
  }

  HttpResponse<String> send(String method, String path, String body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri(path))
            .timeout(Duration.ofSeconds(20))
            .method(method, HttpRequest.BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new AssertionError("no answer to " + method + ' ' + path, e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Bytes as they are, for what a proper client would not send. Returns the whole answer. */
  String raw(String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
      var reader =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
      StringBuilder answer = new StringBuilder();
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        answer.append(line).append('\n');
      }
      return answer.toString();
    }
  }

  Events events(String path, String... headers) {
    return new Events(client, uri(path), headers);
  }

  Future<Void> stop() {
    return server.close();
  }

  @Override
  public void close() {
    client.shutdownNow();
    await(server.close());
    traffic.close();
    config.close();
    await(vertx.close());
  }
}
