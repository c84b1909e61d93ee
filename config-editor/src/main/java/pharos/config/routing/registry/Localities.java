package pharos.config.routing.registry;

import java.util.HashMap;
import java.util.Map;
import pharos.config.resource.Kinds;
import pharos.config.resource.Resource;
import pharos.config.resource.Snapshot;

/** Where workloads run, and the labels that say so. */
final class Localities {
  private static final String REGION = "topology.kubernetes.io/region";
  private static final String ZONE = "topology.kubernetes.io/zone";
  private static final String SUBZONE = "topology.istio.io/subzone";
  private static final String HOST_NAME = "kubernetes.io/hostname";
  private static final String OVERRIDE = "istio-locality";

  private final Map<String, Resource> nodes = new HashMap<>();

  Localities(Snapshot resources) {
    for (Resource node : resources.all(Kinds.NODE)) {
      nodes.put(node.key().name(), node);
    }
  }

  /** Of a workload: what its label says, else what its node says. */
  String of(Map<String, String> labels, String nodeName) {
    String override = labels.getOrDefault(OVERRIDE, "");
    if (!override.isEmpty()) {
      // A label value cannot hold a slash.
      return override.contains("/") ? override : override.replace('.', '/');
    }
    Resource node = nodes.get(nodeName);
    if (node == null) {
      return "";
    }
    Map<String, String> of = node.labels();
    String region = of.getOrDefault(REGION, "");
    String zone = of.getOrDefault(ZONE, "");
    String subzone = of.getOrDefault(SUBZONE, "");
    return region.isEmpty() && zone.isEmpty() && subzone.isEmpty()
        ? ""
        : strip(region + "/" + zone + "/" + subzone);
  }

  private static String strip(String locality) {
    String text = locality;
    while (text.endsWith("/")) {
      text = text.substring(0, text.length() - 1);
    }
    return text;
  }

  /** The labels and those that Istio adds to endpoints. */
  static Map<String, String> augment(Map<String, String> labels, String locality, String nodeName) {
    Map<String, String> all = new HashMap<>(labels);
    String[] parts = locality.split("/", 3);
    put(all, REGION, parts[0]);
    put(all, ZONE, parts.length > 1 ? parts[1] : "");
    put(all, SUBZONE, parts.length > 2 ? parts[2] : "");
    put(all, HOST_NAME, nodeName);
    return all;
  }

  private static void put(Map<String, String> labels, String key, String value) {
    if (!value.isEmpty()) {
      labels.put(key, value);
    }
  }
}
