package pharos.backend.http;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/** Port: takes spans as they come over HTTP. */
@FunctionalInterface
public interface TraceIntake {

  /** Whose format a body has. */
  enum Format {
    OTLP,
    ZIPKIN
  }

  /**
   * Takes one request.
   *
   * @param contentType as sent; null when the sender says nothing
   * @param contentEncoding {@code gzip}, or null
   */
  Future<Reply> accept(
      Format format, Buffer body, @Nullable String contentType, @Nullable String contentEncoding);

  /**
   * As the format wants it answered.
   *
   * @param retryAfterSeconds null when there is nothing to wait for
   */
  record Reply(int status, String contentType, Buffer body, @Nullable Integer retryAfterSeconds) {

    /** An answer after which nobody needs to wait. */
    public Reply(int status, String contentType, Buffer body) {
      this(status, contentType, body, null);
    }
  }
}
