package pharos.config.routing.cluster;

import java.util.List;
import org.jspecify.annotations.Nullable;
import pharos.config.routing.Proxy;
import pharos.config.routing.compile.ClusterNames;
import pharos.config.routing.effective.Cluster;

/** Clusters that no service stands behind (R-OB-22, R-OB-40). */
final class BuiltInClusters {
  private BuiltInClusters() {}

  static @Nullable Cluster find(String name, Proxy proxy) {
    if (!names(proxy).contains(name)) {
      return null;
    }
    Cluster.Type type =
        switch (name) {
          case ClusterNames.BLACK_HOLE -> Cluster.Type.STATIC;
          case ClusterNames.DYNAMIC_DNS -> Cluster.Type.DYNAMIC_FORWARD_PROXY;
          default -> Cluster.Type.ORIGINAL_DST;
        };
    return new Cluster(name, "", 0, "", type, Cluster.Policy.NONE, List.of());
  }

  /** A gateway knows no address that a client meant, so it passes nothing through. */
  static List<String> names(Proxy proxy) {
    return switch (proxy.kind()) {
      case SIDECAR ->
          List.of(ClusterNames.DYNAMIC_DNS, ClusterNames.BLACK_HOLE, ClusterNames.PASSTHROUGH);
      case GATEWAY -> List.of(ClusterNames.BLACK_HOLE);
      case WAYPOINT -> List.of();
    };
  }
}
