package pharos.backend;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.prometheus.client.CollectorRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pharos.backend.CommandLine.Mode;
import pharos.backend.change.Access;
import pharos.backend.change.ChangeSettings;
import pharos.backend.change.Changes;
import pharos.backend.config.ConfigSource;
import pharos.backend.config.LiveConfig;
import pharos.backend.demo.DemoCluster;
import pharos.backend.demo.DemoOptions;
import pharos.backend.demo.apiserver.ApiServer;
import pharos.backend.http.EventEncoding;
import pharos.backend.http.HttpMetrics;
import pharos.backend.http.HttpSettings;
import pharos.backend.http.StatusFacts;
import pharos.backend.http.TraceIntake;
import pharos.backend.http.WebServer;
import pharos.backend.settings.Keys;
import pharos.backend.settings.Settings;
import pharos.backend.source.kubernetes.KubernetesClients;
import pharos.backend.source.kubernetes.KubernetesInventory;
import pharos.backend.source.kubernetes.KubernetesSettings;
import pharos.backend.source.kubernetes.KubernetesWriter;
import pharos.backend.source.otlp.IntakeLimits;
import pharos.backend.source.otlp.SpanIntake;
import pharos.backend.source.prometheus.PrometheusSettings;
import pharos.backend.source.prometheus.PrometheusTelemetry;
import pharos.backend.source.scrape.ScrapeSettings;
import pharos.backend.source.scrape.ScrapeTargets;
import pharos.backend.source.scrape.ScrapeTelemetry;
import pharos.backend.traces.PodOwners;
import pharos.backend.traces.RecorderLimits;
import pharos.backend.traces.TraceRecorder;
import pharos.backend.traces.Traces;
import pharos.backend.traffic.MeshInventory;
import pharos.backend.traffic.SourceStatus;
import pharos.backend.traffic.Sources;
import pharos.backend.traffic.TelemetrySource;
import pharos.backend.traffic.Traffic;
import pharos.backend.traffic.TrafficSettings;

/** Connects everything, by hand. Read {@link #start} to see what talks to what. */
final class Wiring implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Wiring.class);

  private static final Duration START_LIMIT = Duration.ofMinutes(2);
  private static final Duration WRITE_LIMIT = Duration.ofSeconds(10);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(5);

  private final Mode mode;
  private final Settings settings;
  private final Clock clock = Clock.systemUTC();
  private final Vertx vertx;

  /** What to stop, the newest first. */
  private final Deque<Step> started = new ArrayDeque<>();

  private boolean closed;

  Wiring(Mode mode, Settings settings) {
    this.mode = mode;
    this.settings = settings;
    this.vertx = SelfTracing.vertx(settings);
    stopLater("event loops", () -> wait(vertx.close(), STOP_LIMIT));
  }

  /**
   * Starts everything, in the order of need.
   *
   * @return the address of the dashboard
   * @throws StartFailed when something that cannot be done without did not start
   */
  String start() {
    Instant startedAt = clock.instant();
    int port = port();
    // PostgreSQL takes the longest, so it starts beside the rest.
    CompletableFuture<Storage> opening =
        CompletableFuture.supplyAsync(
            () -> {
              Storage storage = Storage.open(vertx, settings, clock);
              stopLater("store", storage::close);
              return storage;
            },
            Executors.newVirtualThreadPerTaskExecutor());
    try {
      Optional<KubernetesClient> cluster =
          mode == Mode.DEMO ? Optional.of(demo(port)) : Cluster.client(settings, System.getenv());
      cluster.ifPresent(client -> stopLater("Kubernetes client", client::close));
      Mesh mesh = mesh(cluster);
      TelemetrySource metered = telemetry(mesh.targets());
      Storage storage = wait(opening, START_LIMIT);
      TraceRecorder recorder = recorder(storage, mesh.owners());
      SpanIntake spans = new SpanIntake(vertx, IntakeLimits.DEFAULT, recorder, clock);
      TelemetrySource telemetry = new WithSpans(metered, spans, clock);

      List<Supplier<SourceStatus>> sources = new ArrayList<>();
      sources.add(telemetry::status);
      sources.add(mesh.inventory()::status);
      sources.add(storage.store()::status);
      sources.add(spans::status);
      HttpMetrics metrics = new HttpMetrics(new CollectorRegistry());
      Traffic traffic =
          new Traffic(
              vertx,
              telemetry,
              mesh.inventory(),
              storage.store().history(),
              new Sources(sources),
              new EventEncoding(),
              TrafficSettings.DEFAULT
                  .withWindow(settings.get(Keys.GRAPH_WINDOW))
                  .withRefresh(settings.get(Keys.GRAPH_REFRESH))
                  .withRecordEvery(settings.get(Keys.HISTORY_INTERVAL)),
              metrics,
              clock);
      metrics.observe(traffic);
      traffic.start();
      stopLater("traffic", traffic::close);
      LiveConfig config = new LiveConfig(mesh.config(), clock);
      config.start();
      stopLater("analysis", config::close);
      Traces traces = new Traces(vertx, storage.store().traces(), mesh.owners(), clock);
      Changes changes = cluster.map(client -> changes(client, storage)).orElse(null);
      return listen(
          port, traffic, config, mesh.configStatus(), changes, metrics, traces, spans, startedAt);
    } catch (StartFailed e) {
      opening.exceptionally(_ -> null).join(); // what was begun must be known before it is stopped
      throw e;
    }
  }

  private TraceRecorder recorder(Storage storage, PodOwners owners) {
    TraceRecorder recorder =
        new TraceRecorder(
            storage.store().traces(),
            owners,
            RecorderLimits.of(
                settings.get(Keys.TRACES_RETENTION),
                settings.get(Keys.TRACES_ACKNOWLEDGE).equals("commit")
                    ? RecorderLimits.Acknowledge.COMMIT
                    : RecorderLimits.Acknowledge.ENQUEUE));
    stopLater("recorder of traces", recorder::close);
    return recorder;
  }

  /** The demo sends its spans to us, so it has to know the port before we listen. */
  private int port() {
    int port = settings.get(Keys.HTTP_PORT);
    if (port != 0) {
      return port;
    }
    try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getByName(host()))) {
      return probe.getLocalPort();
    } catch (IOException e) {
      throw new StartFailed("no free port on %s: %s".formatted(host(), e.getMessage()), e);
    }
  }

  private String host() {
    return settings.get(Keys.HTTP_HOST);
  }

  /** A simulated mesh behind a simulated API server; from here on nobody can tell. */
  private KubernetesClient demo(int port) {
    DemoCluster demo =
        new DemoCluster(
            vertx,
            DemoOptions.live(
                settings.get(Keys.DEMO_SEED),
                settings.get(Keys.DEMO_SERVICES),
                settings.get(Keys.DEMO_RATE),
                URI.create("http://127.0.0.1:" + port + "/v1/traces")),
            clock,
            ApiServer.Options.DEFAULT);
    String url = wait(demo.start(), START_LIMIT);
    stopLater("demo mesh", () -> wait(demo.close(), STOP_LIMIT));
    return KubernetesClients.forUrl(url);
  }

  private Mesh mesh(Optional<KubernetesClient> cluster) {
    if (cluster.isEmpty()) {
      if (settings.get(Keys.PROMETHEUS_URL).isEmpty()) {
        throw new StartFailed(
            "no mesh to show: give --kubeconfig or run in a pod, and --prometheus where the proxies"
                + " cannot be reached; or try: pharos demo");
      }
      log.warn("no cluster is configured; graphs are built from telemetry alone");
      NoCluster none = new NoCluster(clock.instant());
      return new Mesh(
          none, new NoTargets(), none.config(), none::status, (_, _) -> Optional.empty());
    }
    KubernetesInventory inventory =
        new KubernetesInventory(
            cluster.get(),
            KubernetesSettings.DEFAULT.withCluster(settings.get(Keys.KUBERNETES_CLUSTER_NAME)),
            clock);
    inventory.start();
    stopLater("watches", inventory::close);
    return new Mesh(
        inventory,
        inventory.scrapeTargets(),
        inventory.config(),
        inventory.config()::status,
        (namespace, pod) ->
            inventory
                .pods()
                .named(namespace, pod)
                .map(found -> new PodOwners.Owner(found.workload(), found.version())));
  }

  private Changes changes(KubernetesClient client, Storage storage) {
    Changes changes =
        new Changes(
            new KubernetesWriter(client, WRITE_LIMIT),
            storage.store().journal(),
            ChangeSettings.DEFAULT,
            clock);
    if (access().edit()) {
      changes.start();
    }
    stopLater("changes", changes::close);
    return changes;
  }

  /** Who our users are. Where we cannot tell, nobody changes anything. */
  private Access access() {
    String kind = mode == Mode.DEMO ? "demo" : "workstation";
    if (settings.get(Keys.ACCESS_VIEW_ONLY)) {
      return Access.viewer(kind, kind, "This process is view-only (access.viewOnly).");
    }
    return HttpSettings.on(host(), 0).loopback()
        ? Access.editor(kind, kind)
        : Access.viewer(
            "anonymous",
            "anonymous",
            "This process listens on an address that others can reach, and cannot tell who asks.");
  }

  private TelemetrySource telemetry(ScrapeTargets targets) {
    Optional<URI> url = settings.get(Keys.PROMETHEUS_URL);
    if (url.isPresent()) {
      try {
        PrometheusTelemetry prometheus =
            new PrometheusTelemetry(
                vertx,
                PrometheusSettings.of(url.get()).withTimeout(settings.get(Keys.PROMETHEUS_TIMEOUT)),
                clock);
        stopLater("telemetry", prometheus::close);
        return prometheus;
      } catch (IllegalArgumentException e) {
        throw new StartFailed("prometheus.url: " + e.getMessage(), e);
      }
    }
    ScrapeSettings scraping = ScrapeSettings.DEFAULT;
    if (settings.isSet(Keys.SCRAPE_INTERVAL)) {
      scraping = scraping.withInterval(settings.get(Keys.SCRAPE_INTERVAL));
    }
    ScrapeTelemetry scrape = new ScrapeTelemetry(vertx, scraping, targets, clock);
    scrape.start();
    stopLater("telemetry", scrape::close);
    return scrape;
  }

  private String listen(
      int port,
      Traffic traffic,
      LiveConfig config,
      Supplier<SourceStatus> configStatus,
      @Nullable Changes changes,
      HttpMetrics metrics,
      Traces traces,
      SpanIntake spans,
      Instant startedAt) {
    TraceIntake intake =
        (format, body, type, encoding) ->
            (switch (format) {
                  case OTLP -> spans.accept(body, type, encoding);
                  case ZIPKIN -> spans.acceptZipkin(body, type, encoding);
                })
                .map(answer ->
                    new TraceIntake.Reply(
                        answer.status(),
                        answer.contentType(),
                        answer.body(),
                        answer.retryAfterSeconds() == 0 ? null : answer.retryAfterSeconds()));
    WebServer server =
        new WebServer(
            vertx,
            HttpSettings.on(host(), port),
            traffic,
            config,
            configStatus,
            changes,
            access(),
            new StatusFacts(
                Build.version(),
                mode == Mode.DEMO,
                startedAt,
                settings.get(Keys.KUBERNETES_CLUSTER_NAME)),
            traces,
            metrics,
            intake,
            clock);
    stopLater("web server", () -> wait(server.close(), STOP_LIMIT));
    int listening = wait(server.listen(), START_LIMIT);
    String name = host().contains(":") ? "[" + host() + "]" : host();
    return "http://%s:%d/".formatted(name, listening);
  }

  private synchronized void stopLater(String name, Runnable stop) {
    started.push(new Step(name, stop));
  }

  /** Stops everything in reverse order. Bounded; safe to call twice. */
  @Override
  public void close() {
    List<Step> steps;
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      steps = new ArrayList<>(started);
    }
    for (Step step : steps) {
      try {
        step.stop().run();
      } catch (RuntimeException e) {
        log.warn("the {} did not stop cleanly: {}", step.name(), e.getMessage());
      }
    }
  }

  private <T> T wait(Future<T> future, Duration limit) {
    return wait(future.toCompletionStage().toCompletableFuture(), limit);
  }

  private <T> T wait(CompletableFuture<T> future, Duration limit) {
    try {
      return future.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case StartFailed failed -> throw failed;
        case BindException bind ->
            throw new StartFailed(
                "port %d of %s is not free (%s); choose another one with --port"
                    .formatted(settings.get(Keys.HTTP_PORT), host(), bind.getMessage()),
                bind);
        case null, default -> throw new StartFailed("could not start: " + e.getCause(), e);
      }
    } catch (TimeoutException e) {
      throw new StartFailed("not done after " + limit.toSeconds() + " s", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StartFailed("interrupted", e);
    }
  }

  private record Step(String name, Runnable stop) {}

  private record Mesh(
      MeshInventory inventory,
      ScrapeTargets targets,
      ConfigSource config,
      Supplier<SourceStatus> configStatus,
      PodOwners owners) {}

  /** Without a cluster nobody knows where proxies are. */
  private static final class NoTargets implements ScrapeTargets {
    @Override
    public List<pharos.backend.source.scrape.ScrapeTarget> current() {
      return List.of();
    }

    @Override
    public void onChange(Runnable listener) {
      // It never changes.
    }
  }
}
