package pharos.backend.http;

import io.prometheus.client.Collector;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import io.prometheus.client.Gauge;
import io.prometheus.client.Histogram;
import io.prometheus.client.exporter.common.TextFormat;
import io.prometheus.client.hotspot.DefaultExports;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import pharos.backend.traffic.SourceStatus;
import pharos.backend.traffic.Sources;
import pharos.backend.traffic.Traffic;
import pharos.backend.traffic.TrafficProbe;

/**
 * What Pharos says of itself at {@code /metrics}. Labels are templates, never what a client sent.
 */
public final class HttpMetrics implements TrafficProbe {
  private final CollectorRegistry registry;
  private final Histogram requests;
  private final Counter frames;
  private final Histogram builds;
  private final Counter skipped;
  private final Counter cut;
  private final Counter streamed;

  /** Registers its collectors, and those of the JVM, in {@code registry}. */
  public HttpMetrics(CollectorRegistry registry) {
    this.registry = registry;
    this.requests =
        Histogram.build("pharos_http_request_duration_seconds", "Time to answer, by route.")
            .labelNames("method", "route", "status")
            .buckets(0.005, 0.025, 0.1, 0.5, 2.5, 10)
            .register(registry);
    this.frames =
        Counter.build("pharos_graph_frames_total", "Frames of live views.").register(registry);
    this.builds =
        Histogram.build("pharos_graph_build_seconds", "Time to build one graph.")
            .buckets(0.001, 0.005, 0.025, 0.1, 0.5, 2.5)
            .register(registry);
    this.skipped =
        Counter.build("pharos_stream_frames_skipped_total", "Frames that slow readers missed.")
            .register(registry);
    this.cut =
        Counter.build("pharos_stream_readers_cut_total", "Readers that took nothing for too long.")
            .register(registry);
    this.streamed =
        Counter.build("pharos_stream_bytes_total", "Bytes of events written, before compression.")
            .register(registry);
    DefaultExports.register(registry);
  }

  /** Adds what is read off the feature when somebody asks. */
  public void observe(Traffic traffic) {
    gauge("pharos_stream_viewers", "Open event streams.", () -> traffic.live().viewers());
    gauge("pharos_graph_views", "Distinct live views.", () -> traffic.live().views());
    new SourceCollector(traffic.sources()).register(registry);
  }

  /** A value that is read when somebody asks, for example the length of a queue. */
  public void gauge(String name, String help, Supplier<? extends Number> value) {
    Gauge gauge = Gauge.build(name, help).create();
    gauge.setChild(
        new Gauge.Child() {
          @Override
          public double get() {
            return value.get().doubleValue();
          }
        });
    gauge.register(registry);
  }

  void request(String method, String route, int status, double seconds) {
    requests.labels(method, route, Integer.toString(status)).observe(seconds);
  }

  void skipped(long count) {
    skipped.inc((double) count);
  }

  void cut() {
    cut.inc();
  }

  void streamed(int bytes) {
    streamed.inc(bytes);
  }

  @Override
  public void frame() {
    frames.inc();
  }

  @Override
  public <T> T timed(Supplier<T> build) {
    try (Histogram.Timer _ = builds.startTimer()) {
      return build.get();
    }
  }

  /** Prometheus' text format 0.0.4. */
  String text() {
    StringWriter writer = new StringWriter();
    try {
      TextFormat.write004(writer, registry.metricFamilySamples());
    } catch (IOException e) {
      throw new UncheckedIOException("writing into memory", e);
    }
    return writer.toString();
  }

  /** Age and state of each source. */
  private static final class SourceCollector extends Collector {
    private final Sources sources;

    SourceCollector(Sources sources) {
      this.sources = sources;
    }

    @Override
    public List<MetricFamilySamples> collect() {
      List<MetricFamilySamples.Sample> ages = new ArrayList<>();
      List<MetricFamilySamples.Sample> states = new ArrayList<>();
      Instant now = Instant.now();
      for (SourceStatus source : sources.all()) {
        Instant observedAt = source.observedAt();
        if (observedAt != null) {
          ages.add(
              new MetricFamilySamples.Sample(
                  "pharos_source_age_seconds",
                  List.of("source"),
                  List.of(source.name()),
                  Duration.between(observedAt, now).toMillis() / 1000.0));
        }
        for (SourceStatus.State state : SourceStatus.State.values()) {
          states.add(
              new MetricFamilySamples.Sample(
                  "pharos_source_state",
                  List.of("source", "state"),
                  List.of(source.name(), state.name().toLowerCase(Locale.ROOT)),
                  state == source.state() ? 1 : 0));
        }
      }
      return List.of(
          new MetricFamilySamples(
              "pharos_source_age_seconds", Type.GAUGE, "Age of the newest data.", ages),
          new MetricFamilySamples(
              "pharos_source_state", Type.GAUGE, "1 for the present state.", states));
    }
  }
}
