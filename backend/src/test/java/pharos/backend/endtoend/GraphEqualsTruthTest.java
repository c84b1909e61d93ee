package pharos.backend.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import pharos.backend.demo.DemoCluster;
import pharos.backend.demo.DemoOptions;
import pharos.backend.demo.apiserver.ApiServer;
import pharos.backend.demo.simulation.GroundTruth;
import pharos.backend.endtoend.ExpectedEdges.Ends;
import pharos.backend.endtoend.ExpectedEdges.Traffic;
import pharos.backend.source.kubernetes.KubernetesClients;
import pharos.backend.source.kubernetes.KubernetesInventory;
import pharos.backend.source.kubernetes.KubernetesSettings;
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
 * graphs. Mesh and clock are moved together in steps, with a scrape after each, so the window's
 * ends are scrapes and no traffic lies between a scrape and an end.
 */
@Tag("slow")
@Timeout(180)
final class GraphEqualsTruthTest {
  private static final Duration STEP = Duration.ofSeconds(20);
  private static final Duration WINDOW = Duration.ofMinutes(5);

  private static final double COUNT_SHARE = 0.02;
  private static final double COUNT_REQUESTS = 3;
  private static final double ERROR_POINTS = 1;

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
  void directScrape_everyEdge_isWhatHappened() throws Exception {
    var clock = new SteppedClock(Instant.parse("2026-03-01T12:00:00Z"));
    try (var client = KubernetesClients.forUrl(apiServer);
        var inventory =
            new KubernetesInventory(client, KubernetesSettings.DEFAULT, Clock.systemUTC())) {
      inventory.start();
      Await.until("the pods", () -> inventory.scrapeTargets().current().size() > 30);
      var targets = new CountedTargets(inventory.scrapeTargets());
      try (var scrape =
          new ScrapeTelemetry(
              vertx, ScrapeSettings.DEFAULT.withInterval(Duration.ofMillis(800)), targets, clock)) {
        scrape.start();
        awaitFullRound(targets, scrape);
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
        }
        GroundTruth window = await(cluster.mesh().truth()).since(before);

        Samples samples = ask(scrape, clock.instant());
        compare(window, samples, inventory);
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

  private static Samples ask(TelemetrySource source, Instant at) throws Exception {
    Samples samples = await(source.samples(new SampleQuery(Set.of(), WINDOW, at)));
    assertThat(samples.complete()).as("%s", samples.warnings()).isTrue();
    assertThat(samples.window()).isEqualTo(WINDOW);
    return samples;
  }

  private void compare(GroundTruth window, Samples samples, KubernetesInventory inventory) {
    Map<Ends, Traffic> expected = ExpectedEdges.of(window, cluster.mesh().model());
    Map<Ends, Edge> found =
        ExpectedEdges.in(TrafficGraphs.of(samples, inventory.current(), GraphOptions.DEFAULT));
    assertThat(found.keySet()).isEqualTo(expected.keySet());
    assertThat(expected).hasSizeGreaterThan(30);

    var wrong = new ArrayList<String>();
    List<Double> bounds = cluster.mesh().model().metrics().durationBounds();
    expected.forEach((ends, traffic) -> {
      Edge edge = found.get(ends);
      if (edge != null) {
        wrong.addAll(differences(ends, traffic, edge, bounds));
      }
    });
    assertThat(wrong).isEmpty();
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
