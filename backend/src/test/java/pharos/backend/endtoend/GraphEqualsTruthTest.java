package pharos.backend.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.assertj.core.data.Offset;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import pharos.backend.demo.DemoCluster;
import pharos.backend.demo.DemoOptions;
import pharos.backend.demo.apiserver.ApiServer;
import pharos.backend.demo.simulation.GroundTruth;
import pharos.backend.endtoend.ExpectedEdges.Ends;
import pharos.backend.endtoend.ExpectedEdges.Traffic;
import pharos.backend.source.contract.RealPrometheus;
import pharos.backend.source.kubernetes.KubernetesClients;
import pharos.backend.source.kubernetes.KubernetesInventory;
import pharos.backend.source.kubernetes.KubernetesSettings;
import pharos.backend.source.prometheus.PrometheusSettings;
import pharos.backend.source.prometheus.PrometheusTelemetry;
import pharos.backend.source.scrape.ScrapeSettings;
import pharos.backend.source.scrape.ScrapeTelemetry;
import pharos.backend.traffic.TelemetrySource;
import pharos.backend.traffic.TelemetrySource.SampleQuery;
import pharos.graph.Edge;
import pharos.graph.GraphOptions;
import pharos.graph.build.TrafficGraphs;
import pharos.graph.sample.Protocol;
import pharos.graph.sample.Samples;

/**
 * The graph says what happened: request counts, error shares and percentiles of every edge against
 * the simulation's own books, through the cluster's API, the proxies' endpoints and the builder of
 * graphs; once by direct scrape and once through a real Prometheus that holds the same scrapes.
 * Mesh and clock are moved together in steps, with a scrape after each, so the window's ends are
 * scrapes and no traffic lies between a scrape and an end.
 */
@Tag("slow")
@Timeout(180)
final class GraphEqualsTruthTest {
  private static final Duration STEP = Duration.ofSeconds(15);
  private static final Duration WINDOW = Duration.ofMinutes(5);

  private static final double COUNT_SHARE = 0.02;
  private static final double COUNT_REQUESTS = 3;
  private static final double ERROR_POINTS = 1;

  @TempDir private Path folder;

  private final Vertx vertx = Vertx.vertx();
  private final DemoCluster cluster =
      new DemoCluster(vertx, DemoOptions.stepped(7), Clock.systemUTC(), ApiServer.Options.DEFAULT);

  private static <T> T await(Future<T> future) throws Exception {
    return future.await(30, TimeUnit.SECONDS);
  }

  private String apiServer = "";

  @BeforeEach
  void start() throws Exception {
    apiServer = await(cluster.start());
    // Rare series are born before the window, and the pod that restarts every 7 minutes does so
    // before and after it: what a counter held when it was lost, no scrape can know.
    await(cluster.mesh().step(Duration.ofMinutes(8)));
  }

  @AfterEach
  void stop() throws Exception {
    await(cluster.close());
    await(vertx.close());
  }

  @Test
  void everyEdge_throughBothSources_isWhatHappened() throws Exception {
    var clock = new SteppedClock(Instant.parse("2026-03-01T12:00:00Z"));
    try (var client = KubernetesClients.forUrl(apiServer);
        var inventory =
            new KubernetesInventory(client, KubernetesSettings.DEFAULT, Clock.systemUTC());
        var record = new ScrapeRecord(folder.resolve("scrapes.txt"))) {
      inventory.start();
      Await.until("the pods", () -> inventory.scrapeTargets().current().size() > 30);
      var targets = new CountedTargets(inventory.scrapeTargets());
      try (var scrape =
          new ScrapeTelemetry(
              vertx, ScrapeSettings.DEFAULT.withInterval(Duration.ofMillis(800)), targets, clock)) {
        scrape.start();
        awaitFullRound(targets, scrape);
        record.scrape(inventory.scrapeTargets().current(), clock.instant());
        GroundTruth before = await(cluster.mesh().truth());
        for (Duration passed = Duration.ZERO;
            passed.compareTo(WINDOW) < 0;
            passed = passed.plus(STEP)) {
          clock.advance(STEP);
          if (passed.isZero()) {
            // No scrape that began at the window's start may see what happens after it.
            awaitFullRound(targets, scrape);
          }
          await(cluster.mesh().step(STEP));
          awaitFullRound(targets, scrape);
          record.scrape(inventory.scrapeTargets().current(), clock.instant());
        }
        GroundTruth window = await(cluster.mesh().truth()).since(before);

        Map<Ends, Edge> scraped = graph(ask(scrape, clock.instant()), inventory);
        Map<Ends, Edge> queried =
            graph(askRealPrometheus(record.finish(), clock.instant()), inventory);

        compare("direct scrape", window, scraped);
        compare("Prometheus", window, queried);
        compare(scraped, queried);
      }
    }
  }

  /** A busy machine may miss a scrape, which then is no witness of the window's end. */
  private static void awaitFullRound(CountedTargets targets, ScrapeTelemetry scrape)
      throws InterruptedException {
    Map<String, String> facts;
    do {
      targets.awaitRound();
      facts = scrape.status().facts();
    } while (!Objects.equals(facts.get("up"), facts.get("targets")));
  }

  /** Through the server's own query engine and our own queries. */
  private Samples askRealPrometheus(Path scrapes, Instant at) throws Exception {
    RealPrometheus.load(folder, scrapes);
    String configuration = "global: {scrape_interval: %ds}\n".formatted(STEP.toSeconds());
    try (var prometheus = RealPrometheus.start(folder, configuration);
        var telemetry =
            new PrometheusTelemetry(
                vertx,
                PrometheusSettings.of(prometheus.url()).withTimeout(Duration.ofSeconds(30)),
                Clock.systemUTC())) {
      return ask(telemetry, at);
    }
  }

  private static Samples ask(TelemetrySource source, Instant at) throws Exception {
    Samples samples = await(source.samples(new SampleQuery(Set.of(), WINDOW, at)));
    assertThat(samples.complete()).as("%s", samples.warnings()).isTrue();
    assertThat(samples.window()).isEqualTo(WINDOW);
    return samples;
  }

  private static Map<Ends, Edge> graph(Samples samples, KubernetesInventory inventory) {
    return ExpectedEdges.in(TrafficGraphs.of(samples, inventory.current(), GraphOptions.DEFAULT));
  }

  private void compare(String source, GroundTruth window, Map<Ends, Edge> found) {
    Map<Ends, Traffic> expected = ExpectedEdges.of(window, cluster.mesh().model());
    assertThat(found.keySet()).as(source).isEqualTo(expected.keySet());
    assertThat(expected).hasSizeGreaterThan(30);

    var wrong = new ArrayList<String>();
    List<Double> bounds = cluster.mesh().model().metrics().durationBounds();
    expected.forEach((ends, traffic) -> {
      Edge edge = found.get(ends);
      if (edge != null) {
        wrong.addAll(differences(ends, traffic, edge, bounds));
      }
    });
    assertThat(wrong).as(source).isEmpty();
  }

  /** The same scrapes give the same numbers, to the last digits that floating point keeps. */
  private static void compare(Map<Ends, Edge> scraped, Map<Ends, Edge> queried) {
    scraped.forEach((ends, edge) -> {
      Edge other = Objects.requireNonNull(queried.get(ends));
      assertThat(other.rates().total())
          .as("rate of %s", ends)
          .isCloseTo(edge.rates().total(), Percentage.withPercentage(1e-6));
      assertThat(other.rates().percentErr())
          .as("errors of %s", ends)
          .isCloseTo(edge.rates().percentErr(), Offset.offset(1e-6));
      Double p95 = edge.responseTime() == null ? null : edge.responseTime().p95();
      Double otherP95 = other.responseTime() == null ? null : other.responseTime().p95();
      if (p95 == null || otherP95 == null) {
        assertThat(otherP95).as("p95 of %s", ends).isEqualTo(p95);
      } else {
        assertThat(otherP95).as("p95 of %s", ends).isCloseTo(p95, Offset.offset(1e-3));
      }
    });
  }

  private static List<String> differences(
      Ends ends, Traffic traffic, Edge edge, List<Double> bounds) {
    var wrong = new ArrayList<String>();
    double amount = edge.rates().total() * WINDOW.toSeconds();
    double off = Math.abs(amount - traffic.amount());
    if (off > COUNT_SHARE * traffic.amount() && off > COUNT_REQUESTS) {
      wrong.add("%s: %.1f, really %d".formatted(ends, amount, traffic.amount()));
    }
    if (ends.protocol() == Protocol.TCP) {
      return wrong;
    }
    double percent = 100.0 * traffic.errors() / traffic.amount();
    // One request of few is more than a point.
    double points = Math.max(ERROR_POINTS, 100.0 / traffic.amount());
    if (Math.abs(edge.rates().percentErr() - percent) > points) {
      wrong.add(
          "%s: %.2f %% errors, really %.2f %%".formatted(ends, edge.rates().percentErr(), percent));
    }
    Double p95 = edge.responseTime() == null ? null : edge.responseTime().p95();
    if (traffic.durations().size() == 1) {
      double really = traffic.durations().getFirst().quantileMillis(0.95);
      if (p95 == null) {
        wrong.add("%s: no p95, really %.1f ms".formatted(ends, really));
      } else if (Math.abs(bucket(bounds, p95) - bucket(bounds, really)) > 1) {
        wrong.add("%s: p95 %.1f ms, really %.1f ms".formatted(ends, p95, really));
      }
    }
    return wrong;
  }

  private static int bucket(List<Double> bounds, double millis) {
    int index = 0;
    while (index < bounds.size() && millis > bounds.get(index)) {
      index++;
    }
    return index;
  }
}
