package pharos.config.istio.view;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import pharos.config.istio.CreationTimes;
import pharos.config.istio.MeshConfig;
import pharos.config.istio.ShortNames;
import pharos.config.istio.view.DestinationRule.Setting;
import pharos.config.istio.view.DestinationRule.Subset;
import pharos.config.istio.view.DestinationRule.TrafficPolicy;
import pharos.config.resource.Fields;
import pharos.config.resource.Node;
import pharos.config.resource.Path;
import pharos.config.resource.Resource;
import pharos.config.resource.ResourceKey;

/** Reads a DestinationRule as a user wrote it. */
public final class DestinationRuleReader {
  /** Its own namespace. */
  private static final Set<String> PRIVATE = Set.of(".");

  private DestinationRuleReader() {}

  /** The view of a DestinationRule; what has the wrong type counts as absent. */
  public static DestinationRule read(Resource resource, MeshConfig mesh) {
    ResourceKey key = resource.key();
    Node spec = resource.spec();
    boolean selects = Fields.has(spec, "workloadSelector");
    List<Subset> subsets = new ArrayList<>();
    List<Node> nodes = Fields.items(spec, "subsets");
    for (int i = 0; i < nodes.size(); i++) {
      Path path = Path.of("spec", "subsets", i);
      Node node = nodes.get(i);
      subsets.add(
          new Subset(
              Fields.text(node, "name"),
              Fields.map(node, "labels"),
              policy(Fields.node(node, "trafficPolicy"), key, path.key("trafficPolicy")),
              Origin.rule(key, path, i)));
    }
    return new DestinationRule(
        key,
        CreationTimes.seconds(resource),
        ShortNames.host(Fields.text(spec, "host"), key.namespace(), mesh),
        // R-DR-2: with a selector it is never exported.
        selects ? PRIVATE : Set.copyOf(Fields.texts(spec, "exportTo")),
        selects ? Fields.map(spec, "workloadSelector", "matchLabels") : null,
        policy(Fields.node(spec, "trafficPolicy"), key, Path.of("spec", "trafficPolicy")),
        subsets,
        VirtualService.Dialect.ISTIO);
  }

  private static @Nullable TrafficPolicy policy(@Nullable Node node, ResourceKey key, Path path) {
    if (!(node instanceof Node.Mapping)) {
      return null;
    }
    Map<Integer, Map<String, Setting>> ports = new LinkedHashMap<>();
    List<Node> entries = Fields.items(node, "portLevelSettings");
    for (int i = 0; i < entries.size(); i++) {
      Node entry = entries.get(i);
      ports.putIfAbsent(
          (int) Fields.number(entry, "port", "number"),
          settings(
              entry, key, path.key("portLevelSettings").index(i), DestinationRule.PORT_BLOCKS));
    }
    return new TrafficPolicy(settings(node, key, path, DestinationRule.BLOCKS), ports);
  }

  private static Map<String, Setting> settings(
      Node node, ResourceKey key, Path path, List<String> fields) {
    Map<String, Setting> settings = new HashMap<>();
    for (String field : fields) {
      // An empty object is there: outlierDetection {} switches detection on (R-DR-57).
      if (node.get(field) instanceof Node.Mapping block) {
        settings.put(field, new Setting(block, key, path.key(field)));
      }
    }
    return settings;
  }
}
