package pharos.config.check.istio;

import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import pharos.config.check.Check;
import pharos.config.check.Finding;
import pharos.config.check.IstioMessage;
import pharos.config.check.MeshView;
import pharos.config.resource.Fields;
import pharos.config.resource.Kinds;
import pharos.config.resource.Path;
import pharos.config.resource.Resource;
import pharos.config.resource.ResourceKey.Kind;
import pharos.config.resource.Snapshot;

/** A Service that is not the same in all clusters (catalog 5.27). */
final class MultiClusterServiceCheck implements Check {
  @Override
  public String name() {
    return "services.MultiClusterServiceAnalyzer";
  }

  @Override
  public Set<Kind> reads() {
    return Set.of(Kinds.SERVICE);
  }

  @Override
  public void run(MeshView mesh, Consumer<Finding> report) {
    Map<String, Map<String, Resource>> byName = new TreeMap<>();
    mesh.remotes().forEach((cluster, snapshot) -> collect(cluster, snapshot, byName));
    collect(mesh.cluster(), mesh.resources(), byName);
    byName.values().forEach(byCluster -> check(byCluster, report));
  }

  private static void collect(
      String cluster, Snapshot snapshot, Map<String, Map<String, Resource>> byName) {
    for (Resource service : snapshot.all(Kinds.SERVICE)) {
      byName
          .computeIfAbsent(
              service.key().namespace() + "/" + service.key().name(), _ -> new TreeMap<>())
          .put(cluster, service);
    }
  }

  private void check(Map<String, Resource> byCluster, Consumer<Finding> report) {
    if (byCluster.size() < 2) {
      return;
    }
    Set<String> clusters = new TreeSet<>();
    Set<String> reasons = new LinkedHashSet<>();
    long headless = byCluster.values().stream().filter(MultiClusterServiceCheck::headless).count();
    if (headless > 0 && headless < byCluster.size()) {
      clusters.addAll(byCluster.keySet());
      reasons.add("service has mixed mode like headless and clusterIP");
    }
    var first = byCluster.entrySet().iterator().next();
    byCluster.forEach((cluster, service) -> {
      if (!type(service).equals(type(first.getValue()))) {
        clusters.add(cluster);
        reasons.add("service type is inconsistent");
      }
      if (!ports(service).equals(ports(first.getValue()))) {
        clusters.add(cluster);
        reasons.add("service ports are inconsistent");
      }
    });
    if (reasons.isEmpty()) {
      return;
    }
    clusters.add(first.getKey());
    Resource service = first.getValue();
    report.accept(
        Finding.at(
            service,
            Path.ROOT,
            name(),
            IstioMessage.MULTI_CLUSTER_INCONSISTENT_SERVICE,
            service.key().name(),
            service.key().namespace(),
            List.copyOf(clusters),
            String.join("; ", reasons)));
  }

  private static boolean headless(Resource service) {
    return Fields.text(service.spec(), "clusterIP").equals("None");
  }

  private static String type(Resource service) {
    return Fields.text(service.spec(), "type");
  }

  /** Compared by name, because the order in which a Service lists its ports says nothing. */
  private static List<Map<String, String>> ports(Resource service) {
    return Fields.items(service.spec(), "ports").stream()
        .map(port -> Fields.map(port))
        .sorted(Comparator.comparing(port -> port.getOrDefault("name", "")))
        .toList();
  }
}
