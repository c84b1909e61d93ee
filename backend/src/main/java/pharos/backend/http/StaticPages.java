package pharos.backend.http;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import pharos.backend.http.Answers.Body;
import pharos.backend.http.HttpFailure.Kind;

/**
 * The pages, from the class path. A path that is no file is a place inside the application, so it
 * gets {@code index.html}; its own router shows what is there.
 */
final class StaticPages {
  private static final String ROOT = "web";
  private static final String INDEX = "/index.html";
  private static final String HASHED = "/assets/";
  private static final int ETAG_BYTES = 12;

  private static final Map<String, String> TYPES =
      Map.ofEntries(
          Map.entry("html", "text/html; charset=utf-8"),
          Map.entry("js", "text/javascript; charset=utf-8"),
          Map.entry("mjs", "text/javascript; charset=utf-8"),
          Map.entry("css", "text/css; charset=utf-8"),
          Map.entry("json", "application/json"),
          Map.entry("map", "application/json"),
          Map.entry("webmanifest", "application/manifest+json"),
          Map.entry("svg", "image/svg+xml"),
          Map.entry("png", "image/png"),
          Map.entry("ico", "image/x-icon"),
          Map.entry("webp", "image/webp"),
          Map.entry("woff2", "font/woff2"),
          Map.entry("woff", "font/woff"),
          Map.entry("txt", "text/plain; charset=utf-8"),
          Map.entry("wasm", "application/wasm"));
  private static final Set<String> COMPRESSED = Set.of("png", "webp", "woff2", "woff");

  private final Vertx vertx;
  private final ClassLoader resources;
  private final Map<String, Page> pages = new ConcurrentHashMap<>();

  StaticPages(Vertx vertx, ClassLoader resources) {
    this.vertx = vertx;
    this.resources = resources;
  }

  void serve(RoutingContext ctx) {
    String path = ctx.request().path();
    if (!Names.isCanonicalPath(path)) {
      throw notFound();
    }
    String file = path.equals("/") ? INDEX : path;
    Page known = pages.get(file);
    if (known != null) {
      send(ctx, file, known);
      return;
    }
    vertx
        .executeBlocking(() -> find(file), false)
        .onSuccess(found ->
            found.ifPresentOrElse(page -> send(ctx, page.file(), page), () -> ctx.fail(notFound())))
        .onFailure(ctx::fail);
  }

  private Optional<Page> find(String file) throws IOException {
    Page page = load(file);
    if (page == null && !file.startsWith(HASHED) && !TYPES.containsKey(extension(file))) {
      page = pages.get(INDEX);
      page = page == null ? load(INDEX) : page;
    }
    return Optional.ofNullable(page);
  }

  private @Nullable Page load(String file) throws IOException {
    String type = TYPES.get(extension(file));
    if (type == null) {
      return null;
    }
    try (InputStream in = resources.getResourceAsStream(ROOT + file)) {
      if (in == null) {
        return null;
      }
      byte[] plain = in.readAllBytes();
      Body body = new Body(Buffer.buffer(plain), false);
      Body packed = COMPRESSED.contains(extension(file)) ? body : Answers.body(plain, true);
      Page page = new Page(file, type, '"' + hash(plain) + '"', body, packed);
      pages.put(file, page);
      return page;
    }
  }

  private static void send(RoutingContext ctx, String file, Page page) {
    ctx.response()
        .putHeader(
            "Cache-Control",
            file.startsWith(HASHED) ? "public, max-age=31536000, immutable" : "no-cache")
        .putHeader("ETag", page.etag());
    String seen = ctx.request().getHeader("If-None-Match");
    if (seen != null && seen.contains(page.etag())) {
      ctx.response().setStatusCode(304).putHeader("Vary", "Accept-Encoding").end();
      return;
    }
    Answers.send(ctx, 200, page.type(), Guards.acceptsGzip(ctx) ? page.packed() : page.plain());
  }

  private static String extension(String file) {
    String name = file.substring(file.lastIndexOf('/') + 1);
    return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
  }

  private static String hash(byte[] bytes) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      return HexFormat.of().formatHex(digest, 0, ETAG_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256 is required of every Java platform", e);
    }
  }

  private static HttpFailure notFound() {
    return new HttpFailure(Kind.NOT_FOUND, "Nothing is served under this path.");
  }

  private record Page(String file, String type, String etag, Body plain, Body packed) {}
}
