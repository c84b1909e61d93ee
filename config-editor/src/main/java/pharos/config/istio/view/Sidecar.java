package pharos.config.istio.view;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import pharos.config.istio.MeshConfig.OutboundPolicy;
import pharos.config.resource.Node;
import pharos.config.resource.ResourceKey;

/**
 * A Sidecar: which services a proxy knows, on which listeners, and what it takes for its pod.
 *
 * @param created as {@link VirtualService#created()}
 * @param selector labels of the pods it is for; null without a {@code workloadSelector}
 * @param egress as written; empty means one listener that knows everything (R-SC-4)
 * @param outboundPolicy null without {@code outboundTrafficPolicy}: the mesh's (R-SC-4)
 * @param egressProxy where unknown traffic goes instead of to its destination (R-OB-23), or null
 * @param ingress as written; empty means the ports of the pod's services
 * @param inboundConnectionPool limits for calls to the pod, before those of any rule (R-DR-63)
 */
public record Sidecar(
    ResourceKey key,
    long created,
    @Nullable Map<String, String> selector,
    List<Egress> egress,
    @Nullable OutboundPolicy outboundPolicy,
    @Nullable Destination egressProxy,
    List<Ingress> ingress,
    @Nullable Node inboundConnectionPool) {
  public Sidecar {
    selector = selector == null ? null : Map.copyOf(selector);
    egress = List.copyOf(egress);
    ingress = List.copyOf(ingress);
  }

  /**
   * One entry of {@code ingress}.
   *
   * @param defaultEndpoint where the pod listens, {@code address:port} or {@code unix://path};
   *     empty for the address and port that the client dialled
   * @param connectionPool limits of this listener, or null
   */
  public record Ingress(
      Port port,
      String bind,
      String defaultEndpoint,
      @Nullable Node connectionPool,
      Origin origin) {}

  /**
   * One entry of {@code egress}.
   *
   * @param port null for the catch-all listener
   * @param bind address or path of a Unix socket; empty for none
   * @param captured false for {@code captureMode: NONE}: clients dial the listener itself
   * @param hosts {@code namespace/host} as written (R-SC-5)
   */
  public record Egress(
      @Nullable Port port, String bind, boolean captured, List<String> hosts, Origin origin) {
    public Egress {
      hosts = List.copyOf(hosts);
    }
  }

  /**
   * Port of a listener.
   *
   * @param number 0 for a Unix socket
   * @param protocol as written
   */
  public record Port(int number, String protocol, String name) {}
}
