package pharos.backend.http;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import pharos.backend.traffic.GraphView;
import pharos.backend.traffic.LiveGraphs;
import pharos.backend.traffic.LiveView;
import pharos.backend.traffic.LiveView.Cursor;
import pharos.backend.traffic.LiveView.Next;
import pharos.backend.traffic.WireEvent;

/**
 * One connection to a live view. It takes from the view what it can send and queues nothing: a
 * reader that is slow misses frames and gets the newest one when it can read again.
 */
final class GraphStream {
  private static final WireEvent HEARTBEAT = EventEncoding.text(": still here\n\n");
  private static final int RETRY_MILLIS = 2_000;
  private static final int RETRY_SPREAD_MILLIS = 3_000;
  private static final int QUEUE_BYTES = 256 << 10;
  private static final WireEvent RETRY = EventEncoding.text("retry: " + RETRY_MILLIS + "\n\n");

  private final Vertx vertx;
  private final Context context;
  private final HttpServerResponse response;
  private final HttpMetrics metrics;
  private final HttpSettings settings;
  private final Runnable onClose;
  private final boolean gzip;
  private final CRC32 crc = new CRC32();
  private final AtomicBoolean scheduled = new AtomicBoolean();

  // All below are touched on the connection's own context only.
  private LiveGraphs.@Nullable Watch watch;
  private Cursor cursor = new Cursor(0, 0);
  private long plainBytes;
  private long heartbeat = -1;
  private long fullSince = -1;
  private boolean missed;
  private boolean closed;

  GraphStream(
      Vertx vertx,
      HttpServerResponse response,
      boolean gzip,
      HttpMetrics metrics,
      HttpSettings settings,
      Runnable onClose) {
    this.vertx = vertx;
    this.context = vertx.getOrCreateContext();
    this.response = response;
    this.gzip = gzip;
    this.metrics = metrics;
    this.settings = settings;
    this.onClose = onClose;
  }

  /** Begins to watch; throws what {@link LiveGraphs#watch} throws, with nothing written yet. */
  void open(LiveGraphs graphs, GraphView view, @Nullable String lastEventId) {
    LiveGraphs.Watch opened = graphs.watch(view, this::news);
    watch = opened;
    cursor = opened.view().cursor(lastEventId);
    response.setChunked(true).setWriteQueueMaxSize(QUEUE_BYTES);
    response.putHeader("Content-Type", "text/event-stream");
    response.putHeader("X-Accel-Buffering", "no");
    response.putHeader("Vary", "Accept-Encoding");
    if (gzip) {
      response.putHeader("Content-Encoding", "gzip");
    }
    response.closeHandler(_ -> close());
    response.exceptionHandler(_ -> close());
    response.drainHandler(_ -> pump());
    if (gzip) {
      response.write(EventEncoding.gzipHeader());
    }
    write(RETRY);
    heartbeat = vertx.setPeriodic(settings.heartbeat().toMillis(), _ -> beat());
    pump();
  }

  /** From any thread; several news before the next turn of the loop are one. */
  private void news() {
    if (scheduled.compareAndSet(false, true)) {
      context.runOnContext(_ -> {
        scheduled.set(false);
        pump();
      });
    }
  }

  private void pump() {
    LiveGraphs.Watch open = watch;
    if (closed || open == null) {
      return;
    }
    if (response.writeQueueFull()) {
      missed = true;
      fullSince = fullSince < 0 ? System.nanoTime() : fullSince;
      return;
    }
    fullSince = -1;
    LiveView view = open.view();
    Next next = view.after(cursor, missed);
    missed = false;
    cursor = next.cursor();
    metrics.skipped(next.skipped());
    next.events().forEach(this::write);
  }

  private void beat() {
    if (!response.writeQueueFull()) {
      write(HEARTBEAT);
    } else if (fullSince >= 0
        && Duration.ofNanos(System.nanoTime() - fullSince).compareTo(settings.stuckAfter()) > 0) {
      metrics.cut();
      close();
      response.reset();
    } else if (fullSince < 0) {
      fullSince = System.nanoTime();
    }
  }

  private void write(WireEvent event) {
    metrics.streamed(event.size());
    if (gzip) {
      byte[] plain = event.plain().getBytes();
      crc.update(plain);
      plainBytes += plain.length;
      response.write(event.deflated());
    } else {
      response.write(event.plain());
    }
  }

  /** Says goodbye so that readers come back at different moments. */
  void end() {
    context.runOnContext(_ -> {
      if (closed) {
        return;
      }
      int retry = RETRY_MILLIS + ThreadLocalRandom.current().nextInt(RETRY_SPREAD_MILLIS);
      write(EventEncoding.text("retry: " + retry + "\n\n"));
      close();
      if (gzip) {
        response.end(gzipTrailer());
      } else {
        response.end();
      }
    });
  }

  /** RFC 1952: an empty last block, then checksum and length of all that was said. */
  private Buffer gzipTrailer() {
    return Buffer.buffer()
        .appendBytes(new byte[] {3, 0})
        .appendIntLE((int) crc.getValue())
        .appendIntLE((int) plainBytes);
  }

  private void close() {
    if (closed) {
      return;
    }
    closed = true;
    vertx.cancelTimer(heartbeat);
    LiveGraphs.Watch open = watch;
    if (open != null) {
      open.close();
    }
    onClose.run();
  }
}
