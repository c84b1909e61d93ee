package pharos.backend.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.GZIPOutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes answers. A failure becomes an answer here and nowhere else. */
final class Answers {
  private static final Logger LOG = LoggerFactory.getLogger(Answers.class);
  private static final int WORTH_COMPRESSING = 1024;

  private Answers() {}

  /**
   * A body in the form in which it is sent.
   *
   * @param gzip whether it is compressed
   */
  record Body(Buffer bytes, boolean gzip) {}

  /** Compresses where the client wants it and it pays. Not for the event loop. */
  static Body body(byte[] plain, boolean gzip) {
    return gzip && plain.length >= WORTH_COMPRESSING
        ? new Body(Buffer.buffer(gzip(plain)), true)
        : new Body(Buffer.buffer(plain), false);
  }

  static byte[] gzip(byte[] plain) {
    var bytes = new ByteArrayOutputStream(plain.length / 4 + 64);
    try (var out = new GZIPOutputStream(bytes)) {
      out.write(plain);
    } catch (IOException e) {
      throw new UncheckedIOException("compressing in memory", e);
    }
    return bytes.toByteArray();
  }

  static void json(RoutingContext ctx, Body body) {
    send(ctx, 200, "application/json", body);
  }

  static void send(RoutingContext ctx, int status, String type, Body body) {
    HttpServerResponse response = ctx.response();
    if (response.ended() || response.closed() || response.headWritten()) {
      return;
    }
    response.setStatusCode(status).putHeader("Content-Type", type);
    response.putHeader("Vary", "Accept-Encoding");
    if (body.gzip()) {
      response.putHeader("Content-Encoding", "gzip");
    }
    response.putHeader("Content-Length", Integer.toString(body.bytes().length()));
    response.end(body.bytes());
  }

  static void fail(RoutingContext ctx, Throwable failure) {
    Problem problem = Problem.of(failure);
    String id = Guards.requestId(ctx);
    if (problem.bug()) {
      LOG.error("request {} failed", id, failure);
    }
    HttpServerResponse response = ctx.response();
    if (response.headWritten() || response.closed()) {
      // Too late for a status: an answer that breaks off is at least not taken for a whole one.
      if (!response.ended()) {
        response.reset();
      }
      return;
    }
    Guards.headers(response.headers());
    response.putHeader("X-Request-Id", id);
    Integer retryAfter = problem.retryAfterSeconds();
    if (retryAfter != null) {
      response.putHeader("Retry-After", retryAfter.toString());
    }
    String allow = problem.allow();
    if (allow != null) {
      response.putHeader("Allow", allow);
    }
    send(
        ctx,
        problem.status(),
        "application/problem+json",
        new Body(Buffer.buffer(problem.json(id)), false));
  }
}
