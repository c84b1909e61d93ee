package pharos.backend.demo.routing;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request as the outbound side of a proxy sees it.
 *
 * @param namespace of the proxy
 * @param labels of the proxy's pod
 * @param gateway whether the proxy is a gateway; it then uses only objects bound to its Gateways
 * @param host without port; a service's full name where a short one was written
 * @param method empty for TCP
 * @param path with query; empty for TCP
 * @param headers names in lower case
 */
public record RouteRequest(
    String namespace,
    Map<String, String> labels,
    boolean gateway,
    String host,
    int port,
    String method,
    String path,
    Map<String, String> headers) {

  /** The value of a header, also of the pseudo headers that Istio allows in a match. */
  @Nullable String header(String name) {
    return switch (name) {
      case ":authority" -> host;
      case ":method" -> method;
      case ":path" -> path;
      default -> headers.get(name);
    };
  }

  /** The path without its query. */
  String pathOnly() {
    int query = path.indexOf('?');
    return query < 0 ? path : path.substring(0, query);
  }
}
