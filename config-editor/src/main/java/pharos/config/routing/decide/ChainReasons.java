package pharos.config.routing.decide;

import java.util.List;
import pharos.config.routing.effective.Listener.Match;
import pharos.config.routing.effective.Listener.Protocol;

/** Why a filter chain does not take a connection. */
final class ChainReasons {
  private ChainReasons() {}

  /** The first condition in Envoy's order that fails, or that another chain is more specific. */
  static String refusal(Match match, Connection connection) {
    if (!match.destinations().isEmpty() && !anyContains(match.destinations(), connection)) {
      return "destination: one of %s wanted, got %s"
          .formatted(
              match.destinations(),
              connection.address() == null ? "none known" : connection.address());
    }
    if (!match.serverNames().isEmpty() && !covers(match.serverNames(), connection.serverName())) {
      return "SNI: one of %s wanted, got %s"
          .formatted(
              match.serverNames(),
              connection.serverName().isEmpty() ? "none" : connection.serverName());
    }
    boolean protocol =
        switch (match.protocol()) {
          case ANY -> true;
          case PLAINTEXT_HTTP -> connection.protocol() == Protocol.PLAINTEXT_HTTP;
          case TLS -> connection.tls();
          case ISTIO_MTLS -> connection.protocol() == Protocol.ISTIO_MTLS;
        };
    if (!protocol) {
      return "protocol: %s wanted, got %s".formatted(wanted(match), connection.described());
    }
    return "would take it too, but another chain is more specific (R-ENV-40)";
  }

  private static String wanted(Match match) {
    return switch (match.protocol()) {
      case ANY -> "anything";
      case PLAINTEXT_HTTP -> "plaintext HTTP";
      case TLS -> "TLS";
      case ISTIO_MTLS -> "TLS between Istio's proxies";
    };
  }

  private static boolean anyContains(List<String> ranges, Connection connection) {
    for (String range : ranges) {
      Cidr cidr = Cidr.of(range);
      if (cidr != null && cidr.contains(connection.address())) {
        return true;
      }
    }
    return false;
  }

  private static boolean covers(List<String> names, String serverName) {
    return !serverName.isEmpty() && DomainIndex.of(names, List::of).find(serverName) != null;
  }
}
