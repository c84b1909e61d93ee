package pharos.graph.trace;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The spans of a trace by what they did: one row per service and name. */
public final class OperationStatistics {
  private OperationStatistics() {}

  /**
   * All spans of one service with one name. Times in nanoseconds.
   *
   * @param totalNanos added up, so that parallel spans count each
   * @param selfNanos without the time in which a child ran
   * @param medianNanos the nearest-rank 50th percentile
   * @param p95Nanos the nearest-rank 95th percentile
   */
  public record Operation(
      String service,
      String name,
      int count,
      int errors,
      long totalNanos,
      long selfNanos,
      long leastNanos,
      long mostNanos,
      long medianNanos,
      long p95Nanos) {

    public double meanNanos() {
      return (double) totalNanos / count;
    }
  }

  /** The largest self time first. */
  public static List<Operation> of(TraceTree tree, Coverage coverage) {
    Map<Key, List<Integer>> rows = new HashMap<>();
    for (int row = 0; row < tree.size(); row++) {
      Span span = tree.span(row);
      rows.computeIfAbsent(new Key(span.emitter().service(), span.name()), _ -> new ArrayList<>())
          .add(row);
    }
    List<Operation> operations = new ArrayList<>(rows.size());
    rows.forEach((key, own) -> operations.add(operation(key, own, tree, coverage)));
    operations.sort(
        Comparator.comparingLong(Operation::selfNanos)
            .reversed()
            .thenComparing(Operation::service)
            .thenComparing(Operation::name));
    return List.copyOf(operations);
  }

  private static Operation operation(
      Key key, List<Integer> rows, TraceTree tree, Coverage coverage) {
    long[] durations = new long[rows.size()];
    long total = 0;
    long own = 0;
    int errors = 0;
    for (int i = 0; i < durations.length; i++) {
      int row = rows.get(i);
      durations[i] = tree.durationNanos(row);
      total += durations[i];
      own += coverage.selfNanos(row);
      errors += tree.span(row).error() ? 1 : 0;
    }
    Arrays.sort(durations);
    return new Operation(
        key.service(),
        key.name(),
        durations.length,
        errors,
        total,
        own,
        durations[0],
        durations[durations.length - 1],
        percentile(durations, 50),
        percentile(durations, 95));
  }

  private static long percentile(long[] sorted, int percent) {
    return sorted[Math.max(0, (int) Math.ceil(sorted.length * percent / 100.0) - 1)];
  }

  private record Key(String service, String name) {}
}
