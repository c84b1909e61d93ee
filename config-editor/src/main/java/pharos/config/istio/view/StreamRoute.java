package pharos.config.istio.view;

import java.util.List;
import java.util.Map;

/** One entry of {@code tls} or {@code tcp} (section 6 of the routing rules). */
public record StreamRoute(
    List<Match> match, List<HttpRoute.WeightedDestination> route, Origin origin) {
  public StreamRoute {
    match = List.copyOf(match);
    route = List.copyOf(route);
  }

  /**
   * Conditions on a connection.
   *
   * @param sniHosts empty for {@code tcp}
   * @param destinationSubnets CIDRs of the original destination
   * @param port 0 for any
   * @param gateways resolved names
   */
  public record Match(
      List<String> sniHosts,
      List<String> destinationSubnets,
      int port,
      Map<String, String> sourceLabels,
      String sourceNamespace,
      List<String> gateways,
      Origin origin) {
    public Match {
      sniHosts = List.copyOf(sniHosts);
      destinationSubnets = List.copyOf(destinationSubnets);
      sourceLabels = Map.copyOf(sourceLabels);
      gateways = List.copyOf(gateways);
    }
  }
}
