package pharos.backend.endtoend;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.net.URLDecoder;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Knows one edge, {@code web} to {@code cart} at 4/s, and how to go wrong. */
final class FaultyPrometheus implements AutoCloseable {
  private static final String EDGE =
      """
      {"metric":{"reporter":"destination","source_cluster":"east","source_workload_namespace":"shop",
      "source_workload":"web","source_canonical_service":"web","source_canonical_revision":"v1",
      "destination_cluster":"east","destination_service_namespace":"shop",
      "destination_service":"cart.shop.svc.cluster.local","destination_service_name":"cart",
      "destination_workload_namespace":"shop","destination_workload":"cart",
      "destination_canonical_service":"cart","destination_canonical_revision":"v1",
      "request_protocol":"http","response_code":"200","grpc_response_status":"",
      "response_flags":"-","connection_security_policy":"mutual_tls"},"value":[0,"4"]}\
      """;

  private final HttpServer server;
  private final AtomicInteger queries = new AtomicInteger();
  volatile Mood mood = Mood.WELL;

  enum Mood {
    WELL,
    WARNING,
    SILENT,
    RUBBISH
  }

  FaultyPrometheus(Vertx vertx, int port) throws Exception {
    server =
        vertx
            .createHttpServer()
            .requestHandler(
                request -> request.body().onSuccess(body -> answer(request, body.toString())))
            .listen(port, "127.0.0.1")
            .await(10, TimeUnit.SECONDS);
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.actualPort());
  }

  int port() {
    return server.actualPort();
  }

  /** All that was asked so far, the probes of the time included. */
  int queries() {
    return queries.get();
  }

  private void answer(HttpServerRequest request, String body) {
    queries.incrementAndGet();
    String query = URLDecoder.decode(body, UTF_8);
    var response = request.response().putHeader("Content-Type", "application/json");
    switch (mood) {
      case WELL -> response.end(success(query, ""));
      case WARNING -> response.end(success(query, ",\"warnings\":[\"store b did not answer\"]"));
      case RUBBISH -> response.putHeader("Content-Type", "text/html").end("<html>login</html>");
      case SILENT -> {
        // the connection stays open without a word
      }
    }
  }

  private static String success(String query, String more) {
    if (query.contains("query=time()")) {
      double now = Instant.now().toEpochMilli() / 1e3;
      return "{\"status\":\"success\",\"data\":{\"resultType\":\"scalar\",\"result\":[%f,\"%f\"]}}"
          .formatted(now, now);
    }
    String rows = query.contains("istio_requests_total") ? EDGE.replace("\n", "") : "";
    return "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[%s]}%s}"
        .formatted(rows, more);
  }

  @Override
  public void close() {
    server.close().await();
  }
}
