package pharos.config.routing.compile.gateway;

import java.util.List;
import org.jspecify.annotations.Nullable;
import pharos.config.istio.PortProtocol;
import pharos.config.istio.view.Gateway;

/**
 * A server on a port that a gateway proxy listens on.
 *
 * @param port that is listened on, after translation (R-GW-6)
 */
record BoundServer(Gateway gateway, Gateway.Server server, int port) {

  /** Reads requests without decrypting. */
  boolean plainHttp() {
    return protocol().isHttp();
  }

  /** R-GW-25: decrypts and reads requests. */
  boolean terminatesHttps() {
    Gateway.Tls tls = server.tls();
    return protocol() == PortProtocol.HTTPS && tls != null && tls.mode().terminates();
  }

  /** Sees TLS, decrypted here or not. A redirecting HTTP server does not (R-GW-25). */
  boolean tls() {
    return server.tls() != null && !plainHttp();
  }

  /** Whether plain requests are sent to https (R-GW-20). */
  boolean redirects() {
    return server.tls() != null && server.tls().httpsRedirect();
  }

  PortProtocol protocol() {
    return PortProtocol.parse(server.protocol());
  }

  /** R-GW-9; null for what routes no requests. */
  @Nullable String routeName() {
    String bind = server.bind().isEmpty() ? "" : "." + server.bind();
    if (plainHttp()) {
      return "http." + port + bind;
    }
    if (!terminatesHttps()) {
      return null;
    }
    int slash = gateway.name().indexOf('/');
    return "https."
        + server.port()
        + "."
        + server.portName()
        + "."
        + gateway.name().substring(slash + 1)
        + "."
        + gateway.name().substring(0, Math.max(slash, 0))
        + bind;
  }

  /** R-GW-26: empty for any name or none. */
  List<String> serverNames() {
    List<String> names =
        server.hosts().stream()
            .map(host -> host.substring(host.indexOf('/') + 1))
            .distinct()
            .sorted()
            .toList();
    return names.contains("*") ? List.of() : names;
  }
}
