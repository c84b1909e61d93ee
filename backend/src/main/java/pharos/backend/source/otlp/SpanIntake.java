package pharos.backend.source.otlp;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import pharos.backend.source.metric.SourceHealth;
import pharos.backend.traffic.SourceStatus;
import pharos.backend.traffic.SourceStatus.State;
import pharos.graph.sample.SpanCall;

/**
 * Takes OTLP/HTTP exports (protobuf or JSON, plain or gzip). Knows nothing of HTTP routes: whoever
 * mounts it at {@code POST /v1/traces} hands over the body and sends the answer. Overload is
 * answered with 429 and a time to come back, as the specification asks, never with silence.
 */
public final class SpanIntake {
  /** Name of the source in statuses. */
  public static final String NAME = "spans";

  private static final int RETRY_SECONDS = 5;

  private final Vertx vertx;
  private final IntakeLimits limits;
  private final Clock clock;
  private final SpanWindow window;
  private final Semaphore slots;
  private final AtomicLong accepted = new AtomicLong();
  private final AtomicLong notOfProxies = new AtomicLong();
  private final AtomicLong unusable = new AtomicLong();
  private final AtomicLong crowdedOut = new AtomicLong();
  private final AtomicLong refusedExports = new AtomicLong();
  private final SourceHealth health =
      new SourceHealth(NAME, "traces", "No spans have been received yet.");

  public SpanIntake(Vertx vertx, IntakeLimits limits, Clock clock) {
    this.vertx = vertx;
    this.limits = limits;
    this.clock = clock;
    this.window = new SpanWindow(limits.maxSpans(), limits.keep());
    this.slots = new Semaphore(limits.maxConcurrent());
  }

  /**
   * Decodes one export away from the event loop. The future never fails for the sender's faults:
   * they are answers.
   */
  public Future<ExportAnswer> accept(
      Buffer body, @Nullable String contentType, @Nullable String contentEncoding) {
    OtlpWire wire = OtlpWire.of(contentType);
    if (wire == null) {
      return refused(
          OtlpWire.PROTOBUF,
          415,
          3,
          "content type (expected: application/x-protobuf or application/json)",
          0);
    }
    if (body.length() > limits.maxBodyBytes()) {
      return refused(wire, 413, 3, "body above %d bytes".formatted(limits.maxBodyBytes()), 0);
    }
    if (!slots.tryAcquire()) {
      return refused(wire, 429, 14, "too many exports at once", RETRY_SECONDS);
    }
    return vertx
        .executeBlocking(() -> decoded(wire, body, contentEncoding), false)
        .onComplete(done -> slots.release());
  }

  private Future<ExportAnswer> refused(
      OtlpWire wire, int status, int code, String words, int retryAfter) {
    return Future.succeededFuture(refusal(wire, status, code, words, retryAfter));
  }

  private ExportAnswer refusal(OtlpWire wire, int status, int code, String words, int retryAfter) {
    refusedExports.incrementAndGet();
    return new ExportAnswer(status, wire.contentType(), wire.status(code, words), retryAfter);
  }

  private ExportAnswer decoded(OtlpWire wire, Buffer body, @Nullable String encoding) {
    byte[] bytes;
    try {
      bytes = decompressed(body.getBytes(), encoding);
    } catch (IOException damaged) {
      return refusal(wire, 400, 3, "body that is no gzip", 0);
    }
    if (bytes == null) {
      return refusal(wire, 415, 3, "content encoding (expected: gzip or none)", 0);
    }
    if (bytes.length > limit(body.length())) {
      return refusal(wire, 413, 3, "body that decompresses to too much", 0);
    }
    try {
      return took(wire, wire.read(bytes));
    } catch (OtlpWire.Unreadable e) {
      return refusal(wire, 400, 3, String.valueOf(e.getMessage()), 0);
    }
  }

  private int limit(int bodyBytes) {
    return (int)
        Math.min(
            limits.maxDecodedBytes(), Math.max(64L << 10, (long) bodyBytes * limits.maxRatio()));
  }

  /** At most one byte more than allowed; null for an encoding that we do not read. */
  private byte @Nullable [] decompressed(byte[] body, @Nullable String encoding)
      throws IOException {
    if (encoding == null || encoding.isEmpty() || encoding.equalsIgnoreCase("identity")) {
      return body;
    }
    if (!encoding.equalsIgnoreCase("gzip")) {
      return null;
    }
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(body))) {
      return in.readNBytes(limit(body.length) + 1);
    }
  }

  private ExportAnswer took(OtlpWire wire, ExportTraceServiceRequest request) {
    List<ProxySpan> proxies = new ArrayList<>();
    long bad = 0;
    for (ResourceSpans resource : request.getResourceSpansList()) {
      for (ScopeSpans scope : resource.getScopeSpansList()) {
        for (Span span : scope.getSpansList()) {
          if (!isUsable(span)) {
            bad++;
            continue;
          }
          accepted.incrementAndGet();
          ProxySpan proxy = ProxySpans.of(span);
          if (proxy == null) {
            notOfProxies.incrementAndGet();
          } else {
            proxies.add(proxy);
          }
        }
      }
    }
    unusable.addAndGet(bad);
    Instant now = clock.instant();
    crowdedOut.addAndGet(window.add(proxies, now));
    health.poll(State.OK, now, now, "Spans are arriving.", List.of());
    Buffer answer =
        bad == 0
            ? wire.accepted()
            : wire.accepted(bad, "spans without a valid trace id, span id or time");
    return new ExportAnswer(200, wire.contentType(), answer, 0);
  }

  private static boolean isUsable(Span span) {
    return isId(span.getTraceId(), 16)
        && isId(span.getSpanId(), 8)
        && (span.getParentSpanId().isEmpty() || span.getParentSpanId().size() == 8)
        && span.getEndTimeUnixNano() > 0
        && span.getStartTimeUnixNano() > 0;
  }

  private static boolean isId(ByteString id, int length) {
    if (id.size() != length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (id.byteAt(i) != 0) {
        return true;
      }
    }
    return false;
  }

  /** Calls that the spans of the window show; sampled, so their rates are lower bounds. */
  public List<SpanCall> calls(Instant at, Duration length) {
    return window.calls(at, length);
  }

  /** Whether spans arrive, and what became of them. */
  public SourceStatus status() {
    return health.status(
        Map.of(
            "accepted", Long.toString(accepted.get()),
            "notOfProxies", Long.toString(notOfProxies.get()),
            "unusable", Long.toString(unusable.get()),
            "crowdedOut", Long.toString(crowdedOut.get()),
            "refusedExports", Long.toString(refusedExports.get()),
            "kept", Integer.toString(window.size())));
  }
}
