package pharos.backend;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import java.net.BindException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import pharos.backend.CommandLine.Mode;
import pharos.backend.settings.Keys;
import pharos.backend.settings.Settings;

/** Connects everything, by hand. Read it from top to bottom to see what talks to what. */
final class Wiring implements AutoCloseable {
  private static final int START_SECONDS = 60;

  private final Mode mode;
  private final Settings settings;
  private final Vertx vertx;
  private @Nullable HttpServer server;

  Wiring(Mode mode, Settings settings) {
    this.mode = mode;
    this.settings = settings;
    this.vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(false));
  }

  /**
   * Starts everything, in the order of need.
   *
   * @return the address of the dashboard
   * @throws StartFailed when something that cannot be done without did not start
   */
  String start() {
    String host = settings.get(Keys.HTTP_HOST);
    int port = settings.get(Keys.HTTP_PORT);
    try {
      server =
          vertx
              .createHttpServer()
              .requestHandler(
                  request -> request.response().end("pharos " + mode + " " + Build.version()))
              .listen(port, host)
              .toCompletionStage()
              .toCompletableFuture()
              .get(START_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof BindException) {
        throw new StartFailed(
            "port %d of %s is in use; choose another one with --port".formatted(port, host), e);
      }
      throw new StartFailed("could not listen: " + e.getCause(), e);
    } catch (TimeoutException | InterruptedException e) {
      throw new StartFailed("did not start within " + START_SECONDS + " s", e);
    }
    return "http://%s:%d/".formatted(host, server.actualPort());
  }

  /** Stops everything in reverse order. Bounded; safe to call twice. */
  @Override
  public void close() {
    try {
      vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      System.err.println("pharos: did not stop cleanly: " + e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
