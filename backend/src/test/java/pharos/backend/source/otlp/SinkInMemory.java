package pharos.backend.source.otlp;

import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import pharos.backend.traces.SpanSink;
import pharos.backend.traces.TraceFailures;

/** Keeps what it is given; refuses when told to. */
final class SinkInMemory implements SpanSink {
  private final List<ResourceSpans> taken = new ArrayList<>();
  private @Nullable Boolean refusingForOverload;

  void refuseAll(boolean overload) {
    refusingForOverload = overload;
  }

  /** Ids of all spans, in hexadecimal. */
  List<String> ids() {
    List<String> ids = new ArrayList<>();
    for (ResourceSpans resource : taken) {
      for (ScopeSpans scope : resource.getScopeSpansList()) {
        for (Span span : scope.getSpansList()) {
          ids.add(HexFormat.of().formatHex(span.getSpanId().toByteArray()));
        }
      }
    }
    return ids;
  }

  @Override
  public Future<Void> take(List<ResourceSpans> spans, int count) {
    if (refusingForOverload != null) {
      return Future.failedFuture(TraceFailures.notNow(refusingForOverload));
    }
    taken.addAll(spans);
    return Future.succeededFuture();
  }

  @Override
  public boolean keeps(long startMicros, Instant now) {
    return startMicros > now.minus(Duration.ofDays(1)).toEpochMilli() * 1_000;
  }

  @Override
  public Map<String, String> facts() {
    return Map.of();
  }
}
