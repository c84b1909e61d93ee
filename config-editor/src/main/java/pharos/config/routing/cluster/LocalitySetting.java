package pharos.config.routing.cluster;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import pharos.config.istio.MeshConfig;
import pharos.config.istio.view.DestinationRule;
import pharos.config.istio.view.MeshService;
import pharos.config.resource.Fields;
import pharos.config.resource.Node;
import pharos.config.resource.Resource;
import pharos.config.resource.Snapshot;
import pharos.config.routing.effective.Cluster.Block;

/**
 * What a client does with where endpoints run (R-DR-42).
 *
 * @param kind which of the settings is in force
 * @param forced failover works without outlier detection
 * @param distribute weights by locality pattern, by the pattern of the client; empty for none
 * @param failover from region to region
 * @param failoverPriority labels, the most important first, some with a value for the client's
 */
record LocalitySetting(
    Kind kind,
    boolean forced,
    List<Distribution> distribute,
    Map<String, String> failover,
    List<String> failoverPriority) {
  static final String NETWORK = "topology.istio.io/network";
  private static final String HOST_NAME = "kubernetes.io/hostname";
  private static final List<String> BY_ZONE = List.of(NETWORK, Locality.REGION, Locality.ZONE);
  private static final List<String> BY_NODE =
      List.of(NETWORK, Locality.REGION, Locality.ZONE, Locality.SUBZONE, HOST_NAME);
  private static final LocalitySetting OFF =
      new LocalitySetting(Kind.OFF, false, List.of(), Map.of(), List.of());

  LocalitySetting {
    distribute = List.copyOf(distribute);
    failoverPriority = List.copyOf(failoverPriority);
  }

  /** Which of the settings is in force. */
  enum Kind {
    OFF,
    ZONE_AWARE,
    LOCALITY
  }

  /** One entry of {@code distribute}: patterns of localities and their weights, in order. */
  record Distribution(String from, Map<String, Integer> to) {}

  /** The rule's own, else the service's, else the mesh's. */
  static LocalitySetting of(
      MeshService service, Map<String, Block> blocks, Snapshot resources, MeshConfig mesh) {
    Block balancer = blocks.get(DestinationRule.LOAD_BALANCER);
    Node zoneAware = balancer == null ? null : Fields.node(balancer.value(), "zoneAwareLbSetting");
    if (zoneAware != null) {
      return read(Kind.ZONE_AWARE, zoneAware);
    }
    Node locality = balancer == null ? null : Fields.node(balancer.value(), "localityLbSetting");
    if (locality != null) {
      return read(Kind.LOCALITY, locality);
    }
    List<String> distribution = trafficDistribution(resources.get(service.key()));
    if (!distribution.isEmpty()) {
      return new LocalitySetting(Kind.LOCALITY, true, List.of(), Map.of(), distribution);
    }
    Node meshZoneAware = Fields.node(mesh.tree(), "zoneAwareLbSetting");
    return meshZoneAware != null
        ? read(Kind.ZONE_AWARE, meshZoneAware)
        : read(Kind.LOCALITY, Fields.node(mesh.tree(), "localityLbSetting"));
  }

  private static LocalitySetting read(Kind kind, @Nullable Node node) {
    if (Fields.has(node, "enabled") && !Fields.flag(node, "enabled")) {
      return OFF;
    }
    List<Distribution> distribute = new ArrayList<>();
    for (Node entry : Fields.items(node, "distribute")) {
      Map<String, Integer> to = new LinkedHashMap<>();
      Fields.entries(entry, "to")
          .forEach((pattern, _) -> to.put(pattern, (int) Fields.number(entry, "to", pattern)));
      distribute.add(new Distribution(Fields.text(entry, "from"), to));
    }
    Map<String, String> failover = new LinkedHashMap<>();
    for (Node entry : Fields.items(node, "failover")) {
      failover.putIfAbsent(Fields.text(entry, "from"), Fields.text(entry, "to"));
    }
    return new LocalitySetting(
        kind, false, distribute, failover, Fields.texts(node, "failoverPriority"));
  }

  /** Labels of clients that Services or the mesh may compare. */
  static Set<String> labels(MeshConfig mesh) {
    Set<String> labels = new HashSet<>(BY_NODE);
    for (String field : List.of("localityLbSetting", "zoneAwareLbSetting")) {
      for (String entry : Fields.texts(Fields.node(mesh.tree(), field), "failoverPriority")) {
        labels.add(label(entry));
      }
    }
    return labels;
  }

  /** The label of an entry of {@code failoverPriority}, without the value for the client's. */
  static String label(String entry) {
    int equals = entry.indexOf('=');
    return equals < 0 ? entry : entry.substring(0, equals);
  }

  /** The labels that a Service's {@code trafficDistribution} compares. */
  private static List<String> trafficDistribution(@Nullable Resource service) {
    return switch (service == null ? "" : Fields.text(service.spec(), "trafficDistribution")) {
      case "PreferClose", "PreferSameZone" -> BY_ZONE;
      case "PreferSameNode" -> BY_NODE;
      default -> List.of();
    };
  }
}
