package pharos.config.hostile;

import java.util.Arrays;
import java.util.Locale;
import java.util.Random;

/**
 * How long one hostile document keeps a thread, by family: 10,000 of them after as many to warm up.
 * The target is 50 ms for 99 of 100. {@code ./pharos bench hostile} prints the table.
 */
final class HostileBench {
  private static final int DOCUMENTS = 10_000;

  private HostileBench() {}

  public static void main(String[] args) {
    run(new Random(1));
    System.out.printf(
        Locale.ROOT,
        "%n%-26s %8s %10s %10s %10s%n",
        "ms per document",
        "count",
        "p50",
        "p99",
        "max");
    double[][] byFamily = run(new Random(2));
    for (int f = 0; f < byFamily.length; f++) {
      print(HostileDocuments.FAMILIES.get(f).name(), byFamily[f]);
    }
    print("all", Arrays.stream(byFamily).flatMapToDouble(Arrays::stream).toArray());
  }

  private static double[][] run(Random random) {
    HostileDocuments hostile = new HostileDocuments(random);
    int families = HostileDocuments.FAMILIES.size();
    double[][] milliseconds = new double[families][DOCUMENTS / families + 1];
    for (int i = 0; i < milliseconds[0].length; i++) {
      for (int f = 0; f < families; f++) {
        byte[] document = HostileDocuments.FAMILIES.get(f).make().apply(hostile);
        long start = System.nanoTime();
        Door.pass(document);
        milliseconds[f][i] = (System.nanoTime() - start) / 1e6;
      }
    }
    return milliseconds;
  }

  private static void print(String name, double[] milliseconds) {
    Arrays.sort(milliseconds);
    int n = milliseconds.length;
    System.out.printf(
        Locale.ROOT,
        "%-26s %8d %10.2f %10.2f %10.2f%n",
        name,
        n,
        milliseconds[n / 2],
        milliseconds[Math.min(n - 1, n * 99 / 100)],
        milliseconds[n - 1]);
  }
}
