package pharos.backend.http;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/** Port: takes spans as OTLP/HTTP sends them. */
@FunctionalInterface
public interface TraceIntake {

  /**
   * Takes one export request.
   *
   * @param contentType {@code application/x-protobuf} or {@code application/json}
   * @param contentEncoding {@code gzip}, or null
   */
  Future<Reply> accept(Buffer body, String contentType, @Nullable String contentEncoding);

  /**
   * As OTLP wants it answered.
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
