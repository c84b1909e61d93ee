package pharos.backend;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import pharos.backend.settings.Keys;
import pharos.backend.settings.Settings;
import pharos.backend.store.Database;
import pharos.backend.store.DatabaseOptions;
import pharos.backend.store.HistoryOptions;
import pharos.backend.store.SchemaRefused;
import pharos.backend.store.Server;
import pharos.backend.store.Store;
import pharos.backend.store.TraceOptions;
import pharos.backend.store.embedded.EmbeddedPostgres;
import pharos.backend.store.embedded.PostgresUnusable;

/** The store of one process: with a server of its own, or with one elsewhere. */
final class Storage implements AutoCloseable {
  private final @Nullable EmbeddedPostgres postgres;
  private final Store store;

  private Storage(@Nullable EmbeddedPostgres postgres, Store store) {
    this.postgres = postgres;
    this.store = store;
  }

  /**
   * Takes the time of a server's start; call it on a thread that may wait.
   *
   * @throws StartFailed when the store cannot be used as it is set up
   */
  static Storage open(Vertx vertx, Settings settings, Clock clock) {
    EmbeddedPostgres postgres = null;
    try {
      Server server;
      Optional<URI> url = settings.get(Keys.DATABASE_URL);
      if (url.isPresent()) {
        server = elsewhere(url.get(), settings);
      } else {
        Path folder = settings.get(Keys.DATA_DIR);
        postgres = EmbeddedPostgres.start(folder.resolve("postgres"), cache(folder));
        server = Server.embedded(postgres::endpoint);
      }
      Database database =
          Database.open(
              vertx,
              server,
              new DatabaseOptions(
                  settings.get(Keys.DATABASE_POOL_SIZE),
                  settings.get(Keys.DATABASE_QUEUE),
                  settings.get(Keys.DATABASE_TIMEOUT)),
              clock);
      HistoryOptions history =
          new HistoryOptions(
              settings.get(Keys.HISTORY_INTERVAL),
              settings.get(Keys.HISTORY_FINE_RETENTION),
              settings.get(Keys.HISTORY_RETENTION),
              settings.get(Keys.HISTORY_MAX_SIZE));
      TraceOptions traces =
          new TraceOptions(settings.get(Keys.TRACES_RETENTION), settings.get(Keys.TRACES_MAX_SIZE));
      return new Storage(postgres, new Store(database, history, traces, clock));
    } catch (PostgresUnusable | SchemaRefused e) {
      if (postgres != null) {
        postgres.close();
      }
      throw new StartFailed(String.valueOf(e.getMessage()), e);
    }
  }

  private static Server elsewhere(URI url, Settings settings) {
    try {
      Optional<String> password = Optional.empty();
      Optional<Path> file = settings.get(Keys.DATABASE_PASSWORD_FILE);
      if (file.isPresent()) {
        password = Optional.of(Files.readString(file.get()).strip());
      }
      return Server.at(url, password, settings.get(Keys.DATABASE_TLS));
    } catch (IOException e) {
      throw new StartFailed("database.passwordFile cannot be read: " + e, e);
    } catch (IllegalArgumentException e) {
      // The message of the parser may hold the password.
      throw new StartFailed(
          "database.url cannot be understood (expected: postgresql://user@host:5432/name)");
    }
  }

  /** The server's programs are the same for all data folders of a clone or a user. */
  private static Path cache(Path data) {
    String launcher = System.getProperty("pharos.home");
    return launcher == null ? data.resolve("programs") : Path.of(launcher, "cache");
  }

  Store store() {
    return store;
  }

  @Override
  public void close() {
    store.close();
    if (postgres != null) {
      postgres.close();
    }
  }
}
