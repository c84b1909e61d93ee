package pharos.backend.traces;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import pharos.backend.traces.TraceStore.Place;

/**
 * Traces that match, the newest first.
 *
 * @param searchedBackTo nothing before this was looked at
 * @param next where to go on; null when the whole range was looked at
 */
public record TracePage(List<TraceSummary> traces, Instant searchedBackTo, @Nullable Place next) {
  public TracePage {
    traces = List.copyOf(traces);
  }
}
