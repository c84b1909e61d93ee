package pharos.backend.store;

import io.vertx.core.Future;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.SslMode;
import io.vertx.sqlclient.SqlConnectOptions;
import java.net.ConnectException;
import java.net.URI;
import java.util.Optional;
import java.util.function.Supplier;
import pharos.backend.store.embedded.EmbeddedPostgres;

/** Which PostgreSQL is used. Asked before each connection, because an embedded one may move. */
public interface Server {

  /** Fails while there is nothing to connect to. */
  Future<SqlConnectOptions> connectOptions();

  /** For people: never with a password. */
  String describe();

  /** The server that belongs to this process. */
  static Server embedded(Supplier<Optional<EmbeddedPostgres.Endpoint>> endpoint) {
    return new Server() {
      @Override
      public Future<SqlConnectOptions> connectOptions() {
        return endpoint
            .get()
            .<Future<SqlConnectOptions>>map(here ->
                Future.succeededFuture(
                    new PgConnectOptions()
                        .setHost(here.host())
                        .setPort(here.port())
                        .setDatabase(here.database())
                        .setUser(here.user())
                        .setPassword(here.password())))
            .orElseGet(() ->
                Future.failedFuture(
                    new ConnectException("the embedded PostgreSQL is starting again")));
      }

      @Override
      public String describe() {
        return "embedded";
      }
    };
  }

  /**
   * A server elsewhere.
   *
   * @param url {@code postgresql://user:password@host:port/name}, with libpq's parameters
   * @param password wins over the URL's
   * @param tls libpq's {@code sslmode}, where the URL has none
   * @throws IllegalArgumentException when the URL cannot be understood
   */
  static Server at(URI url, Optional<String> password, String tls) {
    PgConnectOptions options = PgConnectOptions.fromUri(url.toString());
    password.ifPresent(options::setPassword);
    if (url.getQuery() == null || !url.getQuery().contains("sslmode=")) {
      options.setSslMode(SslMode.of(tls));
    }
    ClientSSLOptions ssl = new ClientSSLOptions();
    if (options.getSslMode() == SslMode.VERIFY_FULL) {
      ssl.setHostnameVerificationAlgorithm("HTTPS");
    } else {
      ssl.setTrustAll(true); // as libpq: these modes hide the traffic but prove nothing
    }
    options.setSslOptions(ssl);
    return new Server() {
      @Override
      public Future<SqlConnectOptions> connectOptions() {
        return Future.succeededFuture(new PgConnectOptions(options));
      }

      @Override
      public String describe() {
        return "%s:%d/%s".formatted(options.getHost(), options.getPort(), options.getDatabase());
      }
    };
  }
}
