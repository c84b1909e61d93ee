package pharos.backend.source.kubernetes;

import java.util.Locale;
import java.util.Set;

/** Which protocol Istio takes a service port for; see istio pkg/config/kube/conversion.go. */
final class PortProtocols {
  private static final Set<String> KNOWN =
      Set.of(
          "tcp",
          "udp",
          "grpc",
          "http",
          "http_proxy",
          "http2",
          "https",
          "tls",
          "mongo",
          "redis",
          "mysql");

  /** Ports whose servers speak first, so that sniffing would hang. */
  private static final Set<Integer> SERVER_FIRST = Set.of(25, 53, 3306, 27017);

  private PortProtocols() {}

  /**
   * @return lower case; {@code auto} where the proxy finds out by looking
   */
  static String of(int port, String name, String appProtocol, String transport) {
    if (transport.equals("UDP")) {
      return "udp";
    }
    String said = (appProtocol.isEmpty() ? name : appProtocol).toLowerCase(Locale.ROOT);
    switch (said) {
      case "kubernetes.io/h2c" -> {
        return "http2";
      }
      case "kubernetes.io/ws" -> {
        return "http";
      }
      case "kubernetes.io/wss" -> {
        return "https";
      }
      default -> {}
    }
    if (said.startsWith("grpc-web")) {
      return "grpc-web";
    }
    int dash = said.indexOf('-');
    String prefix = dash < 0 ? said : said.substring(0, dash);
    if (KNOWN.contains(prefix)) {
      return prefix;
    }
    return SERVER_FIRST.contains(port) ? "tcp" : "auto";
  }
}
