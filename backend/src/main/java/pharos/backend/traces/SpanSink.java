package pharos.backend.traces;

import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Port: takes the spans that an intake has checked. */
public interface SpanSink {

  /**
   * Takes all of them or none.
   *
   * @param count of all spans below the resources
   * @return fails with {@link TraceFailure.NotNow} when the sender should come back later
   */
  Future<Void> take(List<ResourceSpans> spans, int count);

  /**
   * Whether a span of that time would be kept; others are not offered.
   *
   * @param startMicros since 1970
   */
  boolean keeps(long startMicros, Instant now);

  /** Counters for statuses, by name. */
  Map<String, String> facts();
}
