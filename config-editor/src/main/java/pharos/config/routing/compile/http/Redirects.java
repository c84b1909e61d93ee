package pharos.config.routing.compile.http;

import pharos.config.istio.view.HttpRoute;
import pharos.config.routing.effective.RouteEntry;

/** Redirects (section 5.4); Envoy completes them from the request (R-HTTP-30). */
final class Redirects {
  private Redirects() {}

  static RouteEntry.Action of(HttpRoute.Redirect redirect, RouteContext context) {
    int status = redirect.code() == 0 ? 301 : redirect.code();
    return switch (status) {
      case 301, 302, 303, 307, 308 ->
          new RouteEntry.Redirect(
              status,
              redirect.scheme(),
              redirect.authority(),
              port(redirect, context),
              redirect.uri(),
              redirect.uri().isEmpty() ? redirect.prefixRewrite() : "");
      // R-HTTP-32
      default ->
          new RouteEntry.Invalid(
              "redirectCode %d (expected: 301, 302, 303, 307 or 308)".formatted(status));
    };
  }

  /** R-HTTP-31: a default port of the scheme is left out. */
  private static int port(HttpRoute.Redirect redirect, RouteContext context) {
    int port = redirect.port();
    if (port == 0 && redirect.derivePort().equals("FROM_REQUEST_PORT")) {
      port = context.port();
    }
    String scheme = redirect.scheme();
    if (scheme.isEmpty()) {
      scheme = context.tls() ? "https" : "http";
    }
    return (port == 80 && scheme.equals("http")) || (port == 443 && scheme.equals("https"))
        ? 0
        : port;
  }
}
