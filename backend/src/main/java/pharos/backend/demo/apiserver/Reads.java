package pharos.backend.demo.apiserver;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Lists and watches. */
final class Reads {
  private final Vertx vertx;
  private final ClusterObjects objects;
  private final Watches watches;
  private final boolean webSockets;

  Reads(Vertx vertx, ClusterObjects objects, Watches watches, boolean webSockets) {
    this.vertx = vertx;
    this.objects = objects;
    this.watches = watches;
    this.webSockets = webSockets;
  }

  /** Answers one page. Encoding is done off the event loop: a page can be megabytes. */
  void list(HttpServerRequest request, ApiPath path, Consumer<Buffer> answer) {
    Predicate<ObjectNode> filter = filter(request);
    int limit = (int) Math.min(Integer.MAX_VALUE, number(request, "limit"));
    ClusterObjects.Page page;
    synchronized (objects) {
      Cursor cursor = cursor(request);
      page =
          objects.page(
              path.type(), path.namespace(), cursor.revision(), cursor.after(), limit, filter);
    }
    vertx
        .executeBlocking(() -> Buffer.buffer(document(path, page).toString()), false)
        .onSuccess(answer::accept)
        .onFailure(e ->
            ApiHandler.fail(
                request.response(), StatusError.of(500, "InternalError", e.toString())));
  }

  void watch(HttpServerRequest request, ApiPath path) {
    Predicate<ObjectNode> filter = filter(request);
    String from = request.getParam("resourceVersion");
    boolean initial =
        "true".equals(request.getParam("sendInitialEvents"))
            || from == null
            || from.isEmpty()
            || from.equals("0");
    long revision = number(request, "resourceVersion");
    long seconds = number(request, "timeoutSeconds");
    boolean bookmarks = "true".equals(request.getParam("allowWatchBookmarks"));
    Context context = vertx.getOrCreateContext();
    Consumer<Watch.Wire> begin =
        wire -> {
          Watch watch = new Watch(context, wire, path, filter, bookmarks);
          if (initial) {
            beginWithInitial(
                watch, path, filter, "true".equals(request.getParam("sendInitialEvents")));
          } else {
            beginFrom(watch, revision);
          }
          if (seconds > 0) {
            vertx.setTimer(seconds * 1000, _ -> watch.end());
          }
        };
    // The header must say websocket: the JDK client also offers "Upgrade: h2c".
    if (!"websocket".equalsIgnoreCase(request.getHeader("Upgrade"))) {
      begin.accept(new Watch.Wire.Chunked(request.response()));
    } else if (webSockets) {
      request.toWebSocket().onSuccess(socket -> begin.accept(new Watch.Wire.Messages(socket)));
    } else {
      // What a proxy without WebSockets does; the client then asks for a plain stream.
      throw StatusError.of(503, "ServiceUnavailable", "WebSockets are not served");
    }
  }

  private void beginFrom(Watch watch, long revision) {
    try {
      watches.begin(watch, revision);
    } catch (StatusError expired) {
      watch.error(expired);
    }
  }

  private void beginWithInitial(
      Watch watch, ApiPath path, Predicate<ObjectNode> filter, boolean markEnd) {
    synchronized (objects) {
      long now = objects.revision();
      objects
          .page(path.type(), path.namespace(), now, "", 0, filter)
          .items()
          .forEach(watch::initial);
      if (markEnd) {
        watch.initialEnd(now);
      }
      watches.begin(watch, Math.max(now, objects.oldest()));
    }
  }

  private static ObjectNode document(ApiPath path, ClusterObjects.Page page) {
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    String apiVersion = path.type().apiVersion(path.version());
    document.put("kind", path.type().kind() + "List").put("apiVersion", apiVersion);
    ObjectNode metadata = document.putObject("metadata");
    metadata.put("resourceVersion", Long.toString(page.revision()));
    if (page.next() != null) {
      metadata.put("continue", new Cursor(page.revision(), page.next()).encode());
      metadata.put("remainingItemCount", page.remaining());
    }
    ArrayNode items = document.putArray("items");
    page.items().forEach(item -> items.add(Manifests.at(apiVersion, item)));
    return document;
  }

  /** Where a list reads: a continued one at the revision of its first page. */
  private Cursor cursor(HttpServerRequest request) {
    String token = request.getParam("continue");
    if (token != null && !token.isEmpty()) {
      return Cursor.decode(token);
    }
    long asked = number(request, "resourceVersion");
    if (asked > objects.revision()) {
      throw StatusError.of(
          504,
          "Timeout",
          "Too large resource version: %d, current: %d".formatted(asked, objects.revision()));
    }
    boolean exact = "Exact".equals(request.getParam("resourceVersionMatch"));
    return new Cursor(exact ? asked : objects.revision(), "");
  }

  private static Predicate<ObjectNode> filter(HttpServerRequest request) {
    return Selector.labels(request.getParam("labelSelector"))
        .and(Selector.fields(request.getParam("fieldSelector")));
  }

  /** 0 when absent. */
  private static long number(HttpServerRequest request, String parameter) {
    String text = request.getParam(parameter);
    if (text == null || text.isEmpty()) {
      return 0;
    }
    try {
      long number = Long.parseLong(text);
      if (number >= 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      // told below
    }
    throw StatusError.badRequest(
        "%s: Invalid value: \"%s\": must be a whole number, 0 or more".formatted(parameter, text));
  }

  /**
   * @param after key of the last object that was sent
   */
  private record Cursor(long revision, String after) {
    String encode() {
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString((revision + " " + after).getBytes(StandardCharsets.UTF_8));
    }

    static Cursor decode(String token) {
      try {
        List<String> parts =
            List.of(
                new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8)
                    .split(" ", 2));
        return new Cursor(Long.parseLong(parts.getFirst()), parts.getLast());
      } catch (IllegalArgumentException e) {
        throw StatusError.badRequest("continue key is not valid: " + e.getMessage());
      }
    }
  }
}
