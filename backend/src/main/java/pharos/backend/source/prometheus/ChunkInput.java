package pharos.backend.source.prometheus;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A response's body as a stream that blocks. A few chunks are fetched ahead; a slow reader stops
 * the sender instead of filling memory. Must be made on the response's event loop, before the first
 * chunk; is read on a virtual thread.
 */
final class ChunkInput extends InputStream {
  private static final int AHEAD = 8;

  private sealed interface Event {
    @SuppressWarnings("ArrayRecordComponent") // handed over, never compared
    record Chunk(byte[] bytes) implements Event {}

    record End() implements Event {}

    record Broken(Throwable cause) implements Event {}
  }

  private final HttpClientResponse response;
  private final long deadlineNanos;
  private final long maxBytes;
  private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
  private byte[] chunk = {};
  private int at;
  private long taken;
  private boolean ended;

  ChunkInput(HttpClientResponse response, long deadlineNanos, long maxBytes) {
    this.response = response;
    this.deadlineNanos = deadlineNanos;
    this.maxBytes = maxBytes;
    response.pause();
    response.exceptionHandler(failure -> events.add(new Event.Broken(failure)));
    response.endHandler(end -> events.add(new Event.End()));
    response.handler((Buffer bytes) -> events.add(new Event.Chunk(bytes.getBytes())));
    response.fetch(AHEAD);
  }

  /** Bytes read so far. */
  long taken() {
    return taken;
  }

  @Override
  public int read() throws IOException {
    return fill() ? chunk[at++] & 0xff : -1;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (!fill()) {
      return -1;
    }
    int count = Math.min(length, chunk.length - at);
    System.arraycopy(chunk, at, into, offset, count);
    at += count;
    return count;
  }

  private boolean fill() throws IOException {
    while (at == chunk.length) {
      if (ended) {
        return false;
      }
      switch (next()) {
        case null -> throw new TooSlow();
        case Event.End() -> ended = true;
        case Event.Broken(Throwable cause) -> throw new IOException("the connection broke", cause);
        case Event.Chunk(byte[] bytes) -> {
          taken += bytes.length;
          if (taken > maxBytes) {
            throw new TooLong();
          }
          chunk = bytes;
          at = 0;
          response.fetch(1);
        }
      }
    }
    return true;
  }

  private @Nullable Event next() throws IOException {
    try {
      return events.poll(deadlineNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", stopped);
    }
  }

  /** Ends the exchange; what has not arrived is thrown away. */
  @Override
  public void close() {
    if (!ended) {
      response.request().reset();
    }
  }

  /** The time of the query is over. */
  static final class TooSlow extends IOException {
    private static final long serialVersionUID = 1L;
  }

  /** The answer is longer than allowed. */
  static final class TooLong extends IOException {
    private static final long serialVersionUID = 1L;
  }
}
