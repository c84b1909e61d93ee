package pharos.backend.traces;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import pharos.graph.trace.Coverage;
import pharos.graph.trace.TraceTree;

/**
 * One trace in a list.
 *
 * @param startNanos since 1970
 * @param rootMissing whether the span that began it all is not there
 * @param services with the time that they took, the most first
 * @param matches ids of spans that were asked for, at most a few
 * @param matched how many spans were asked for
 */
public record TraceSummary(
    TraceId id,
    long startNanos,
    long durationNanos,
    String rootService,
    String rootOperation,
    boolean rootMissing,
    int spans,
    int errors,
    int depth,
    List<ServiceShare> services,
    List<Long> matches,
    int matched) {
  private static final int MAX_MATCHES = 20;

  public TraceSummary {
    services = List.copyOf(services);
    matches = List.copyOf(matches);
  }

  /**
   * A service's part of a trace.
   *
   * @param selfNanos time in which its spans ran and none below them
   */
  public record ServiceShare(String service, int spans, int errors, long selfNanos) {
    ServiceShare plus(boolean error, long nanos) {
      return new ServiceShare(service, spans + 1, errors + (error ? 1 : 0), selfNanos + nanos);
    }
  }

  static TraceSummary of(TraceFacts trace, List<StoredSpan> hits) {
    TraceTree tree = trace.tree();
    Coverage coverage = Coverage.of(tree);
    Map<String, ServiceShare> services = new TreeMap<>();
    int errors = 0;
    int depth = 0;
    for (int row = 0; row < tree.size(); row++) {
      var span = tree.span(row);
      String service = span.emitter().service();
      services.put(
          service,
          services
              .getOrDefault(service, new ServiceShare(service, 0, 0, 0))
              .plus(span.error(), coverage.selfNanos(row)));
      errors += span.error() ? 1 : 0;
      depth = Math.max(depth, tree.depth(row) + 1);
    }
    int main = tree.mainRow();
    return new TraceSummary(
        trace.id(),
        tree.firstNanos(),
        tree.lastNanos() - tree.firstNanos(),
        main < 0 ? "" : tree.span(main).emitter().service(),
        main < 0 ? "" : tree.span(main).name(),
        main >= 0 && tree.span(main).parent() != 0,
        tree.size(),
        errors,
        depth,
        services.values().stream()
            .sorted(
                Comparator.comparingLong(ServiceShare::selfNanos)
                    .reversed()
                    .thenComparing(ServiceShare::service))
            .toList(),
        hits.stream().map(StoredSpan::id).distinct().limit(MAX_MATCHES).toList(),
        (int) hits.stream().map(StoredSpan::id).distinct().count());
  }
}
