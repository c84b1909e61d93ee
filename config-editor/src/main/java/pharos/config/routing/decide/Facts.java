package pharos.config.routing.decide;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import pharos.config.istio.MeshConfig.PathNormalization;
import pharos.config.routing.Request;

/** What the HTTP layer of a proxy sees of a request. */
final class Facts {
  private final Request request;
  private final boolean https;
  private final boolean setsForwardedProto;
  private final String hostAndPort;
  private final String host;
  private final String path;
  private final String pathOnly;

  /**
   * @param https whether the proxy took TLS off (R-HTTP-22)
   * @param setsForwardedProto whether it says so itself, whatever the client said: gateways do
   */
  Facts(Request request, boolean https, boolean setsForwardedProto, PathNormalization paths) {
    this.request = request;
    this.https = https;
    this.setsForwardedProto = setsForwardedProto;
    this.hostAndPort = request.authority().toLowerCase(Locale.ROOT);
    int end = endOfHost(hostAndPort);
    this.host = end == hostAndPort.length() ? hostAndPort : hostAndPort.substring(0, end);
    this.path = PathNormalizer.normalized(request.path().isEmpty() ? "/" : request.path(), paths);
    int endOfPath = PathNormalizer.endOfPath(path);
    this.pathOnly = endOfPath == path.length() ? path : path.substring(0, endOfPath);
  }

  /** R-ENV-3: where a trailing {@code :digits} begins; brackets of IPv6 stay with the host. */
  static int endOfHost(String authority) {
    int colon = authority.lastIndexOf(':');
    if (colon < 0 || colon + 1 == authority.length()) {
      return authority.length();
    }
    for (int i = colon + 1; i < authority.length(); i++) {
      char c = authority.charAt(i);
      if (c < '0' || c > '9') {
        return authority.length();
      }
    }
    // An IPv6 address without brackets ends like a port and has none.
    boolean bare = authority.indexOf(':') < colon && authority.charAt(0) != '[';
    return bare ? authority.length() : colon;
  }

  Request request() {
    return request;
  }

  /** Lower case, without the port. */
  String host() {
    return host;
  }

  /** Lower case, as sent. */
  String hostAndPort() {
    return hostAndPort;
  }

  /** Normalised, with the query. */
  String path() {
    return path;
  }

  /** Normalised, without query and fragment. */
  String pathOnly() {
    return pathOnly;
  }

  /** Query and fragment with what begins them; empty for none. */
  String afterPath() {
    return path.substring(pathOnly.length());
  }

  String scheme() {
    return https ? "https" : "http";
  }

  /** {@code x-forwarded-proto} as the router sees it. */
  String forwardedProto() {
    String sent = request.headers().get("x-forwarded-proto");
    return sent == null || setsForwardedProto ? scheme() : sent;
  }

  /** The value that a header condition is about, or null when the request has none. */
  @Nullable String header(String name) {
    return switch (name) {
      case ":method" -> request.method();
      case ":authority", "host" -> request.authority();
      case ":scheme" -> scheme();
      case ":path" -> path;
      case "x-forwarded-proto" -> forwardedProto();
      default -> request.headers().get(name);
    };
  }

  /** R-ENV-16: the first value of a name, not decoded; empty without {@code =}; null for none. */
  @Nullable String query(String name) {
    int at = pathOnly.length();
    if (at == path.length() || path.charAt(at) != '?') {
      return null;
    }
    int end = path.indexOf('#', at);
    end = end < 0 ? path.length() : end;
    at++;
    while (at <= end) {
      int next = path.indexOf('&', at);
      next = next < 0 || next > end ? end : next;
      if (path.startsWith(name, at)) {
        int after = at + name.length();
        if (after == next) {
          return "";
        }
        if (after < next && path.charAt(after) == '=') {
          return path.substring(after + 1, next);
        }
      }
      at = next + 1;
    }
    return null;
  }
}
