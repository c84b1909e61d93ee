package pharos.config.routing.waypoint;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import pharos.config.istio.PortProtocol;
import pharos.config.istio.view.MeshService;
import pharos.config.resource.Fields;
import pharos.config.routing.effective.Cluster;
import pharos.config.routing.effective.EffectiveConfig;

/**
 * Clusters of a waypoint: {@code inbound-vip|…} for its own services, shaped like the outbound ones
 * of a client in its namespace, and outbound ones for the others (R-AMB-8, R-AMB-10).
 */
final class WaypointClusters implements EffectiveConfig.Clusters {
  private final WaypointServices services;
  private final EffectiveConfig.Clusters outbound;

  /**
   * Clusters over those of a client.
   *
   * @param outbound of a client in the waypoint's namespace without labels: rules with a
   *     workloadSelector do not count for it
   */
  WaypointClusters(WaypointServices services, EffectiveConfig.Clusters outbound) {
    this.services = services;
    this.outbound = outbound;
  }

  @Override
  public @Nullable Cluster find(String name) {
    String[] parts = name.split("\\|", 4);
    if (parts.length < 4) {
      return null;
    }
    String host = parts[3];
    if (parts[0].equals("outbound")) {
      return services.owns(host) ? null : outbound.find(name);
    }
    return parts[0].equals("inbound-vip") ? inbound(name, parts[1], parts[2], host) : null;
  }

  private @Nullable Cluster inbound(String name, String port, String kindAndSubset, String host) {
    MeshService service = services.owns(host) ? services.find(host) : null;
    if (service == null) {
      return null;
    }
    int slash = kindAndSubset.indexOf('/');
    String kind = slash < 0 ? kindAndSubset : kindAndSubset.substring(0, slash);
    String subset = slash < 0 ? "" : kindAndSubset.substring(slash + 1);
    for (MeshService.Port candidate : service.ports()) {
      boolean reads =
          kind.equals("http")
              ? WaypointServices.readsHttp(candidate)
              : WaypointServices.readsTcp(candidate);
      if (reads && Integer.toString(candidate.number()).equals(port)) {
        Cluster client = outbound.find("outbound|" + port + "|" + subset + "|" + host);
        return client == null ? null : renamed(client, name);
      }
    }
    return null;
  }

  private static Cluster renamed(Cluster client, String name) {
    return new Cluster(
        name,
        client.host(),
        client.port(),
        client.subset(),
        client.type(),
        policy(client.policy()),
        client.endpoints());
  }

  /** R-AMB-10: mutual TLS of the mesh is ztunnel's, so the setting has no effect. */
  private static Cluster.Policy policy(Cluster.Policy policy) {
    Cluster.Block tls = policy.blocks().get("tls");
    if (tls == null || !Fields.text(tls.value(), "mode").equals("ISTIO_MUTUAL")) {
      return policy;
    }
    Map<String, Cluster.Block> blocks = new LinkedHashMap<>(policy.blocks());
    blocks.remove("tls");
    return new Cluster.Policy(
        policy.destinationRule(), policy.mergedFrom(), policy.subsetLabels(), blocks);
  }

  @Override
  public List<String> names() {
    TreeSet<String> names = new TreeSet<>();
    for (String name : outbound.names()) {
      String[] parts = name.split("\\|", 4);
      if (parts.length < 4 || !services.owns(parts[3])) {
        names.add(name);
        continue;
      }
      MeshService service = services.find(parts[3]);
      for (String kind : kinds(service, parts[1])) {
        names.add(
            "inbound-vip|%s|%s|%s"
                .formatted(parts[1], parts[2].isEmpty() ? kind : kind + "/" + parts[2], parts[3]));
      }
    }
    return List.copyOf(names);
  }

  private static List<String> kinds(@Nullable MeshService service, String port) {
    List<String> kinds = new ArrayList<>();
    for (MeshService.Port candidate :
        service == null ? List.<MeshService.Port>of() : service.ports()) {
      if (candidate.protocol() != PortProtocol.UDP
          && Integer.toString(candidate.number()).equals(port)) {
        if (WaypointServices.readsHttp(candidate)) {
          kinds.add("http");
        }
        if (WaypointServices.readsTcp(candidate)) {
          kinds.add("tcp");
        }
      }
    }
    return kinds;
  }
}
