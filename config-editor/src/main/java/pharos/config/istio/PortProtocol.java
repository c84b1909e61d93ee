package pharos.config.istio;

import java.util.Locale;

/** The protocol that Istio takes a service port for (analysis catalog 4.8). */
public enum PortProtocol {
  HTTP,
  HTTP_PROXY,
  HTTP2,
  GRPC,
  GRPC_WEB,
  HTTPS,
  TLS,
  TCP,
  MONGO,
  REDIS,
  MYSQL,
  UDP,
  UNSUPPORTED;

  /** Reads the protocol of a Kubernetes service port. */
  public static PortProtocol of(long port, String name, String transport, String appProtocol) {
    if (transport.equals("UDP")) {
      return UDP;
    }
    switch (appProtocol) {
      case "kubernetes.io/h2c" -> {
        return HTTP2;
      }
      case "kubernetes.io/ws" -> {
        return HTTP;
      }
      case "kubernetes.io/wss" -> {
        return HTTPS;
      }
      default -> {
        PortProtocol named = prefixed(appProtocol.isEmpty() ? name : appProtocol);
        if (named != UNSUPPORTED) {
          return named;
        }
        // Server speaks first or never says what it is: Istio does not sniff these.
        return port == 25 || port == 53 || port == 3306 || port == 27017 ? TCP : UNSUPPORTED;
      }
    }
  }

  private static PortProtocol prefixed(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    if (lower.startsWith("grpc-web")) {
      return GRPC_WEB;
    }
    int dash = lower.indexOf('-');
    return parse(dash < 0 ? lower : lower.substring(0, dash));
  }

  /** Reads a protocol's own name, in any case. */
  public static PortProtocol parse(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "tcp" -> TCP;
      case "udp" -> UDP;
      case "grpc" -> GRPC;
      case "grpc-web" -> GRPC_WEB;
      case "http" -> HTTP;
      case "http_proxy" -> HTTP_PROXY;
      case "http2" -> HTTP2;
      case "https" -> HTTPS;
      case "tls" -> TLS;
      case "mongo" -> MONGO;
      case "redis" -> REDIS;
      case "mysql" -> MYSQL;
      default -> UNSUPPORTED;
    };
  }

  /** R-OB-3: requests can be routed one by one. */
  public boolean isHttp() {
    return switch (this) {
      case HTTP, HTTP2, HTTP_PROXY, GRPC, GRPC_WEB -> true;
      default -> false;
    };
  }

  /** Encrypted before it reaches the proxy. */
  public boolean isTls() {
    return this == HTTPS || this == TLS;
  }

  /** R-OB-3: routed by connection; what is neither is sniffed. */
  public boolean isTcp() {
    return switch (this) {
      case TCP, HTTPS, TLS, MONGO, REDIS, MYSQL -> true;
      default -> false;
    };
  }
}
