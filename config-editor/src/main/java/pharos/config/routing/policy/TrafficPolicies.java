package pharos.config.routing.policy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import pharos.config.istio.MeshConfig;
import pharos.config.istio.view.DestinationRule;
import pharos.config.istio.view.DestinationRule.Setting;
import pharos.config.istio.view.DestinationRule.Subset;
import pharos.config.istio.view.DestinationRule.TrafficPolicy;
import pharos.config.resource.Fields;
import pharos.config.resource.Node;
import pharos.config.resource.Path;
import pharos.config.routing.effective.Cluster.Block;
import pharos.config.routing.effective.Cluster.Level;

/**
 * The policy of a port and a subset: blocks are taken as a whole from one place and never merged
 * field by field (section 7.3).
 */
public final class TrafficPolicies {
  /** R-DR-23: what {@code meshConfig.defaultTrafficPolicy} can hold. */
  private static final List<String> MESH_BLOCKS =
      List.of(DestinationRule.CONNECTION_POOL, DestinationRule.OUTLIER_DETECTION);

  private final Map<String, Block> meshDefaults = new LinkedHashMap<>();

  public TrafficPolicies(MeshConfig mesh) {
    for (String field : MESH_BLOCKS) {
      if (Fields.node(mesh.tree(), "defaultTrafficPolicy", field) instanceof Node.Mapping block) {
        meshDefaults.put(
            field, new Block(block, null, Path.of("defaultTrafficPolicy", field), Level.MESH));
      }
    }
  }

  /** R-DR-20, R-DR-23: the blocks of a cluster without subset, by field. */
  public Map<String, Block> of(@Nullable TrafficPolicy policy, int port) {
    Map<String, Block> blocks = new LinkedHashMap<>();
    if (policy != null) {
      Map<String, Setting> ofPort = policy.ports().get(port);
      if (ofPort == null) {
        put(policy.settings(), Level.TOP, blocks);
      } else {
        put(ofPort, Level.PORT, blocks);
      }
    }
    meshDefaults.forEach(blocks::putIfAbsent);
    return blocks;
  }

  /** R-DR-21: the blocks of a subset's cluster, by field. */
  public Map<String, Block> of(@Nullable TrafficPolicy policy, Subset subset, int port) {
    Map<String, Block> blocks = of(policy, port);
    TrafficPolicy own = subset.policy();
    if (own == null) {
      return blocks;
    }
    Map<String, Setting> ofPort = own.ports().get(port);
    if (ofPort == null) {
      put(own.settings(), Level.SUBSET, blocks);
    } else {
      // What the entry leaves out is unset, not inherited, not even from the mesh (R-DR-23).
      DestinationRule.PORT_BLOCKS.forEach(blocks::remove);
      put(ofPort, Level.SUBSET_PORT, blocks);
    }
    return blocks;
  }

  private static void put(Map<String, Setting> settings, Level level, Map<String, Block> blocks) {
    settings.forEach((field, setting) ->
        blocks.put(field, new Block(setting.value(), setting.object(), setting.path(), level)));
  }
}
