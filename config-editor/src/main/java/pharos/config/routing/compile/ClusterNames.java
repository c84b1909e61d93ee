package pharos.config.routing.compile;

import org.jspecify.annotations.Nullable;
import pharos.config.istio.view.Destination;
import pharos.config.istio.view.MeshService;

/** Names of clusters (section 3.5). */
public final class ClusterNames {
  /** To wherever the client addressed it (R-OB-22). */
  public static final String PASSTHROUGH = "PassthroughCluster";

  /** Nowhere (R-OB-22). */
  public static final String BLACK_HOLE = "BlackHoleCluster";

  /** To what the Host header resolves to (R-OB-22). */
  public static final String DYNAMIC_DNS = "AllowAnyDynamicDNSCluster";

  /** To the port of the pod that the client dialled. */
  public static final String INBOUND_PASSTHROUGH = "InboundPassthroughCluster";

  /** Of references that lead nowhere (R-HTTP-40). */
  public static final String UNKNOWN = "UnknownService";

  private ClusterNames() {}

  /** R-OB-40, R-OB-41: the port is the service's, never the target's. */
  public static String outbound(int port, String subset, String host) {
    return "outbound|" + port + "|" + subset + "|" + host;
  }

  /** R-OB-40: of a port of the proxy's own pod. */
  public static String inbound(int port) {
    return "inbound|" + port + "||";
  }

  /** R-OB-40: the SNI of a cluster across networks (R-GW-29). */
  public static String serverName(int port, String subset, String host) {
    return "outbound_." + port + "_." + subset + "_." + host;
  }

  /**
   * R-HTTP-40, R-OB-28: the cluster of a destination, whether it exists or not (R-HTTP-42).
   *
   * @param service that was found for its host, with the ports that count; null for none
   * @param listenerPort taken when neither the destination nor the service names a port
   */
  public static String of(
      Destination destination, @Nullable MeshService service, int listenerPort) {
    if (destination.host().isEmpty()) {
      return UNKNOWN;
    }
    int port = listenerPort;
    if (destination.port() != 0) {
      port = destination.port();
    } else if (service != null && service.ports().size() == 1) {
      port = service.ports().getFirst().number();
    }
    // One hop only, as istiod follows it.
    String host =
        service == null || service.alias().isEmpty() ? destination.host() : service.alias();
    return outbound(port, destination.subset(), host);
  }
}
