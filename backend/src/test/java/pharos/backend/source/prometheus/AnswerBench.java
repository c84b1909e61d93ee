package pharos.backend.source.prometheus;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import pharos.backend.source.metric.IstioMetric;
import pharos.backend.source.metric.SampleAssembly;

/** How fast Prometheus' answers become samples. Run {@code main}; prints a table. */
public final class AnswerBench {
  private static final int ROWS = 50_000;

  private AnswerBench() {}

  private static byte[] answer() {
    var text =
        new StringBuilder(
            "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[");
    for (int i = 0; i < ROWS; i++) {
      text.append(i == 0 ? "" : ",").append("{\"metric\":{");
      int left = IstioMetric.REQUESTS.labels().size();
      for (var label : IstioMetric.REQUESTS.labels()) {
        String value =
            switch (label) {
              case REPORTER -> i % 2 == 0 ? "source" : "destination";
              case REQUEST_PROTOCOL -> "http";
              case RESPONSE_CODE -> "200";
              case DESTINATION_SERVICE -> "service-" + i % 1_000 + ".shop.svc.cluster.local";
              case SOURCE_WORKLOAD -> "workload-" + i / 50;
              case SOURCE_PRINCIPAL, DESTINATION_PRINCIPAL ->
                  "spiffe://cluster.local/ns/shop/sa/s" + i % 1_000;
              default -> "value-" + i % 1_000;
            };
        text.append('"').append(label.wireName()).append("\":\"").append(value).append('"');
        text.append(--left == 0 ? "" : ",");
      }
      text.append("},\"value\":[1700000000.123,\"").append(i / 7.0).append("\"]}");
    }
    return text.append("]}}").toString().getBytes(UTF_8);
  }

  /** Prints the table. */
  public static void main(String[] args) throws Exception {
    byte[] answer = answer();
    long parse = Long.MAX_VALUE;
    long whole = Long.MAX_VALUE;
    for (int i = 0; i < 30; i++) {
      var sum = new double[1];
      long began = System.nanoTime();
      new AnswerReader((labels, at, value) -> sum[0] += value, rows -> true)
          .read(new ByteArrayInputStream(answer));
      parse = Math.min(parse, System.nanoTime() - began);

      began = System.nanoTime();
      var assembly = new SampleAssembly();
      new AnswerReader(
              (labels, at, value) -> assembly.add(IstioMetric.REQUESTS, labels, value),
              rows -> true)
          .read(new ByteArrayInputStream(answer));
      assembly.samples(Instant.EPOCH, Duration.ofMinutes(1), List.of(), true);
      whole = Math.min(whole, System.nanoTime() - began);
    }
    double megabytes = answer.length / 1e6;
    System.out.printf("one answer: %.1f MB, %d rows%n", megabytes, ROWS);
    System.out.printf("%-44s %8.0f MB/s%n", "read", megabytes * 1e9 / parse);
    System.out.printf(
        "%-44s %8.0f MB/s, %.0f ms%n",
        "read and made samples", megabytes * 1e9 / whole, whole / 1e6);
  }
}
