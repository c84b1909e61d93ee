package pharos.config.routing.compile.inbound;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import pharos.config.istio.view.MeshService;
import pharos.config.istio.view.Sidecar;
import pharos.config.resource.Node;
import pharos.config.resource.Path;
import pharos.config.routing.compile.ClusterNames;
import pharos.config.routing.effective.Cluster;
import pharos.config.routing.effective.Cluster.Endpoint;
import pharos.config.routing.effective.EffectiveConfig;

/**
 * Clusters of the receiving side: the pod, with limits alone (R-DR-63).
 *
 * @param ports by name of their cluster
 * @param outbound of a client in the pod's namespace, for the rules of its own services
 */
record InboundClusters(
    Map<String, InboundPort> ports, @Nullable Sidecar sidecar, EffectiveConfig.Clusters outbound)
    implements EffectiveConfig.Clusters {
  private static final String POOL = "connectionPool";

  @Override
  public @Nullable Cluster find(String name) {
    InboundPort port = ports.get(name);
    if (port == null) {
      return name.equals(ClusterNames.INBOUND_PASSTHROUGH)
          ? cluster(name, "", 0, Cluster.Policy.NONE)
          : null;
    }
    MeshService service = port.service();
    String host = service == null ? "" : service.host();
    Endpoint pod = port.endpoint();
    return pod == null
        ? cluster(name, host, port.port(), policy(port))
        : new Cluster(name, host, pod.port(), "", Cluster.Type.EDS, policy(port), List.of(pod));
  }

  /** Dials the pod where the client did. */
  private static Cluster cluster(String name, String host, int port, Cluster.Policy policy) {
    return new Cluster(name, host, port, "", Cluster.Type.ORIGINAL_DST, policy, List.of());
  }

  /** The listener's own limits, else the Sidecar's, else those of the rule for the service. */
  private Cluster.Policy policy(InboundPort port) {
    if (sidecar != null) {
      Sidecar.Ingress ingress = port.ingress();
      if (ingress != null && ingress.connectionPool() != null) {
        return limits(
            sidecar,
            ingress.connectionPool(),
            ingress.origin().path().key(POOL),
            Cluster.Level.PORT);
      }
      if (sidecar.inboundConnectionPool() != null) {
        return limits(
            sidecar,
            sidecar.inboundConnectionPool(),
            Path.of("spec", "inboundConnectionPool"),
            Cluster.Level.TOP);
      }
    }
    MeshService service = port.service();
    Cluster client =
        service == null
            ? null
            : outbound.find(ClusterNames.outbound(port.servicePort(), "", service.host()));
    Cluster.Block pool = client == null ? null : client.policy().blocks().get(POOL);
    return client == null || pool == null
        ? Cluster.Policy.NONE
        : new Cluster.Policy(
            client.policy().destinationRule(),
            client.policy().mergedFrom(),
            Map.of(),
            Map.of(POOL, pool));
  }

  private static Cluster.Policy limits(Sidecar sidecar, Node pool, Path path, Cluster.Level level) {
    return new Cluster.Policy(
        null,
        List.of(),
        Map.of(),
        Map.of(POOL, new Cluster.Block(pool, sidecar.key(), path, level)));
  }

  @Override
  public List<String> names() {
    return ports.keySet().stream().sorted().toList();
  }
}
