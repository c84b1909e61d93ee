package pharos.backend.source.prometheus;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * A server that answers like Prometheus, or like Prometheus in trouble. Rows are looked up by a
 * word of the query.
 */
final class FakePrometheus implements AutoCloseable {
  static final String NONE =
      "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[]}}";

  private final HttpServer server;
  private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
  private final AtomicInteger atOnce = new AtomicInteger();
  private final AtomicInteger mostAtOnce = new AtomicInteger();
  private volatile Function<String, Reply> replies = query -> new Reply.Json(NONE);
  private volatile double clockSeconds = 1_700_000_000;

  /** How one query is answered. */
  sealed interface Reply {
    record Json(String body) implements Reply {}

    record Status(int status, String contentType, String body) implements Reply {}

    /** Never answers. */
    record Silence() implements Reply {}

    /** Begins to answer, then closes the connection. */
    record Torn(String begin) implements Reply {}

    /** Begins to answer, then waits for ever. */
    record Stuck(String begin) implements Reply {}
  }

  FakePrometheus(Vertx vertx, int port) throws Exception {
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

  /** The forms that were posted, decoded, without those for the time. */
  List<String> asked() {
    synchronized (asked) {
      return List.copyOf(asked);
    }
  }

  int mostAtOnce() {
    return mostAtOnce.get();
  }

  void replies(Function<String, Reply> next) {
    replies = next;
  }

  void clock(double seconds) {
    clockSeconds = seconds;
  }

  private void answer(HttpServerRequest request, String body) {
    String form = URLDecoder.decode(body, UTF_8);
    Reply reply;
    if (form.contains("query=time()")) {
      reply = replies.apply("time");
      if (reply instanceof Reply.Json) {
        reply =
            new Reply.Json(
                "{\"status\":\"success\",\"data\":{\"resultType\":\"scalar\",\"result\":[%f,\"%f\"]}}"
                    .formatted(clockSeconds, clockSeconds));
      }
    } else {
      asked.add(form);
      reply = replies.apply(form);
    }
    mostAtOnce.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
    request.response().endHandler(end -> atOnce.decrementAndGet());
    var response = request.response().putHeader("Content-Type", "application/json");
    switch (reply) {
      case Reply.Json(String json) -> response.end(json);
      case Reply.Status(int status, String type, String text) ->
          response.setStatusCode(status).putHeader("Content-Type", type).end(text);
      case Reply.Silence() -> {}
      case Reply.Torn(String begin) ->
          response
              .setChunked(true)
              .write(begin)
              .onComplete(written -> request.connection().close());
      case Reply.Stuck(String begin) -> response.setChunked(true).write(begin);
    }
  }

  /** A row of a vector. */
  static String row(String labels, String value) {
    return "{\"metric\":{%s},\"value\":[1700000000.123,\"%s\"]}"
        .formatted(labels.replace('\'', '"'), value);
  }

  static Reply vector(String... rows) {
    return new Reply.Json(
        "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":["
            + String.join(",", rows)
            + "]}}");
  }

  @Override
  public void close() {
    server.close().await();
  }
}
