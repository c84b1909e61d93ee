package pharos.backend.source.metric;

import java.util.List;
import java.util.Set;
import pharos.backend.traffic.TelemetrySource.SeriesQuery;

/**
 * Whose report answers a question about one node or edge. Both proxies report a call, so only one
 * may count. Who asks about a caller (any label {@code source_…}) gets the caller's report, because
 * only the caller sees calls that never arrived; who asks about a destination alone gets the
 * destination's, because callers outside the mesh do not report. The other side answers where the
 * first is silent. Waypoints report instead of either.
 *
 * @param preferred values of the label {@code reporter} that are asked first
 * @param otherwise values that are asked where the first say nothing; empty means nobody
 */
public record Report(Set<String> preferred, Set<String> otherwise) {
  private static final Set<String> SOURCE = Set.of("source", "waypoint");
  private static final Set<String> DESTINATION = Set.of("destination", "waypoint");

  /** The report that answers {@code query}. */
  public static Report of(SeriesQuery query) {
    String reporter = query.reporter();
    if (reporter != null) {
      return new Report(Set.of(reporter), Set.of());
    }
    boolean aboutCaller =
        query.calls().stream().anyMatch(match -> match.label().startsWith("source_"));
    return aboutCaller
        ? new Report(SOURCE, Set.of("destination"))
        : new Report(DESTINATION, Set.of("source"));
  }

  /** In order of preference. */
  public List<Set<String>> choices() {
    return otherwise.isEmpty() ? List.of(preferred) : List.of(preferred, otherwise);
  }
}
