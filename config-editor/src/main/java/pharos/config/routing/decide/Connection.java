package pharos.config.routing.decide;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import pharos.config.routing.Request;
import pharos.config.routing.effective.Listener.Protocol;

/**
 * What a listener knows of a connection before its first request.
 *
 * @param address original destination; null when nobody knows it
 * @param serverName SNI in lower case; empty for none
 * @param protocol what its first bytes look like; {@link Protocol#ANY} for opaque bytes
 */
record Connection(@Nullable String address, int port, String serverName, Protocol protocol) {
  /** Names by which proxies reach services across networks begin so (R-OB-40). */
  private static final String ISTIO_NAMES = "outbound_.";

  static Connection of(Request request, @Nullable String address, int port) {
    String name = request.sni() == null ? "" : request.sni().toLowerCase(Locale.ROOT);
    Protocol protocol;
    if (request.tls()) {
      // Only Istio's proxies ask for such names, and they offer its application protocols.
      protocol = name.startsWith(ISTIO_NAMES) ? Protocol.ISTIO_MTLS : Protocol.TLS;
    } else {
      protocol = request.http() ? Protocol.PLAINTEXT_HTTP : Protocol.ANY;
    }
    return new Connection(address, port, request.tls() ? name : "", protocol);
  }

  boolean tls() {
    return protocol == Protocol.TLS || protocol == Protocol.ISTIO_MTLS;
  }

  /** {@code plaintext HTTP}, {@code TLS for a.com}, … */
  String described() {
    return switch (protocol) {
      case PLAINTEXT_HTTP -> "plaintext HTTP";
      case ANY -> "bytes that are neither TLS nor HTTP";
      case TLS, ISTIO_MTLS -> serverName.isEmpty() ? "TLS without SNI" : "TLS for " + serverName;
    };
  }
}
