package pharos.backend.store;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClientOptions;
import io.vertx.pgclient.PgBuilder;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.SqlConnectOptions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pharos.backend.traffic.SourceStatus;
import pharos.backend.traffic.SourceStatus.State;
import pharos.backend.traffic.SourceUnavailable;

/**
 * The pool, and how the server is. A server that is away is asked again every second; until it
 * answers, statements fail at once, so that nobody queues behind a dead database.
 */
public final class Database implements AutoCloseable {
  public static final String SOURCE = "postgres";

  private static final Logger log = LoggerFactory.getLogger(Database.class);
  private static final Duration CHECK_EVERY = Duration.ofSeconds(2);
  private static final Duration CHECK_WHEN_DOWN_EVERY = Duration.ofMillis(500);
  private static final Duration CHECK_LIMIT = Duration.ofSeconds(3);
  private static final Duration MIGRATION_LIMIT = Duration.ofMinutes(5);

  private final Server server;
  private final DatabaseOptions options;
  private final Migrations migrations;
  private final Clock clock;
  private final Pool pool;
  private final CompletableFuture<Void> firstAnswer = new CompletableFuture<>();
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final Thread watcher;
  private volatile Condition condition;
  private boolean migrated; // of the watcher alone

  private Database(
      Vertx vertx, Server server, DatabaseOptions options, Migrations migrations, Clock clock) {
    this.server = server;
    this.options = options;
    this.migrations = migrations;
    this.clock = clock;
    this.condition = new Condition(State.STARTING, null, clock.instant(), "connecting", "");
    this.pool =
        PgBuilder.pool()
            .with(
                new PoolOptions()
                    .setMaxSize(options.poolSize())
                    .setMaxWaitQueueSize(options.queue())
                    .setConnectionTimeout((int) options.timeout().toMillis())
                    .setConnectionTimeoutUnit(TimeUnit.MILLISECONDS)
                    .setIdleTimeout(60))
            .with(new NetClientOptions().setConnectTimeout((int) options.timeout().toMillis()))
            .connectingTo(this::connectOptions)
            .using(vertx)
            .build();
    this.watcher = Thread.ofVirtual().name("database-watch").unstarted(this::watch);
  }

  /**
   * Connects and brings the schema up to date. A server that does not answer is no failure: reads
   * of the mesh work without it, and it is asked again.
   *
   * @throws SchemaRefused when the database must not be used by this build
   */
  public static Database open(Vertx vertx, Server server, DatabaseOptions options, Clock clock) {
    return open(vertx, server, options, Migrations.ofThisBuild(), clock);
  }

  static Database open(
      Vertx vertx, Server server, DatabaseOptions options, Migrations migrations, Clock clock) {
    Database database = new Database(vertx, server, options, migrations, clock);
    database.watcher.start();
    try {
      database.firstAnswer.get(MIGRATION_LIMIT.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      database.close();
      if (e.getCause() instanceof SchemaRefused refused) {
        throw refused;
      }
      throw new IllegalStateException(e.getCause());
    } catch (TimeoutException e) {
      log.warn("PostgreSQL has not answered yet; going on without it");
    } catch (InterruptedException e) {
      database.close();
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while connecting to PostgreSQL", e);
    }
    return database;
  }

  private Future<SqlConnectOptions> connectOptions() {
    return server
        .connectOptions()
        .map(connect -> {
          connect.addProperty("application_name", "pharos");
          connect.addProperty("client_min_messages", "warning"); // "already exists, skipping"
          connect.addProperty("statement_timeout", String.valueOf(options.timeout().toMillis()));
          return connect.setCachePreparedStatements(true).setReconnectAttempts(0);
        });
  }

  /** Runs statements; fails at once with {@link SourceUnavailable} while the server is away. */
  <T> Future<T> use(java.util.function.Function<Pool, Future<T>> statements) {
    Condition now = condition;
    if (now.state() != State.OK) {
      return Future.failedFuture(new SourceUnavailable(SOURCE, "PostgreSQL: " + now.detail()));
    }
    return statements
        .apply(pool)
        .timeout(options.timeout().toMillis() + 1000, TimeUnit.MILLISECONDS)
        .recover(failure ->
            Future.failedFuture(
                new SourceUnavailable(SOURCE, "PostgreSQL: " + words(failure), failure)));
  }

  /** Present health. {@code observedAt} is the last moment the server answered. */
  public SourceStatus status() {
    Condition now = condition;
    return new SourceStatus(
        SOURCE,
        "store",
        now.state(),
        now.observedAt(),
        now.since(),
        now.detail(),
        List.of(),
        now.version().isEmpty()
            ? Map.of("server", server.describe())
            : Map.of("server", server.describe(), "version", now.version()));
  }

  private void watch() {
    try {
      do {
        check();
      } while (!stopping.await(
          (condition.state() == State.OK ? CHECK_EVERY : CHECK_WHEN_DOWN_EVERY).toMillis(),
          TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void check() throws InterruptedException {
    try {
      if (!migrated) {
        int applied = await(migrations.run(pool), MIGRATION_LIMIT);
        if (applied > 0) {
          log.info("PostgreSQL: applied {} migrations", applied);
        }
        migrated = true;
      }
      String version =
          await(
              pool.query("select current_setting('server_version')")
                  .execute()
                  .map(rows -> rows.iterator().next().getString(0)),
              CHECK_LIMIT);
      become(State.OK, "PostgreSQL " + version, version);
      firstAnswer.complete(null);
    } catch (ExecutionException | TimeoutException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      become(State.DOWN, words(cause), condition.version());
      if (cause instanceof SchemaRefused) {
        firstAnswer.completeExceptionally(cause);
      } else {
        firstAnswer.complete(null);
      }
    }
  }

  private void become(State state, String detail, String version) {
    Condition before = condition;
    Instant now = clock.instant();
    condition =
        new Condition(
            state,
            state == State.OK ? now : before.observedAt(),
            state == before.state() ? before.since() : now,
            detail,
            version);
    if (state != before.state() && stopping.getCount() > 0) {
      if (state == State.OK) {
        log.info("PostgreSQL ({}) answers: {}", server.describe(), detail);
      } else {
        log.warn("PostgreSQL ({}) is away: {}", server.describe(), detail);
      }
    }
  }

  private static String words(Throwable failure) {
    String message = failure.getMessage();
    return switch (failure) {
      case TimeoutException _ -> "no answer in time";
      case SourceUnavailable unavailable -> String.valueOf(unavailable.getMessage());
      case Throwable _ when message == null || message.isBlank() ->
          failure.getClass().getSimpleName();
      default -> message;
    };
  }

  /** Waits on a thread of its own; never on an event loop. */
  static <T> T await(Future<T> future, Duration limit)
      throws InterruptedException, ExecutionException, TimeoutException {
    return future
        .toCompletionStage()
        .toCompletableFuture()
        .get(limit.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Closes all connections. Bounded; safe to call twice. */
  @Override
  public void close() {
    stopping.countDown();
    try {
      await(pool.close(), Duration.ofSeconds(5));
      watcher.join(Duration.ofSeconds(5));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      log.warn("PostgreSQL connections did not close: {}", words(e));
    }
  }

  private record Condition(
      State state, @Nullable Instant observedAt, Instant since, String detail, String version) {}
}
