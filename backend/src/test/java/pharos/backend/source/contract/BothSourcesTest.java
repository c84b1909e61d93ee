package pharos.backend.source.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.vertx.core.Vertx;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.assertj.core.data.Offset;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pharos.backend.demo.DemoMesh;
import pharos.backend.demo.DemoOptions;
import pharos.backend.source.prometheus.PrometheusSettings;
import pharos.backend.source.prometheus.PrometheusTelemetry;
import pharos.backend.source.scrape.ScrapeSettings;
import pharos.backend.source.scrape.ScrapeTarget;
import pharos.backend.source.scrape.ScrapeTargets;
import pharos.backend.source.scrape.ScrapeTelemetry;
import pharos.backend.traffic.TelemetrySource;
import pharos.backend.traffic.TelemetrySource.SampleQuery;
import pharos.graph.Edge;
import pharos.graph.GraphKind;
import pharos.graph.GraphOptions;
import pharos.graph.build.TrafficGraphs;
import pharos.graph.sample.Inventory;
import pharos.graph.sample.LatencySample;
import pharos.graph.sample.RequestSample;
import pharos.graph.sample.Samples;
import pharos.graph.sample.VolumeSample;

/**
 * The promise of the port: a real Prometheus and our own scrapes, watching the same proxies, give
 * the same samples and the same graph. The mesh moves in steps between scrapes and rests at both
 * ends of the window, so both see the same increases; what is left is the position of the scrapes
 * within the window.
 */
@Tag("slow")
final class BothSourcesTest {
  private static final Duration WINDOW = Duration.ofSeconds(40);
  private static final double SCRAPE_ERROR_PERCENT = 8;

  private final Vertx vertx = Vertx.vertx();
  @TempDir private Path folder;

  private static List<ScrapeTarget> targets(DemoMesh mesh) {
    var targets = new ArrayList<ScrapeTarget>();
    for (var object : mesh.objects()) {
      if (object instanceof Pod pod
          && pod.getMetadata().getAnnotations().containsKey("prometheus.io/scrape")) {
        Map<String, String> annotations = pod.getMetadata().getAnnotations();
        targets.add(
            new ScrapeTarget(
                pod.getMetadata().getNamespace(),
                pod.getMetadata().getName(),
                pod.getMetadata().getLabels().getOrDefault("app", ""),
                URI.create(
                    "http://%s:%s%s"
                        .formatted(
                            pod.getStatus().getPodIP(),
                            annotations.get("prometheus.io/port"),
                            annotations.get("prometheus.io/path")))));
      }
    }
    return targets;
  }

  private static String configuration(List<ScrapeTarget> targets) {
    var text =
        new StringBuilder(
            """
            global: {scrape_interval: 1s, scrape_timeout: 1s}
            scrape_configs:
              - job_name: mesh
                metrics_path: %s
                static_configs:
            """
                .formatted(targets.getFirst().url().getPath()));
    for (ScrapeTarget target : targets) {
      text.append(
          "      - {targets: [\"%s\"], labels: {app: \"%s\", pod: \"%s\"}}\n"
              .formatted(target.url().getAuthority(), target.app(), target.pod()));
    }
    return text.toString();
  }

  private record Fixed(List<ScrapeTarget> current) implements ScrapeTargets {
    @Override
    public void onChange(Runnable listener) {
      // never changes
    }
  }

  private static Samples ask(TelemetrySource source, Instant at) throws Exception {
    return source.samples(new SampleQuery(Set.of(), WINDOW, at)).await(30, TimeUnit.SECONDS);
  }

  @Test
  void samplesAndGraphs_sameTraffic_areTheSame() throws Exception {
    var mesh = new DemoMesh(vertx, DemoOptions.stepped(7));
    mesh.start().await(20, TimeUnit.SECONDS);
    mesh.step(Duration.ofMinutes(5)).await(60, TimeUnit.SECONDS); // most series are born
    List<ScrapeTarget> targets = targets(mesh);
    try (var prometheus = RealPrometheus.start(folder, configuration(targets));
        var scrape =
            new ScrapeTelemetry(
                vertx,
                ScrapeSettings.DEFAULT.withInterval(Duration.ofSeconds(1)),
                new Fixed(targets),
                Clock.systemUTC());
        var queries =
            new PrometheusTelemetry(
                vertx,
                PrometheusSettings.of(prometheus.url()).withTimeout(Duration.ofSeconds(20)),
                Clock.systemUTC())) {
      scrape.start();
      Instant begin = Instant.now();
      passUntil(begin.plusSeconds(6));
      while (Instant.now().isBefore(begin.plus(WINDOW))) {
        mesh.step(Duration.ofSeconds(10)).await(20, TimeUnit.SECONDS);
        passUntil(Instant.now().plusSeconds(2));
      }
      passUntil(begin.plus(WINDOW).plusSeconds(4));
      Instant at = begin.plus(WINDOW).plusSeconds(3);

      Samples ours = ask(scrape, at);
      Samples theirs = ask(queries, at);

      compareSamples(ours, theirs);
      compareGraphs(ours, theirs);
    } finally {
      mesh.close().await(10, TimeUnit.SECONDS);
      vertx.close().await(10, TimeUnit.SECONDS);
    }
  }

  /** Rates need time to pass; there is nothing to wait for but the clock. */
  private static void passUntil(Instant moment) {
    while (Instant.now().isBefore(moment)) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
  }

  private static void compareSamples(Samples ours, Samples theirs) {
    assertThat(ours.complete()).as("%s", ours.warnings()).isTrue();
    assertThat(theirs.complete()).as("%s", theirs.warnings()).isTrue();
    assertThat(ours.requests()).hasSizeGreaterThan(30);
    same(
        "requests",
        ours.requests(),
        theirs.requests(),
        r ->
            List.of(
                r.reporter(),
                r.call(),
                r.protocol(),
                r.responseCode(),
                r.grpcStatus(),
                r.responseFlags(),
                r.connectionSecurity(),
                r.sourcePrincipal(),
                r.destinationPrincipal()),
        RequestSample::perSecond);
    same(
        "duration counts",
        ours.latencies(),
        theirs.latencies(),
        l -> List.of(l.reporter(), l.call(), l.protocol(), l.upperBoundsMillis().length),
        LatencySample::countPerSecond);
    same(
        "duration sums",
        ours.latencies(),
        theirs.latencies(),
        l -> List.of(l.reporter(), l.call(), l.protocol()),
        LatencySample::sumPerSecond);
    same(
        "volumes",
        ours.volumes(),
        theirs.volumes(),
        v ->
            List.of(
                v.reporter(),
                v.call(),
                v.protocol(),
                v.volume(),
                v.connectionSecurity(),
                v.responseFlags()),
        VolumeSample::perSecond);
  }

  private static <T> void same(
      String what,
      List<T> ours,
      List<T> theirs,
      Function<T, Object> key,
      ToDoubleFunction<T> rate) {
    Map<Object, Double> left = new HashMap<>();
    ours.forEach(sample -> left.put(key.apply(sample), rate.applyAsDouble(sample)));
    Map<Object, Double> right = new HashMap<>();
    theirs.forEach(sample -> right.put(key.apply(sample), rate.applyAsDouble(sample)));
    assertThat(left.keySet()).as(what).isEqualTo(right.keySet());
    left.forEach((series, perSecond) ->
        assertThat(perSecond)
            .as("%s of %s", what, series)
            .satisfiesAnyOf(
                value ->
                    assertThat(value)
                        .isCloseTo(
                            right.get(series), Percentage.withPercentage(SCRAPE_ERROR_PERCENT)),
                // a series born in the window: its first scrape is no increase
                value ->
                    assertThat(value)
                        .isCloseTo(right.get(series), Offset.offset(4.0 / WINDOW.toSeconds()))));
  }

  private static void compareGraphs(Samples ours, Samples theirs) {
    for (GraphKind kind : GraphKind.values()) {
      var options = GraphOptions.DEFAULT.withKind(kind);
      Set<Object> left =
          TrafficGraphs.of(ours, Inventory.unknown(), options).edges().stream()
              .map(Edge::key)
              .collect(Collectors.toSet());
      Set<Object> right =
          TrafficGraphs.of(theirs, Inventory.unknown(), options).edges().stream()
              .map(Edge::key)
              .collect(Collectors.toSet());
      assertThat(left).as("%s graph", kind).isEqualTo(right);
    }
  }
}
