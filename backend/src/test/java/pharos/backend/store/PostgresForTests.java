package pharos.backend.store;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import pharos.backend.store.embedded.EmbeddedPostgres;
import pharos.backend.traffic.SourceStatus.State;

/** One real server for the tests of a class; every test has a database of its own on it. */
public final class PostgresForTests implements AutoCloseable {
  static final Path CACHE = Path.of("target/postgres-cache");
  static final DatabaseOptions OPTIONS = new DatabaseOptions(3, 50, Duration.ofSeconds(10));

  final Vertx vertx = Vertx.vertx();
  final EmbeddedPostgres postgres;
  private final AtomicInteger databases = new AtomicInteger();

  public PostgresForTests() throws Exception {
    postgres = EmbeddedPostgres.start(Files.createTempDirectory(Path.of("target"), "pg-"), CACHE);
  }

  /** A new, empty database. */
  public Server emptyDatabase() throws Exception {
    String name = "test" + databases.incrementAndGet();
    try (Database admin =
        Database.open(vertx, Server.embedded(postgres::endpoint), OPTIONS, Clock.systemUTC())) {
      await(admin.use(pool -> pool.query("create database " + name).execute()));
    }
    EmbeddedPostgres.Endpoint here = postgres.endpoint().orElseThrow();
    return new Server() {
      @Override
      public Future<io.vertx.sqlclient.SqlConnectOptions> connectOptions() {
        return Future.succeededFuture(
            new PgConnectOptions()
                .setHost(here.host())
                .setPort(here.port())
                .setUser(here.user())
                .setPassword(here.password())
                .setDatabase(name));
      }

      @Override
      public String describe() {
        return name;
      }
    };
  }

  /** With the schema of this build. */
  public Database open(Server server) {
    return open(server, Migrations.ofThisBuild());
  }

  Database open(Server server, Migrations migrations) {
    return Database.open(vertx, server, OPTIONS, migrations, Clock.systemUTC());
  }

  public static RowSet<Row> query(Database database, String sql) throws Exception {
    return await(database.use(pool -> pool.query(sql).execute()));
  }

  static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  static void awaitState(Database database, State state) throws Exception {
    awaitTrue(() -> database.status().state() == state, "state " + state);
  }

  static void awaitTrue(BooleanSupplier condition, String what) throws Exception {
    long deadline = System.nanoTime() + Duration.ofSeconds(40).toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("waited in vain for " + what);
      }
      Thread.sleep(20);
    }
  }

  @Override
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
    postgres.close();
  }
}
