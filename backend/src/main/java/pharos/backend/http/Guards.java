package pharos.backend.http;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import pharos.backend.http.HttpFailure.Kind;

/** What every request passes first: headers for the answer, and checks of who really asks. */
final class Guards {
  private final boolean loopback;
  private final Set<String> allowedHosts;

  Guards(HttpSettings settings) {
    this.loopback = settings.loopback();
    this.allowedHosts = settings.allowedHosts();
  }

  /**
   * Headers of every answer. Styles and scripts come from our own origin only; the pages set styles
   * through the CSSOM, which needs no {@code unsafe-inline}.
   */
  static void headers(MultiMap headers) {
    headers.set(
        "Content-Security-Policy",
        "default-src 'self'; img-src 'self' data:; base-uri 'none'; object-src 'none';"
            + " form-action 'self'; frame-ancestors 'none'");
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("X-Frame-Options", "DENY");
    headers.set("Referrer-Policy", "no-referrer");
    headers.set("Cross-Origin-Opener-Policy", "same-origin");
    headers.set("Cross-Origin-Resource-Policy", "same-origin");
    headers.set(
        "Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()");
    headers.set("Cache-Control", "no-store");
  }

  /** The id under which log and answer can be brought together. */
  static String requestId(RoutingContext ctx) {
    Object known = ctx.get("requestId");
    if (known instanceof String id) {
      return id;
    }
    String asked = ctx.request().getHeader("X-Request-Id");
    String id =
        asked != null && isToken(asked)
            ? asked
            : Long.toHexString(ThreadLocalRandom.current().nextLong());
    ctx.put("requestId", id);
    return id;
  }

  private static boolean isToken(String text) {
    return !text.isEmpty()
        && text.length() <= 64
        && text.chars()
            .allMatch(c ->
                (c >= '0' && c <= '9')
                    || (c >= 'a' && c <= 'z')
                    || (c >= 'A' && c <= 'Z')
                    || c == '-'
                    || c == '_'
                    || c == '.');
  }

  void check(RoutingContext ctx) {
    HttpServerRequest request = ctx.request();
    if (request.headers().getAll("Host").size() > 1) {
      throw new HttpFailure(Kind.BAD_REQUEST, "There is more than one Host header.");
    }
    HostAndPort host = request.authority();
    if (host == null || host.host().isEmpty()) {
      throw new HttpFailure(Kind.BAD_REQUEST, "There is no valid Host header.");
    }
    if (!answersFor(host.host().toLowerCase(Locale.ROOT))) {
      throw new HttpFailure(
          Kind.BAD_HOST, "Open Pharos under the address that it printed at its start.");
    }
    sameSite(request, host);
  }

  /** On loopback a foreign name means that some site's DNS points here (DNS rebinding). */
  private boolean answersFor(String host) {
    if (allowedHosts.contains(host)) {
      return true;
    }
    return loopback ? HttpSettings.isLoopback(host) : allowedHosts.isEmpty();
  }

  private static void sameSite(HttpServerRequest request, HostAndPort host) {
    String origin = request.getHeader("Origin");
    if (origin == null) {
      return;
    }
    String authority = host.port() < 0 ? host.host() : host.host() + ':' + host.port();
    if (!origin.equalsIgnoreCase("http://" + authority)
        && !origin.equalsIgnoreCase("https://" + authority)) {
      throw new HttpFailure(Kind.CROSS_SITE, "The header Origin names another site.");
    }
  }

  /**
   * What a page of another site cannot send without asking first: a JSON body and our own header.
   */
  static void mutation(RoutingContext ctx) {
    String type = ctx.request().getHeader("Content-Type");
    String essence = type == null ? "" : type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    if (!essence.equals("application/json")) {
      throw new HttpFailure(Kind.UNSUPPORTED_TYPE, "Send application/json.");
    }
    if (!"1".equals(ctx.request().getHeader("X-Pharos-Request"))) {
      throw new HttpFailure(Kind.MISSING_HEADER, "Send the header X-Pharos-Request: 1.");
    }
  }

  /** Whether the client takes this type. */
  static boolean accepts(RoutingContext ctx, String type) {
    List<String> headers = ctx.request().headers().getAll("Accept");
    if (headers.isEmpty()) {
      return true;
    }
    String family = type.substring(0, type.indexOf('/')) + "/*";
    for (String header : headers) {
      for (String item : header.split(",", -1)) {
        int semicolon = item.indexOf(';');
        String range = (semicolon < 0 ? item : item.substring(0, semicolon)).strip();
        boolean refused =
            semicolon >= 0 && item.substring(semicolon).replace(" ", "").endsWith(";q=0");
        if (!refused
            && (range.equals("*/*")
                || range.equalsIgnoreCase(type)
                || range.equalsIgnoreCase(family))) {
          return true;
        }
      }
    }
    return false;
  }

  static boolean acceptsGzip(RoutingContext ctx) {
    String header = ctx.request().getHeader("Accept-Encoding");
    return header != null && gzipIn(header);
  }

  private static boolean gzipIn(String header) {
    for (String item : header.split(",", -1)) {
      String plain = item.replace(" ", "").toLowerCase(Locale.ROOT);
      if (plain.equals("gzip") || (plain.startsWith("gzip;") && !plain.endsWith(";q=0"))) {
        return true;
      }
    }
    return false;
  }

  /** Last line of a header that may only come once; null when absent. */
  static @Nullable String single(RoutingContext ctx, String name) {
    List<String> all = ctx.request().headers().getAll(name);
    return all.isEmpty() ? null : all.getLast();
  }
}
