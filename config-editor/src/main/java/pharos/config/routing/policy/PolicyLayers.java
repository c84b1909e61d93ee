package pharos.config.routing.policy;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import pharos.config.istio.view.DestinationRule.Setting;
import pharos.config.istio.view.DestinationRule.TrafficPolicy;

/** Fills one policy in under another, block by block and per port (R-DR-18). */
final class PolicyLayers {
  private PolicyLayers() {}

  static TrafficPolicy under(TrafficPolicy upper, TrafficPolicy lower) {
    Map<Integer, Map<String, Setting>> ports = new LinkedHashMap<>(upper.ports());
    lower
        .ports()
        .forEach((port, blocks) -> ports.merge(port, blocks, (above, _) -> filled(above, blocks)));
    return new TrafficPolicy(filled(upper.settings(), lower.settings()), ports);
  }

  private static Map<String, Setting> filled(
      Map<String, Setting> upper, Map<String, Setting> lower) {
    Map<String, Setting> all = new HashMap<>(lower);
    all.putAll(upper);
    return all;
  }
}
