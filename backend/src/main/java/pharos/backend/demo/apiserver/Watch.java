package pharos.backend.demo.apiserver;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.ServerWebSocket;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One open watch. Events may be offered on any thread and leave in order on the connection's own. A
 * client that does not read is cut off: it lists again and loses nothing.
 */
final class Watch {
  private static final int MAX_UNREAD_BYTES = 32 << 20;

  private final Context context;
  private final Wire wire;
  private final ApiPath path;
  private final Predicate<ObjectNode> filter;
  private final boolean bookmarks;
  private volatile boolean muted;
  private volatile boolean ended;
  private @Nullable Runnable onEnd;

  Watch(Context context, Wire wire, ApiPath path, Predicate<ObjectNode> filter, boolean bookmarks) {
    this.context = context;
    this.wire = wire;
    this.path = path;
    this.filter = filter;
    this.bookmarks = bookmarks;
  }

  ResourceType type() {
    return path.type();
  }

  void onEnd(Runnable action) {
    onEnd = action;
    wire.onClose(this::ended);
    if (ended) {
      action.run();
    }
  }

  void offer(Change change) {
    if (!change.type().equals(path.type())
        || !(path.namespace().isEmpty() || path.namespace().equals(change.namespace()))) {
      return;
    }
    ObjectNode before = change.before();
    boolean did = before != null && filter.test(before);
    boolean does = change.kind() != Change.Kind.DELETED && filter.test(change.object());
    if (does) {
      send(did ? "MODIFIED" : "ADDED", at(change.object()));
    } else if (did) {
      send("DELETED", at(change.object()));
    }
  }

  /** An object that was there before the watch began. */
  void initial(ObjectNode object) {
    send("ADDED", at(object));
  }

  void bookmark(long revision) {
    if (bookmarks) {
      send("BOOKMARK", bookmarkObject(revision));
    }
  }

  /** Marks the end of the initial objects. */
  void initialEnd(long revision) {
    ObjectNode object = bookmarkObject(revision);
    Manifests.metadata(object).putObject("annotations").put("k8s.io/initial-events-end", "true");
    send("BOOKMARK", object);
  }

  void expire() {
    error(StatusError.of(410, "Expired", "too old resource version: the history was compacted"));
  }

  void error(StatusError error) {
    send("ERROR", error.toStatus());
    end();
  }

  void end() {
    context.runOnContext(_ -> wire.end());
  }

  void cut() {
    context.runOnContext(_ -> wire.cut());
  }

  void mute() {
    muted = true;
  }

  private void ended() {
    ended = true;
    if (onEnd != null) {
      onEnd.run();
    }
  }

  private ObjectNode at(ObjectNode object) {
    return Manifests.at(path.type().apiVersion(path.version()), object);
  }

  private ObjectNode bookmarkObject(long revision) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    object.put("kind", path.type().kind());
    object.put("apiVersion", path.type().apiVersion(path.version()));
    object
        .putObject("metadata")
        .put("resourceVersion", Long.toString(revision))
        .putNull("creationTimestamp");
    return object;
  }

  private void send(String event, ObjectNode object) {
    if (muted || ended) {
      return;
    }
    ObjectNode frame = JsonNodeFactory.instance.objectNode();
    frame.put("type", event).set("object", object);
    context.runOnContext(_ -> wire.send(Buffer.buffer(frame.toString())));
  }

  /** How events leave: as lines of a chunked answer or as WebSocket messages. */
  sealed interface Wire {
    void send(Buffer event);

    void end();

    void cut();

    void onClose(Runnable action);

    /** Lines of a chunked answer. */
    final class Chunked implements Wire {
      private final HttpServerResponse response;

      Chunked(HttpServerResponse response) {
        this.response = response;
        response.setChunked(true).putHeader("Content-Type", "application/json");
        response.setWriteQueueMaxSize(MAX_UNREAD_BYTES).writeHead();
      }

      @Override
      public void send(Buffer event) {
        if (response.writeQueueFull()) {
          cut();
        } else if (!response.ended() && !response.closed()) {
          response.write(event.appendByte((byte) '\n'));
        }
      }

      @Override
      public void end() {
        if (!response.ended() && !response.closed()) {
          response.end();
        }
      }

      @Override
      public void cut() {
        response.reset();
      }

      @Override
      public void onClose(Runnable action) {
        response.endHandler(_ -> action.run());
        response.closeHandler(_ -> action.run());
        response.exceptionHandler(_ -> action.run());
      }
    }

    /** WebSocket text messages. */
    final class Messages implements Wire {
      private final ServerWebSocket socket;

      Messages(ServerWebSocket socket) {
        this.socket = socket;
        socket.setWriteQueueMaxSize(MAX_UNREAD_BYTES);
      }

      @Override
      public void send(Buffer event) {
        if (socket.writeQueueFull()) {
          cut();
        } else if (!socket.isClosed()) {
          socket.writeTextMessage(event.toString());
        }
      }

      @Override
      public void end() {
        if (!socket.isClosed()) {
          socket.close();
        }
      }

      @Override
      public void cut() {
        end();
      }

      @Override
      public void onClose(Runnable action) {
        socket.closeHandler(_ -> action.run());
      }
    }
  }
}
