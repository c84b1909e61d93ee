package pharos.backend.demo.apiserver;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The simulated API server: one HTTP port on loopback in front of {@link ClusterObjects}. */
public final class ApiServer {
  private static final int REMEMBERED_CALLS = 10_000;

  private final Vertx vertx;
  private final ClusterObjects objects;
  private final Faults faults = new Faults();
  private final Watches watches;
  private final ApiHandler handler;
  private final ArrayDeque<Call> calls = new ArrayDeque<>();
  private @Nullable HttpServer server;
  private int port;

  public ApiServer(Vertx vertx, ClusterObjects objects, Options options) {
    this.vertx = vertx;
    this.objects = objects;
    this.watches = new Watches(vertx, objects, options.bookmarkInterval());
    this.handler = new ApiHandler(vertx, objects, watches, faults, options, this::remember);
  }

  /**
   * Listens on loopback; after {@link #stop} on the same port again.
   *
   * @param wantedPort 0 for any free one
   * @return the URL
   */
  public Future<String> start(int wantedPort) {
    // No h2c: fabric8's JDK client offers it on plain HTTP, and a watch must stay a plain stream.
    HttpServerOptions options =
        new HttpServerOptions()
            .setHost("127.0.0.1")
            .setPort(wantedPort == 0 ? port : wantedPort)
            .setHttp2ClearTextEnabled(false)
            .setMaxHeaderSize(32 << 10);
    return vertx
        .createHttpServer(options)
        .requestHandler(handler)
        .listen()
        .map(listening -> {
          server = listening;
          port = listening.actualPort();
          return url();
        });
  }

  /** Closes the port and all connections, as a crash would; the objects stay. */
  public Future<Void> stop() {
    HttpServer running = server;
    server = null;
    return running == null ? Future.succeededFuture() : running.close();
  }

  /** For example {@code http://127.0.0.1:6443}. */
  public String url() {
    return "http://127.0.0.1:" + port;
  }

  /** What is stored. */
  public ClusterObjects objects() {
    return objects;
  }

  /** The plan of misbehaviour, empty at first. */
  public Faults faults() {
    return faults;
  }

  /** Ends all watches with 410 and forgets the history, so that clients have to list again. */
  public void expireWatches() {
    watches.expire();
  }

  /** Cuts the connections of all watches. */
  public void cutWatches() {
    watches.cut();
  }

  /** The open watches stay open and say nothing more: the silent failure of a dead connection. */
  public void muteWatches() {
    watches.mute();
  }

  /** Watches that are open. */
  public int openWatches() {
    return watches.size();
  }

  /** Sends bookmarks at once instead of waiting for their time. */
  public void bookmark() {
    watches.bookmark();
  }

  /** The newest calls that passed authentication, oldest first. */
  public List<Call> calls() {
    synchronized (calls) {
      return List.copyOf(calls);
    }
  }

  private void remember(Call call) {
    synchronized (calls) {
      calls.addLast(call);
      if (calls.size() > REMEMBERED_CALLS) {
        calls.removeFirst();
      }
    }
  }

  /**
   * @param users user names by bearer token; when there are none, every token is anonymous
   * @param webSockets whether watches may be WebSockets
   * @param bookmarkInterval between two bookmarks of a watch that asked for them
   * @param maxBody bytes of a request body
   */
  public record Options(
      Admission admission,
      Map<String, String> users,
      boolean webSockets,
      Duration bookmarkInterval,
      int maxBody) {

    /** Open to everyone, as the demo needs it. */
    public static final Options DEFAULT =
        new Options(Admission.OPEN, Map.of(), true, Duration.ofSeconds(10), 3 << 20);

    public Options {
      users = Map.copyOf(users);
    }

    public Options withAdmission(Admission newAdmission) {
      return new Options(newAdmission, users, webSockets, bookmarkInterval, maxBody);
    }

    public Options withUsers(Map<String, String> newUsers) {
      return new Options(admission, newUsers, webSockets, bookmarkInterval, maxBody);
    }

    public Options withWebSockets(boolean allowed) {
      return new Options(admission, users, allowed, bookmarkInterval, maxBody);
    }

    public Options withBookmarkInterval(Duration interval) {
      return new Options(admission, users, webSockets, interval, maxBody);
    }
  }
}
