package pharos.backend.traces;

import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Holds segments as the contract of {@link TraceStore} has it. */
public final class TracesInMemory implements TraceStore {
  private static final Comparator<Segment> NEWEST =
      Comparator.comparingLong(Segment::startMicros)
          .thenComparing(Segment::trace, Comparator.comparing(TraceId::toString))
          .reversed();

  private final List<Segment> segments = new ArrayList<>();

  /** For who asks about no traces. */
  public static Traces none(Vertx vertx) {
    return new Traces(
        vertx, new TracesInMemory(), (namespace, pod) -> Optional.empty(), Clock.systemUTC());
  }

  /** Records spans as a recorder would. */
  public void record(List<ResourceSpans> spans) {
    append(Segments.of(spans, (namespace, pod) -> Optional.empty()));
  }

  @Override
  public synchronized Future<Void> append(List<Segment> more) {
    segments.addAll(more);
    return Future.succeededFuture();
  }

  @Override
  public synchronized Future<List<Candidate>> candidates(Question question) {
    return Future.succeededFuture(
        segments.stream()
            .sorted(NEWEST)
            .filter(segment -> matches(segment, question.tokens()))
            .filter(segment -> segment.startMicros() >= question.fromMicros())
            .filter(segment -> isAfter(segment, question.before()))
            .filter(
                segment -> segment.endMicros() - segment.startMicros() >= question.leastMicros())
            .limit(question.limit())
            .map(segment -> new Candidate(segment.trace(), segment.startMicros()))
            .toList());
  }

  private static boolean isAfter(Segment segment, Place place) {
    TraceId trace = place.trace();
    return segment.startMicros() < place.startMicros()
        || (segment.startMicros() == place.startMicros()
            && trace != null
            && segment.trace().toString().compareTo(trace.toString()) < 0);
  }

  private static boolean matches(Segment segment, Set<Integer> tokens) {
    return segment.tokens().containsAll(tokens) || segment.tokens().contains(Tokens.OVERFLOW);
  }

  @Override
  public synchronized Future<Map<TraceId, List<Found>>> segments(
      Collection<TraceId> traces, Set<Integer> tokens, long fromMicros, long toMicros) {
    Map<TraceId, List<Found>> found = new HashMap<>();
    for (Segment segment : segments) {
      if (traces.contains(segment.trace())
          && segment.startMicros() >= fromMicros
          && segment.startMicros() <= toMicros) {
        found
            .computeIfAbsent(segment.trace(), _ -> new ArrayList<>())
            .add(new Found(segment.startMicros(), matches(segment, tokens), segment.payload()));
      }
    }
    return Future.succeededFuture(found);
  }

  @Override
  public synchronized Future<List<Segment.Name>> names() {
    Set<Segment.Name> names = new TreeSet<>(Comparator.comparing(Segment.Name::toString));
    segments.forEach(segment -> names.addAll(segment.names()));
    return Future.succeededFuture(List.copyOf(names));
  }
}
