package pharos.backend.traces;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import pharos.backend.traces.TraceStore.Found;

/** Finds and reads traces. Everything that computes runs away from the event loop. */
public final class Traces {
  private static final int MAX_SPANS = 1_000_000;

  private final Vertx vertx;
  private final TraceStore store;
  private final PodOwners pods;
  private final InstantSource clock;

  public Traces(Vertx vertx, TraceStore store, PodOwners pods, InstantSource clock) {
    this.vertx = vertx;
    this.store = store;
    this.pods = pods;
    this.clock = clock;
  }

  /** Traces that match, the newest first. */
  public Future<TracePage> search(TraceQuestion question) {
    return new TraceSearch(store, pods, clock, question).run();
  }

  /**
   * One trace with all that has arrived of it.
   *
   * @return fails with {@link TraceFailure.NoSuchTrace}
   */
  public Future<TraceFacts> trace(TraceId id) {
    return store
        .segments(Set.of(id), Set.of(), 0, Long.MAX_VALUE)
        .compose(found -> {
          List<Found> parts = found.getOrDefault(id, List.of());
          if (parts.isEmpty()) {
            return Future.failedFuture(
                new TraceFailure.NoSuchTrace(
                    "Trace %s is not kept: it was never received, or is older than traces are kept."
                        .formatted(id)));
          }
          return vertx.executeBlocking(() -> read(id, parts), false);
        });
  }

  private TraceFacts read(TraceId id, List<Found> parts) throws IOException {
    TraceFacts trace = TraceFacts.read(id, parts.stream().map(Found::payload).toList(), pods);
    if (trace.spans().size() > MAX_SPANS) {
      throw new TraceFailure.TooLarge(
          "Trace %s has %d spans (shown: at most %d)."
              .formatted(id, trace.spans().size(), MAX_SPANS));
    }
    return trace;
  }

  /** A span of a trace, or a failure that says which of both is not there. */
  public Future<StoredSpan> span(TraceId id, long spanId) {
    return trace(id)
        .compose(trace ->
            trace
                .span(spanId)
                .map(Future::succeededFuture)
                .orElseGet(() ->
                    Future.failedFuture(
                        new TraceFailure.NoSuchTrace(
                            "Trace %s has no span %s.".formatted(id, SpanIds.text(spanId))))));
  }

  /** Services with their operations, and keys of attributes, that were ever recorded. */
  public Future<List<Segment.Name>> names() {
    return store.names();
  }
}
