package pharos.config.routing.cluster;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import pharos.config.istio.PortProtocol;
import pharos.config.istio.view.DestinationRule;
import pharos.config.istio.view.MeshService;
import pharos.config.resource.Fields;
import pharos.config.routing.Proxy;
import pharos.config.routing.effective.Cluster;
import pharos.config.routing.effective.Cluster.Block;

/** How clusters find their endpoints. */
final class ClusterTypes {
  /** R-OB-35: protocols whose requests or handshakes name the host. */
  private static final Set<PortProtocol> BY_NAME =
      EnumSet.of(
          PortProtocol.HTTP,
          PortProtocol.HTTP2,
          PortProtocol.GRPC,
          PortProtocol.HTTPS,
          PortProtocol.TLS);

  private ClusterTypes() {}

  /** R-OB-32, R-OB-30: gateways cannot follow an address that nobody dialled. */
  static Cluster.Type of(MeshService service, Proxy proxy) {
    return switch (service.resolution()) {
      case CLIENT_SIDE -> Cluster.Type.EDS;
      case DNS -> Cluster.Type.STRICT_DNS;
      case DNS_ROUND_ROBIN -> Cluster.Type.LOGICAL_DNS;
      case DYNAMIC_DNS -> Cluster.Type.DYNAMIC_FORWARD_PROXY;
      case PASSTHROUGH ->
          proxy.kind() == Proxy.Kind.SIDECAR ? Cluster.Type.ORIGINAL_DST : Cluster.Type.EDS;
    };
  }

  /** R-DR-35, R-DR-28: {@code PASSTHROUGH} dials the original address; hashing overrides it. */
  static Cluster.Type balanced(Cluster.Type type, Map<String, Block> blocks) {
    Block balancer = blocks.get(DestinationRule.LOAD_BALANCER);
    return type.hasEndpoints()
            && balancer != null
            && Fields.text(balancer.value(), "simple").equals("PASSTHROUGH")
            && !Fields.has(balancer.value(), "consistentHash")
        ? Cluster.Type.ORIGINAL_DST
        : type;
  }

  /** R-OB-42, R-OB-35: the port of a number, or null when it gets no clusters. */
  static MeshService.@Nullable Port port(MeshService service, int number) {
    MeshService.Port port = service.port(number);
    return port == null || !hasClusters(service, port) ? null : port;
  }

  /** Whether a port of a service has clusters. */
  static boolean hasClusters(MeshService service, MeshService.Port port) {
    if (port.protocol() == PortProtocol.UDP || !service.alias().isEmpty()) {
      return false;
    }
    return service.resolution() != MeshService.Resolution.DYNAMIC_DNS
        || BY_NAME.contains(port.protocol());
  }
}
