package pharos.backend.traces;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import pharos.backend.traces.TraceStore.Place;

/**
 * A search.
 *
 * @param from earliest start of a segment
 * @param to latest start of a segment
 * @param after where the last page ended; null for the first page
 */
public record TraceQuestion(
    Expression expression, Instant from, Instant to, @Nullable Place after, int limit) {

  public TraceQuestion {
    if (from.isAfter(to) || limit < 1) {
      throw new IllegalArgumentException(
          "search from %s to %s for %d (expected: from before to, at least 1)"
              .formatted(from, to, limit));
    }
  }
}
