package pharos.config.routing.cluster;

import java.util.List;
import java.util.Map;
import pharos.config.istio.view.DestinationRule;
import pharos.config.resource.Fields;
import pharos.config.routing.effective.Cluster.Block;
import pharos.config.routing.effective.Cluster.Endpoint;

/** Which endpoints a proxy is told of. */
final class UsableEndpoints {
  private UsableEndpoints() {}

  /**
   * R-DR-55: those that are not ready are sent as unhealthy, except where a panic threshold would
   * make Envoy use them.
   */
  static List<Endpoint> of(List<Endpoint> endpoints, Map<String, Block> blocks) {
    Block detection = blocks.get(DestinationRule.OUTLIER_DETECTION);
    boolean mayPanic =
        detection != null && Fields.number(detection.value(), "minHealthPercent") > 0;
    return mayPanic ? endpoints.stream().filter(Endpoint::ready).toList() : endpoints;
  }
}
