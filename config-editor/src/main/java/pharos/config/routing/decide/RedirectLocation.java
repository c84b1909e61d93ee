package pharos.config.routing.decide;

import pharos.config.routing.effective.RouteEntry;

/** Where a redirect sends the client (R-HTTP-30, R-HTTP-31). */
final class RedirectLocation {
  private RedirectLocation() {}

  static String of(RouteEntry.Redirect redirect, PathTest match, Facts facts) {
    String scheme = redirect.scheme().isEmpty() ? facts.scheme() : redirect.scheme();
    String host = redirect.authority();
    String port = redirect.port() == 0 ? "" : ":" + redirect.port();
    if (host.isEmpty()) {
      host = requestHost(facts, scheme, !port.isEmpty());
    }
    return scheme + "://" + host + port + path(redirect, match, facts);
  }

  /** A port of one's own replaces the client's; the old scheme's default goes with the scheme. */
  private static String requestHost(Facts facts, String scheme, boolean newPort) {
    String authority = facts.request().authority();
    int end = Facts.endOfHost(authority);
    String port = authority.substring(end);
    String defaultPort = facts.scheme().equals("https") ? ":443" : ":80";
    boolean schemeDefault = !scheme.equals(facts.scheme()) && port.equals(defaultPort);
    return newPort || schemeDefault ? authority.substring(0, end) : authority;
  }

  private static String path(RouteEntry.Redirect redirect, PathTest match, Facts facts) {
    if (!redirect.path().isEmpty()) {
      return redirect.path().contains("?") ? redirect.path() : redirect.path() + facts.afterPath();
    }
    if (!redirect.prefixRewrite().isEmpty()) {
      return redirect.prefixRewrite() + facts.path().substring(match.replaced(facts.pathOnly()));
    }
    return facts.path();
  }
}
