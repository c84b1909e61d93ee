package pharos.config.routing.compile;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import pharos.config.istio.PortProtocol;
import pharos.config.istio.view.MeshService;
import pharos.config.routing.Proxy;
import pharos.config.routing.effective.Cluster;
import pharos.config.routing.effective.EffectiveConfig;

/** Policies of a mesh without DestinationRules: one cluster per service port. */
final class PlainClusters implements DestinationPolicies {

  @Override
  public EffectiveConfig.Clusters clusters(Proxy proxy, ServicesInScope services) {
    return new EffectiveConfig.Clusters() {
      @Override
      public @Nullable Cluster find(String name) {
        String[] parts = name.split("\\|", -1);
        return names().contains(name)
            ? new Cluster(
                name,
                parts[3],
                Integer.parseInt(parts[1]),
                "",
                Cluster.Type.EDS,
                Cluster.Policy.NONE,
                List.of())
            : null;
      }

      @Override
      public List<String> names() {
        List<String> names = new ArrayList<>();
        for (MeshService service : services.all()) {
          for (MeshService.Port port : service.ports()) {
            if (port.protocol() != PortProtocol.UDP && service.alias().isEmpty()) {
              names.add(ClusterNames.outbound(port.number(), "", service.host()));
            }
          }
        }
        names.sort(null);
        return names;
      }
    };
  }

  @Override
  public List<String> hashKeys(Proxy proxy, MeshService service, String subset, int port) {
    return List.of();
  }

  @Override
  public List<String> subsets(Proxy proxy, MeshService service) {
    return List.of();
  }

  @Override
  public Set<String> proxyLabels() {
    return Set.of();
  }
}
