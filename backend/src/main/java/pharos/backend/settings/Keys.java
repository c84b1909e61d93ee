package pharos.backend.settings;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Every key of the configuration, in the order of the reference. */
public final class Keys {
  private static final List<Setting<?>> REGISTER = new ArrayList<>();

  public static final Setting<String> HTTP_HOST =
      key(
          "http.host",
          Kind.text("host name or address"),
          "127.0.0.1",
          "Address to listen on. Anything but a loopback address shows the mesh to the network.");

  public static final Setting<Integer> HTTP_PORT =
      key("http.port", Kind.integer(0, 65535), 8090, "Port to listen on; 0 takes a free one.");

  public static final Setting<Boolean> ACCESS_VIEW_ONLY =
      key(
          "access.viewOnly",
          Kind.yesNo(),
          false,
          "Nobody changes the cluster through this process. On an address that is not loopback that"
              + " is always so, since it cannot tell who asks.");

  public static final Setting<Path> DATA_DIR =
      key(
          "data.dir",
          Kind.path(),
          Path.of("~/.local/share/pharos"),
          "Folder for the embedded PostgreSQL and its password. A relative path is relative to the"
              + " working directory; a leading ~ is the home directory. The demo uses the folder"
              + " `demo` below the default.");

  public static final Setting<Optional<URI>> DATABASE_URL =
      secret(
          "database.url",
          Kind.optional(Kind.url("postgresql", "postgres")),
          Optional.empty(),
          "A PostgreSQL server, 15 or newer: `postgresql://user@host:5432/name`. Empty: an embedded"
              + " one in the data folder.");

  public static final Setting<Optional<Path>> DATABASE_PASSWORD_FILE =
      key(
          "database.passwordFile",
          Kind.optional(Kind.path()),
          Optional.empty(),
          "File that holds the password for `database.url`; read at start.");

  public static final Setting<String> DATABASE_TLS =
      key(
          "database.tls",
          Kind.choice("disable", "prefer", "require", "verify-full"),
          "prefer",
          "As libpq's `sslmode`. Only `verify-full` proves that the server is the right one.");

  public static final Setting<Integer> DATABASE_POOL_SIZE =
      key(
          "database.poolSize",
          Kind.integer(1, 100),
          6,
          "Connections to PostgreSQL at the same time.");

  public static final Setting<Integer> DATABASE_QUEUE =
      key(
          "database.queue",
          Kind.integer(1, 10_000),
          100,
          "Statements that may wait for a connection; more are refused at once.");

  public static final Setting<Duration> DATABASE_TIMEOUT =
      key(
          "database.timeout",
          Kind.duration(Duration.ofMillis(100), Duration.ofMinutes(2)),
          Duration.ofSeconds(10),
          "Longest wait for a connection, and for one statement.");

  public static final Setting<Duration> HISTORY_INTERVAL =
      key(
          "history.interval",
          Kind.duration(Duration.ofSeconds(1), Duration.ofMinutes(10)),
          Duration.ofSeconds(10),
          "Time between two stored frames of the mesh.");

  public static final Setting<Duration> HISTORY_FINE_RETENTION =
      key(
          "history.fineRetention",
          Kind.duration(Duration.ofHours(1), Duration.ofDays(90)),
          Duration.ofHours(24),
          "How long every frame is kept.");

  public static final Setting<Duration> HISTORY_RETENTION =
      key(
          "history.retention",
          Kind.duration(Duration.ofHours(1), Duration.ofDays(3650)),
          Duration.ofDays(7),
          "How long one frame per minute is kept. At least `history.fineRetention`.");

  public static final Setting<Long> HISTORY_MAX_SIZE =
      key(
          "history.maxSize",
          Kind.bytes(16L << 20, 1L << 40),
          2L << 30,
          "Space that frames may take in PostgreSQL; the oldest hours go first.");

  public static final Setting<Optional<Path>> KUBERNETES_KUBECONFIG =
      key(
          "kubernetes.kubeconfig",
          Kind.optional(Kind.path()),
          Optional.empty(),
          "A kubeconfig file. Empty: `$KUBECONFIG`, then `~/.kube/config`, then the service account"
              + " of the pod.");

  public static final Setting<Optional<String>> KUBERNETES_CONTEXT =
      key(
          "kubernetes.context",
          Kind.optional(Kind.text("name of a context")),
          Optional.empty(),
          "Context of the kubeconfig. Empty: its current context.");

  public static final Setting<String> KUBERNETES_CLUSTER_NAME =
      key(
          "kubernetes.clusterName",
          Kind.text("name"),
          "Kubernetes",
          "Istio's name of the cluster (`clusterName` of the installation), as in the label"
              + " `source_cluster`.");

  public static final Setting<Optional<URI>> PROMETHEUS_URL =
      key(
          "prometheus.url",
          Kind.optional(Kind.url("http", "https")),
          Optional.empty(),
          "Prometheus, or anything with its HTTP API (Thanos, Mimir, VictoriaMetrics). Empty: the"
              + " proxies are scraped directly.");

  public static final Setting<Duration> PROMETHEUS_TIMEOUT =
      key(
          "prometheus.timeout",
          Kind.duration(Duration.ofMillis(100), Duration.ofMinutes(2)),
          Duration.ofSeconds(10),
          "Longest wait for one query.");

  public static final Setting<Duration> SCRAPE_INTERVAL =
      key(
          "scrape.interval",
          Kind.duration(Duration.ofSeconds(1), Duration.ofMinutes(5)),
          Duration.ofSeconds(5),
          "Time between two scrapes of one proxy, where there is no Prometheus.");

  public static final Setting<Duration> SCRAPE_TIMEOUT =
      key(
          "scrape.timeout",
          Kind.duration(Duration.ofMillis(100), Duration.ofMinutes(1)),
          Duration.ofSeconds(4),
          "Longest wait for one proxy's metrics.");

  public static final Setting<Duration> GRAPH_WINDOW =
      key(
          "graph.window",
          Kind.duration(Duration.ofSeconds(10), Duration.ofDays(1)),
          Duration.ofMinutes(1),
          "Window of rates where a viewer asks for none.");

  public static final Setting<Duration> GRAPH_REFRESH =
      key(
          "graph.refresh",
          Kind.duration(Duration.ofSeconds(1), Duration.ofMinutes(5)),
          Duration.ofSeconds(5),
          "Time between two frames of the live graph.");

  public static final Setting<Integer> DEMO_SERVICES =
      key(
          "demo.services",
          Kind.integer(0, 5000),
          0,
          "Services of a generated mesh beside the demo's own; 0 generates none.");

  public static final Setting<Long> DEMO_SEED =
      key("demo.seed", Kind.number(), 1L, "Same seed, same demo mesh.");

  public static final Setting<Double> DEMO_RATE =
      key(
          "demo.rate",
          Kind.decimal(0.01, 100),
          1.0,
          "Factor on the demo's traffic: 2 is twice as many requests.");

  public static final Setting<Duration> TRACES_RETENTION =
      key(
          "traces.retention",
          Kind.duration(Duration.ofHours(1), Duration.ofDays(7)),
          Duration.ofDays(3),
          "How long received spans are kept; older ones are not taken.");

  public static final Setting<Long> TRACES_MAX_SIZE =
      key(
          "traces.maxSize",
          Kind.bytes(16L << 20, 1L << 44),
          4L << 30,
          "Space that spans may take in PostgreSQL; the oldest hours go first.");

  public static final Setting<String> TRACES_ACKNOWLEDGE =
      key(
          "traces.acknowledge",
          Kind.choice("commit", "enqueue"),
          "commit",
          "When a sender of spans is told that they are taken: when they are stored, or when they"
              + " wait in memory, which is faster and may lose what waits.");

  public static final Setting<Optional<URI>> TRACING_ENDPOINT =
      key(
          "tracing.endpoint",
          Kind.optional(Kind.url("http", "https")),
          Optional.empty(),
          "Where Pharos sends spans of its own work: an OTLP/HTTP receiver, for example"
              + " `http://localhost:4318/v1/traces`. Empty: no tracing.");

  public static final Setting<Double> TRACING_SHARE =
      key(
          "tracing.share",
          Kind.decimal(0, 1),
          0.1,
          "Share of Pharos' own requests that are traced.");

  public static final Setting<String> LOG_LEVEL =
      key(
          "log.level",
          Kind.choice("error", "warn", "info", "debug"),
          "info",
          "What Pharos writes to standard error.");

  private Keys() {}

  /** All keys, in the order of the reference. */
  public static List<Setting<?>> all() {
    return List.copyOf(REGISTER);
  }

  private static <T> Setting<T> key(String key, Kind<T> kind, T fallback, String text) {
    return register(new Setting<>(key, kind, fallback, text, false));
  }

  private static <T> Setting<T> secret(String key, Kind<T> kind, T fallback, String text) {
    return register(new Setting<>(key, kind, fallback, text, true));
  }

  private static <T> Setting<T> register(Setting<T> setting) {
    REGISTER.add(setting);
    return setting;
  }
}
