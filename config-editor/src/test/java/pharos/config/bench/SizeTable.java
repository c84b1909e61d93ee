package pharos.config.bench;

import java.util.Collection;
import java.util.Locale;
import java.util.TreeMap;
import org.openjdk.jmh.results.RunResult;

/** What was measured, a row for each work, a column for each number of services. */
public final class SizeTable {
  private final TreeMap<String, TreeMap<Integer, Double>> rows = new TreeMap<>();

  private SizeTable() {}

  /** The results of benchmarks with the parameter {@code services}, and some with {@code kind}. */
  public static SizeTable of(Collection<RunResult> results) {
    SizeTable table = new SizeTable();
    for (RunResult result : results) {
      String kind = result.getParams().getParam("kind");
      table.put(
          result.getPrimaryResult().getLabel() + (kind == null ? "" : " " + kind),
          Integer.parseInt(result.getParams().getParam("services")),
          result.getPrimaryResult().getScore());
    }
    return table;
  }

  public void put(String row, int services, double value) {
    rows.computeIfAbsent(row, _ -> new TreeMap<>()).put(services, value);
  }

  /** Milliseconds, unless a row says otherwise. */
  public void print() {
    System.out.printf(
        Locale.ROOT, "%n%-34s %10s %10s %10s%n", "ms by number of services", 100, 1_000, 5_000);
    rows.forEach((work, bySize) -> {
      System.out.printf(Locale.ROOT, "%-34s", work);
      bySize.values().forEach(score -> System.out.printf(Locale.ROOT, " %10.2f", score));
      System.out.println();
    });
  }
}
