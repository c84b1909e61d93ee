package pharos.backend.source.otlp;

import com.google.protobuf.ByteString;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import pharos.backend.source.metric.SourceHealth;
import pharos.backend.traces.SpanSink;
import pharos.backend.traces.TraceFailure;
import pharos.backend.traffic.SourceStatus;
import pharos.backend.traffic.SourceStatus.State;
import pharos.graph.sample.SpanCall;

/**
 * Takes OTLP/HTTP exports (protobuf or JSON) and Zipkin's JSON, plain or gzip. Knows nothing of
 * HTTP routes: whoever mounts it hands over the body and sends the answer. Overload is answered
 * with 429 and a time to come back, as the specification asks, never with silence.
 */
public final class SpanIntake {
  /** Name of the source in statuses. */
  public static final String NAME = "spans";

  private static final int RETRY_SECONDS = 5;

  private final Vertx vertx;
  private final IntakeLimits limits;
  private final SpanSink sink;
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

  /** An intake whose spans go on to the sink. */
  public SpanIntake(Vertx vertx, IntakeLimits limits, SpanSink sink, Clock clock) {
    this.vertx = vertx;
    this.limits = limits;
    this.sink = sink;
    this.clock = clock;
    this.window = new SpanWindow(limits.maxSpans(), limits.keep());
    this.slots = new Semaphore(limits.maxConcurrent());
  }

  /** Takes one OTLP export. The future never fails for the sender's faults: they are answers. */
  public Future<ExportAnswer> accept(
      Buffer body, @Nullable String contentType, @Nullable String contentEncoding) {
    OtlpWire wire = OtlpWire.of(contentType);
    return wire == null
        ? refused(
            OtlpWire.PROTOBUF,
            415,
            3,
            "content type (expected: application/x-protobuf or application/json)",
            0)
        : accept(wire, body, contentEncoding);
  }

  /** Takes a list of spans as Zipkin v2 has it, in JSON. */
  public Future<ExportAnswer> acceptZipkin(
      Buffer body, @Nullable String contentType, @Nullable String contentEncoding) {
    ZipkinWire wire = new ZipkinWire();
    return ZipkinWire.isJson(contentType)
        ? accept(wire, body, contentEncoding)
        : refused(wire, 415, 3, "content type (expected: application/json)", 0);
  }

  /** Decodes away from the event loop, then waits for the sink. */
  private Future<ExportAnswer> accept(SpanWire wire, Buffer body, @Nullable String encoding) {
    if (body.length() > limits.maxBodyBytes()) {
      return refused(wire, 413, 3, "body above %d bytes".formatted(limits.maxBodyBytes()), 0);
    }
    if (!slots.tryAcquire()) {
      return refused(wire, 429, 8, "too many exports at once", RETRY_SECONDS);
    }
    return vertx
        .executeBlocking(() -> decoded(wire, body, encoding), false)
        .onComplete(done -> slots.release())
        .compose(decoded ->
            switch (decoded) {
              case Decoded.Refused(var answer) -> Future.succeededFuture(answer);
              case Decoded.Spans spans -> take(wire, spans);
            });
  }

  /** What a body was. */
  private sealed interface Decoded {
    record Refused(ExportAnswer answer) implements Decoded {}

    record Spans(List<ResourceSpans> usable, List<ProxySpan> proxies, int count, long rejected)
        implements Decoded {}
  }

  /** Nobody is told "taken" before the sink says so. */
  private Future<ExportAnswer> take(SpanWire wire, Decoded.Spans spans) {
    return sink.take(spans.usable(), spans.count())
        .transform(taken ->
            taken.succeeded()
                ? Future.succeededFuture(taken(wire, spans))
                : switch (taken.cause()) {
                  case TraceFailure.NotNow failure when failure.overload() ->
                      refused(wire, 429, 8, String.valueOf(failure.getMessage()), RETRY_SECONDS);
                  case TraceFailure.NotNow failure ->
                      refused(wire, 503, 14, String.valueOf(failure.getMessage()), RETRY_SECONDS);
                  case Throwable bug -> Future.failedFuture(bug);
                });
  }

  private ExportAnswer taken(SpanWire wire, Decoded.Spans spans) {
    accepted.addAndGet(spans.count());
    notOfProxies.addAndGet(spans.count() - spans.proxies().size());
    unusable.addAndGet(spans.rejected());
    Instant now = clock.instant();
    crowdedOut.addAndGet(window.add(spans.proxies(), now));
    health.poll(State.OK, now, now, "Spans are arriving.", List.of());
    Buffer answer =
        spans.rejected() == 0
            ? wire.accepted()
            : wire.accepted(spans.rejected(), "spans without a valid trace id, span id or time");
    return new ExportAnswer(wire.acceptedStatus(), wire.contentType(), answer, 0);
  }

  private Future<ExportAnswer> refused(
      SpanWire wire, int status, int code, String words, int retryAfter) {
    return Future.succeededFuture(refusal(wire, status, code, words, retryAfter));
  }

  private ExportAnswer refusal(SpanWire wire, int status, int code, String words, int retryAfter) {
    refusedExports.incrementAndGet();
    return new ExportAnswer(status, wire.contentType(), wire.status(code, words), retryAfter);
  }

  private Decoded decoded(SpanWire wire, Buffer body, @Nullable String encoding) {
    byte[] bytes;
    try {
      bytes = decompressed(body.getBytes(), encoding);
    } catch (IOException damaged) {
      return new Decoded.Refused(refusal(wire, 400, 3, "body that is no gzip", 0));
    }
    if (bytes == null) {
      return new Decoded.Refused(
          refusal(wire, 415, 3, "content encoding (expected: gzip or none)", 0));
    }
    if (bytes.length > limit(body.length())) {
      return new Decoded.Refused(refusal(wire, 413, 3, "body that decompresses to too much", 0));
    }
    try {
      return sorted(wire.spans(bytes));
    } catch (SpanWire.Unreadable e) {
      return new Decoded.Refused(refusal(wire, 400, 3, String.valueOf(e.getMessage()), 0));
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

  /** Leaves out what nobody could show, and keeps everything else as it is. */
  private Decoded.Spans sorted(List<ResourceSpans> received) {
    Instant now = clock.instant();
    List<ResourceSpans> usable = new ArrayList<>(received.size());
    List<ProxySpan> proxies = new ArrayList<>();
    int count = 0;
    long rejected = 0;
    for (ResourceSpans resource : received) {
      int bad = 0;
      for (ScopeSpans scope : resource.getScopeSpansList()) {
        for (Span span : scope.getSpansList()) {
          if (!isUsable(span) || !sink.keeps(startMicros(span), now)) {
            bad++;
            continue;
          }
          count++;
          ProxySpan proxy = ProxySpans.of(span);
          if (proxy != null) {
            proxies.add(proxy);
          }
        }
      }
      rejected += bad;
      usable.add(bad == 0 ? resource : without(resource, now));
    }
    return new Decoded.Spans(usable, proxies, count, rejected);
  }

  private ResourceSpans without(ResourceSpans resource, Instant now) {
    var kept = resource.toBuilder();
    for (ScopeSpans.Builder scope : kept.getScopeSpansBuilderList()) {
      List<Span> good =
          scope.getSpansList().stream()
              .filter(span -> isUsable(span) && sink.keeps(startMicros(span), now))
              .toList();
      scope.clearSpans().addAllSpans(good);
    }
    return kept.build();
  }

  private static long startMicros(Span span) {
    return span.getStartTimeUnixNano() / 1_000;
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
    Map<String, String> facts = new HashMap<>(sink.facts());
    facts.putAll(
        Map.of(
            "accepted", Long.toString(accepted.get()),
            "notOfProxies", Long.toString(notOfProxies.get()),
            "unusable", Long.toString(unusable.get()),
            "crowdedOut", Long.toString(crowdedOut.get()),
            "refusedExports", Long.toString(refusedExports.get()),
            "kept", Integer.toString(window.size())));
    return health.status(facts);
  }
}
