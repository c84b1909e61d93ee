package pharos.backend.source.scrape;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pharos.backend.source.contract.RealPrometheus;
import pharos.backend.source.prometheus.PrometheusSettings;
import pharos.backend.source.prometheus.PrometheusTelemetry;
import pharos.backend.traffic.TelemetrySource.SampleQuery;
import pharos.graph.sample.RequestSample;

/**
 * Our rate() and that of a real Prometheus over the very same samples: random counters with gaps,
 * restarts, births and deaths. The numbers agree to the last digits.
 */
@Tag("slow")
final class RateAgainstPrometheusTest {
  private static final long BEGIN = 1_700_000_000_000L;
  private static final int SERIES = 200;

  private record Sample(long millis, double value) {}

  @TempDir private Path folder;

  private static List<Sample> counter(Random random) {
    var samples = new ArrayList<Sample>();
    double value = random.nextBoolean() ? 0 : random.nextInt(10_000);
    long born = random.nextInt(5) == 0 ? random.nextInt(400) : 0;
    long dies = random.nextInt(5) == 0 ? 200 + random.nextInt(400) : 600;
    int phase = random.nextInt(5_000);
    int speed = random.nextInt(4) == 0 ? 0 : 1 + random.nextInt(100);
    for (long second = born; second < dies; second += 5) {
      value = random.nextInt(60) == 0 ? random.nextInt(20) : value + random.nextInt(speed + 1);
      if (random.nextInt(10) != 0) { // some scrapes fail
        samples.add(new Sample(BEGIN + second * 1000 + phase, value));
      }
    }
    return samples;
  }

  @Test
  void rate_sameSamples_sameNumbers() throws Exception {
    var random = new Random(20261121);
    var counters = new ArrayList<List<Sample>>();
    var text = new StringBuilder("# TYPE istio_requests counter\n");
    for (int i = 0; i < SERIES; i++) {
      List<Sample> samples = counter(random);
      counters.add(samples);
      for (Sample sample : samples) {
        text.append(
            "istio_requests_total{reporter=\"source\",request_protocol=\"http\",source_workload=\"w%d\"} %s %d.%03d\n"
                .formatted(i, sample.value(), sample.millis() / 1000, sample.millis() % 1000));
      }
    }
    RealPrometheus.load(folder, text.append("# EOF\n").toString());
    Vertx vertx = Vertx.vertx();
    int compared = 0;
    try (var prometheus = RealPrometheus.start(folder, "global: {scrape_interval: 5s}\n");
        var telemetry =
            new PrometheusTelemetry(
                vertx,
                PrometheusSettings.of(prometheus.url()).withTimeout(Duration.ofSeconds(30)),
                Clock.systemUTC())) {
      for (int second : new int[] {30, 61, 150, 299, 420, 580, 630}) {
        for (int window : new int[] {12, 60, 300}) {
          Instant at = Instant.ofEpochMilli(BEGIN + second * 1000L + 250);
          Map<String, Double> theirs = new HashMap<>();
          for (RequestSample request :
              telemetry
                  .samples(new SampleQuery(Set.of(), Duration.ofSeconds(window), at))
                  .await(60, TimeUnit.SECONDS)
                  .requests()) {
            theirs.put(request.call().sourceWorkload(), request.perSecond());
          }
          compared += compare(counters, theirs, at.toEpochMilli(), window * 1000L);
        }
      }
    } finally {
      vertx.close().await(10, TimeUnit.SECONDS);
    }
    assertThat(compared).isGreaterThan(2_000);
  }

  private static int compare(
      List<List<Sample>> counters, Map<String, Double> theirs, long to, long window) {
    int compared = 0;
    for (int i = 0; i < counters.size(); i++) {
      var rate = new CounterRate();
      for (Sample sample : counters.get(i)) {
        if (sample.millis() >= to - window && sample.millis() <= to) {
          rate.sample(sample.millis(), sample.value());
        }
      }
      double ours = rate.perSecond(to - window, to);
      Double their = theirs.get("w" + i);
      if (Double.isNaN(ours)) {
        assertThat(their).as("w%d at %d, window %d", i, to, window).isNull();
      } else {
        assertThat(their)
            .as("w%d at %d, window %d", i, to, window)
            .isCloseTo(ours, Offset.offset(1e-9 * Math.max(1, ours)));
        compared++;
      }
    }
    return compared;
  }
}
