package pharos.backend.traces;

import io.opentelemetry.proto.trace.v1.ResourceSpans;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import pharos.graph.trace.TraceTree;

/** A trace as it was received: all its spans from all its segments. */
public final class TraceFacts {
  private final TraceId id;
  private final List<ResourceSpans> resources;
  private final List<StoredSpan> spans;

  private TraceFacts(TraceId id, List<ResourceSpans> resources, List<StoredSpan> spans) {
    this.id = id;
    this.resources = List.copyOf(resources);
    this.spans = List.copyOf(spans);
  }

  /**
   * Reads what was stored.
   *
   * @throws IOException when a payload is damaged
   */
  static TraceFacts read(TraceId id, List<Payload> payloads, PodOwners pods) throws IOException {
    List<ResourceSpans> resources = new ArrayList<>();
    for (Payload payload : payloads) {
      resources.addAll(payload.spans());
    }
    return new TraceFacts(id, resources, StoredSpan.all(resources, pods));
  }

  public TraceId id() {
    return id;
  }

  /** As received, for who wants the raw trace. */
  public List<ResourceSpans> resources() {
    return resources;
  }

  public List<StoredSpan> spans() {
    return spans;
  }

  public TraceTree tree() {
    return TraceTree.of(spans.stream().map(StoredSpan::core).toList());
  }

  /** The span with that id, also when it is an id that the tree gave it. */
  public Optional<StoredSpan> span(long spanId) {
    Optional<StoredSpan> received = spans.stream().filter(span -> span.id() == spanId).findFirst();
    if (received.isPresent()) {
      return received;
    }
    TraceTree tree = tree();
    int row = tree.rowOf(spanId);
    return row < 0
        ? Optional.empty()
        : spans.stream().filter(span -> span.core().equals(tree.original(row))).findFirst();
  }

  double number(Condition.TraceNumber number) {
    return switch (number) {
      case SPANS -> spans.size();
      case ERRORS -> spans.stream().filter(StoredSpan::error).count();
      case DURATION -> {
        long first = Long.MAX_VALUE;
        long last = 0;
        for (StoredSpan span : spans) {
          first = Math.min(first, span.otlp().getStartTimeUnixNano());
          last = Math.max(last, span.otlp().getEndTimeUnixNano());
        }
        yield Math.max(0, last - first);
      }
    };
  }
}
