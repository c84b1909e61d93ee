package pharos.backend.source.scrape;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Set;
import java.util.function.IntUnaryOperator;
import pharos.backend.source.metric.CallScope;
import pharos.backend.source.metric.LabelValues;
import pharos.backend.source.metric.SampleAssembly;

/**
 * How fast the text of proxies is read and turned into rates, and what the history costs. Run
 * {@code main}; prints a table. One target stands for many: 200 histograms and 400 counters, beside
 * as many bytes that nobody reads.
 */
public final class ScrapeBench {
  private static final double[] BOUNDS = {
    0.5, 1, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000, 60_000, 300_000,
    600_000, 1_800_000, 3_600_000
  };

  private ScrapeBench() {}

  private static String labels(int series) {
    return ("reporter=\"destination\",source_workload=\"checkout-%1$d\",source_canonical_service=\"checkout\","
            + "source_canonical_revision=\"v1\",source_workload_namespace=\"shop-%1$d\",source_principal=\"spiffe://cluster.local/ns/shop/sa/checkout\","
            + "source_app=\"checkout\",source_version=\"v1\",source_cluster=\"Kubernetes\",destination_workload=\"stock-v1\","
            + "destination_workload_namespace=\"shop\",destination_principal=\"spiffe://cluster.local/ns/shop/sa/stock\",destination_app=\"stock\","
            + "destination_version=\"v1\",destination_service=\"stock.shop.svc.cluster.local\",destination_canonical_service=\"stock\","
            + "destination_canonical_revision=\"v1\",destination_service_name=\"stock\",destination_service_namespace=\"shop\","
            + "destination_cluster=\"Kubernetes\",request_protocol=\"http\",response_code=\"200\",grpc_response_status=\"\","
            + "response_flags=\"-\",connection_security_policy=\"mutual_tls\"")
        .formatted(series);
  }

  private static byte[] text(int series, IntUnaryOperator count) {
    var text = new StringBuilder();
    for (int i = 0; i < series; i++) {
      String labels = labels(i);
      int requests = count.applyAsInt(i);
      text.append("istio_requests_total{")
          .append(labels)
          .append("} ")
          .append(requests)
          .append('\n');
      for (String name : new String[] {"request_bytes", "request_duration_milliseconds"}) {
        for (double bound : BOUNDS) {
          text.append("istio_").append(name).append("_bucket{").append(labels).append(",le=\"");
          text.append(bound).append("\"} ").append(requests).append('\n');
        }
        text.append("istio_").append(name).append("_bucket{").append(labels);
        text.append(",le=\"+Inf\"} ").append(requests).append('\n');
        text.append("istio_").append(name).append("_sum{").append(labels).append("} ");
        text.append(requests * 7L).append('\n');
        text.append("istio_").append(name).append("_count{").append(labels).append("} ");
        text.append(requests).append('\n');
      }
    }
    return text.toString().getBytes(UTF_8);
  }

  /** Prints the table. */
  public static void main(String[] args) {
    int series = 200;
    byte[][] scrapes = new byte[8][];
    for (int i = 0; i < scrapes.length; i++) {
      int round = i;
      scrapes[i] = text(series, s -> 1_000 + s * 10 + round * 50);
    }
    double megabytes = scrapes[0].length / 1e6;
    System.out.printf("one scrape: %.1f MB, %d series%n", megabytes, series);

    long best = Long.MAX_VALUE;
    for (int i = 0; i < 60; i++) {
      var fresh =
          new ExpositionReader(
              new TargetHistory(5_000, 900_000), new LabelPool(), "stock", 1 << 20, i);
      long began = System.nanoTime();
      fresh.read(scrapes[0], scrapes[0].length, 1_000);
      best = Math.min(best, System.nanoTime() - began);
    }
    System.out.printf(
        "%-44s %8.0f MB/s%n", "first scrape (every line parsed)", megabytes * 1e9 / best);

    var history = new TargetHistory(5_000, 900_000);
    var reader = new ExpositionReader(history, new LabelPool(), "stock", 1 << 20, 1);
    long now = 0;
    best = Long.MAX_VALUE;
    for (int i = 0; i < 400; i++) {
      byte[] scrape = scrapes[i % scrapes.length];
      now += 5_000;
      long began = System.nanoTime();
      reader.read(scrape, scrape.length, now);
      best = Math.min(best, System.nanoTime() - began);
    }
    System.out.printf("%-44s %8.0f MB/s%n", "later scrapes (lines known)", megabytes * 1e9 / best);

    best = Long.MAX_VALUE;
    for (int i = 0; i < 200; i++) {
      long began = System.nanoTime();
      var assembly = new SampleAssembly();
      var window = history.window(now - 60_000, now);
      var scope = new CallScope(Set.of());
      for (Column column : history.columns()) {
        if (scope.holds(column.grouped())) {
          window.rates(
              column,
              new TargetHistory.Rates() {
                @Override
                public void counter(CounterColumn counter, LabelValues labels, double perSecond) {
                  assembly.add(counter.metric(), labels, perSecond);
                }

                @Override
                public void histogram(
                    HistogramColumn histogram,
                    LabelValues labels,
                    double[] cumulativePerSecond,
                    double sumPerSecond,
                    double countPerSecond) {
                  assembly.addHistogram(
                      labels,
                      histogram.bounds(),
                      cumulativePerSecond,
                      sumPerSecond,
                      countPerSecond);
                }
              });
        }
      }
      best = Math.min(best, System.nanoTime() - began);
    }
    System.out.printf(
        "%-44s %8.2f ms; 20,000 histograms: %.0f ms%n",
        "rates of one minute", best / 1e6, best / 1e6 * 20_000 / series);
  }
}
