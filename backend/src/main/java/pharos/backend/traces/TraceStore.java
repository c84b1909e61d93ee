package pharos.backend.traces;

import io.vertx.core.Future;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Port: where segments are kept. */
public interface TraceStore {

  /** Keeps all of them, or none. */
  Future<Void> append(List<Segment> segments);

  /** Segments that may match, the newest first. */
  Future<List<Candidate>> candidates(Question question);

  /**
   * All segments of some traces.
   *
   * @param tokens which a segment must have to be {@link Found#matching}
   * @param fromMicros no segment that begins earlier
   * @param toMicros no segment that begins later
   */
  Future<Map<TraceId, List<Found>>> segments(
      Collection<TraceId> traces, Set<Integer> tokens, long fromMicros, long toMicros);

  /** What completion can offer, in the order of the text. */
  Future<List<Segment.Name>> names();

  /**
   * Which segments are asked for.
   *
   * @param tokens all of which a segment has; empty for any
   * @param leastMicros from the first start to the last end of the segment
   * @param fromMicros earliest start
   * @param before only what comes after this place, the newest first
   */
  record Question(Set<Integer> tokens, long leastMicros, long fromMicros, Place before, int limit) {
    public Question {
      tokens = Set.copyOf(tokens);
    }
  }

  /**
   * A place in the order of segments.
   *
   * @param trace null for before all traces that begin then
   */
  record Place(long startMicros, @Nullable TraceId trace) {}

  /** A segment that may match. */
  record Candidate(TraceId trace, long startMicros) {
    Place place() {
      return new Place(startMicros, trace);
    }
  }

  /** A stored segment; matching when it has the tokens that were asked for. */
  record Found(long startMicros, boolean matching, Payload payload) {}
}
