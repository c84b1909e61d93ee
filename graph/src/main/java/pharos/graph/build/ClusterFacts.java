package pharos.graph.build;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import pharos.graph.sample.Inventory;
import pharos.graph.sample.Inventory.DataPlane;
import pharos.graph.sample.Inventory.ServiceEntryFact;
import pharos.graph.sample.Inventory.ServiceFact;
import pharos.graph.sample.Inventory.WorkloadFact;

/** The inventory, indexed by name. */
final class ClusterFacts {
  private final Inventory inventory;
  private final Map<Name, List<WorkloadFact>> workloads = new HashMap<>();
  private final Map<Name, List<WorkloadFact>> apps = new HashMap<>();
  private final Map<Name, List<ServiceFact>> services = new HashMap<>();
  private final Map<String, List<WorkloadFact>> byNamespace = new HashMap<>();
  private final Set<String> clusters = new HashSet<>();
  private final boolean hasWaypoints;

  private record Name(String namespace, String name) {}

  ClusterFacts(Inventory inventory) {
    this.inventory = inventory;
    boolean waypointSeen = false;
    for (WorkloadFact fact : inventory.workloads()) {
      add(workloads, new Name(fact.namespace(), fact.name()), fact);
      add(apps, new Name(fact.namespace(), fact.app()), fact);
      byNamespace.computeIfAbsent(fact.namespace(), key -> new ArrayList<>()).add(fact);
      clusters.add(fact.cluster());
      waypointSeen |= fact.dataPlane() == DataPlane.WAYPOINT;
    }
    hasWaypoints = waypointSeen;
    for (ServiceFact fact : inventory.services()) {
      add(services, new Name(fact.namespace(), fact.name()), fact);
      clusters.add(fact.cluster());
    }
  }

  private static <T> void add(Map<Name, List<T>> map, Name name, T fact) {
    map.computeIfAbsent(name, key -> new ArrayList<>(1)).add(fact);
  }

  /** False before the first list of the cluster: then absence proves nothing. */
  boolean known() {
    return !inventory.namespaces().isEmpty();
  }

  boolean isAccessible(String namespace) {
    return !known() || inventory.namespaces().containsKey(namespace);
  }

  /** Whether the inventory covers this cluster, so that what it does not list does not exist. */
  boolean covers(String cluster, String namespace) {
    return known() && clusters.contains(cluster) && inventory.namespaces().containsKey(namespace);
  }

  boolean isWaypoint(String cluster, String namespace, String workload) {
    if (!hasWaypoints) {
      return false;
    }
    WorkloadFact fact = workload(cluster, namespace, workload);
    return fact != null && fact.dataPlane() == DataPlane.WAYPOINT;
  }

  @Nullable WorkloadFact workload(String cluster, String namespace, String name) {
    return ofCluster(workloads.get(new Name(namespace, name)), cluster, WorkloadFact::cluster);
  }

  @Nullable ServiceFact service(String cluster, String namespace, String name) {
    return ofCluster(services.get(new Name(namespace, name)), cluster, ServiceFact::cluster);
  }

  /** All workloads of an app, or of one version of it when {@code version} is known. */
  List<WorkloadFact> workloadsOfApp(String cluster, String namespace, String app, String version) {
    return apps.getOrDefault(new Name(namespace, app), List.of()).stream()
        .filter(fact -> isSameCluster(fact.cluster(), cluster))
        .filter(fact -> !Labels.isKnownVersion(version) || fact.version().equals(version))
        .toList();
  }

  /** The workloads whose labels match the service's selector; none without a selector. */
  List<WorkloadFact> workloadsBehind(ServiceFact service) {
    if (service.selector().isEmpty()) {
      return List.of();
    }
    return byNamespace.getOrDefault(service.namespace(), List.of()).stream()
        .filter(fact -> fact.cluster().equals(service.cluster()))
        .filter(fact -> fact.labels().entrySet().containsAll(service.selector().entrySet()))
        .toList();
  }

  List<ServiceFact> services() {
    return inventory.services();
  }

  List<WorkloadFact> workloads() {
    return inventory.workloads();
  }

  List<ServiceEntryFact> serviceEntries() {
    return inventory.serviceEntries();
  }

  /** Telemetry may not name the cluster; then any will do. */
  private static <T> @Nullable T ofCluster(
      @Nullable List<T> facts, String cluster, Function<T, String> clusterOf) {
    if (facts == null) {
      return null;
    }
    for (T fact : facts) {
      if (isSameCluster(clusterOf.apply(fact), cluster)) {
        return fact;
      }
    }
    return null;
  }

  private static boolean isSameCluster(String fact, String telemetry) {
    return fact.equals(telemetry) || !Labels.isKnown(telemetry) || !Labels.isKnown(fact);
  }
}
