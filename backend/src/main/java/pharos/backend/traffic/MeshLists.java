package pharos.backend.traffic;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import pharos.backend.traffic.TrafficFailure.NoSuchObject;
import pharos.graph.Edge;
import pharos.graph.Health;
import pharos.graph.Node;
import pharos.graph.NodeId;
import pharos.graph.TrafficGraph;
import pharos.graph.sample.Inventory;
import pharos.graph.sample.Inventory.NamespaceFact;
import pharos.graph.sample.Inventory.ServiceEntryFact;
import pharos.graph.sample.Inventory.ServiceFact;
import pharos.graph.sample.Inventory.WorkloadFact;

/**
 * Namespaces, services and workloads with their traffic at one moment. What only traffic knows is
 * listed too; what only the cluster knows has no rates.
 */
public final class MeshLists {
  private final MeshState state;
  private final List<SourceStatus> sources;
  private final @Nullable Instant staleSince;

  MeshLists(MeshState state, List<SourceStatus> sources, @Nullable Instant staleSince) {
    this.state = state;
    this.sources = List.copyOf(sources);
    this.staleSince = staleSince;
  }

  public Instant at() {
    return state.at();
  }

  public Duration window() {
    return state.window();
  }

  public List<SourceStatus> sources() {
    return sources;
  }

  /** When the telemetry stopped; null while it is current. */
  public @Nullable Instant staleSince() {
    return staleSince;
  }

  /** All namespaces, by name. */
  public List<NamespaceItem> namespaces() {
    Inventory inventory = state.inventory();
    Set<String> names = new TreeSet<>(inventory.namespaces().keySet());
    for (Node node : state.workloadGraph().nodes()) {
      if (MeshState.known(node.namespace())) {
        names.add(node.namespace());
      }
    }
    List<NamespaceItem> items = new ArrayList<>();
    for (String name : names) {
      NamespaceFact fact = inventory.namespaces().get(name);
      items.add(
          new NamespaceItem(
              fact == null ? new NamespaceFact(name, false, false, Map.of()) : fact,
              inventory.services().stream().filter(s -> s.namespace().equals(name)).count(),
              inventory.workloads().stream().filter(w -> w.namespace().equals(name)).count(),
              state.namespaceHealth(name),
              state.namespaceIn(name)));
    }
    return items;
  }

  /**
   * Services and service entries, by namespace and name.
   *
   * @param namespaces empty means all
   */
  public List<ServiceItem> services(Set<String> namespaces) {
    List<ServiceItem> items = new ArrayList<>();
    for (ServiceFact fact : state.inventory().services()) {
      if (namespaces.isEmpty() || namespaces.contains(fact.namespace())) {
        items.add(service(fact));
      }
    }
    for (ServiceEntryFact fact : state.inventory().serviceEntries()) {
      if (namespaces.isEmpty() || namespaces.contains(fact.namespace())) {
        items.add(serviceEntry(fact));
      }
    }
    items.sort(
        Comparator.comparing((ServiceItem item) -> item.fact().namespace())
            .thenComparing(item -> item.fact().name()));
    return items;
  }

  /**
   * One service with its surroundings.
   *
   * @throws NoSuchObject when neither the cluster nor the traffic knows it
   */
  public ServiceDetail service(String namespace, String name) {
    ServiceItem item =
        services(Set.of(namespace)).stream()
            .filter(candidate -> candidate.fact().name().equals(name))
            .findFirst()
            .or(() -> state.service(namespace, name).map(node -> fromTraffic(node, name)))
            .orElseThrow(
                () -> new NoSuchObject("There is no service of this name in the namespace."));
    Optional<Node> node = state.service(namespace, name);
    TrafficGraph graph = state.serviceGraph();
    List<Neighbour> callees = node.map(n -> callees(graph, n)).orElse(List.of());
    Map<String, WorkloadItem> workloads = new LinkedHashMap<>();
    for (WorkloadFact fact : state.inventory().workloads()) {
      if (fact.namespace().equals(namespace) && selects(item.fact().selector(), fact.labels())) {
        workloads.put(fact.name(), workload(fact));
      }
    }
    for (Neighbour callee : callees) {
      if (callee.node() instanceof Node.WorkloadNode w && w.namespace().equals(namespace)) {
        workloads.computeIfAbsent(w.workload(), _ -> fromTraffic(w));
      }
    }
    return new ServiceDetail(
        item,
        node.map(Node::id).orElse(null),
        List.copyOf(workloads.values()),
        node.map(n -> callers(graph, n)).orElse(List.of()),
        callees);
  }

  /**
   * Workloads, by namespace and name.
   *
   * @param namespaces empty means all
   */
  public List<WorkloadItem> workloads(Set<String> namespaces) {
    List<WorkloadItem> items = new ArrayList<>();
    for (WorkloadFact fact : state.inventory().workloads()) {
      if (namespaces.isEmpty() || namespaces.contains(fact.namespace())) {
        items.add(workload(fact));
      }
    }
    items.sort(
        Comparator.comparing((WorkloadItem item) -> item.fact().namespace())
            .thenComparing(item -> item.fact().name()));
    return items;
  }

  /**
   * One workload with its surroundings.
   *
   * @throws NoSuchObject when neither the cluster nor the traffic knows it
   */
  public WorkloadDetail workload(String namespace, String name) {
    Optional<Node> node = state.workload(namespace, name);
    WorkloadItem item =
        state.inventory().workloads().stream()
            .filter(fact -> fact.namespace().equals(namespace) && fact.name().equals(name))
            .findFirst()
            .map(this::workload)
            .or(() ->
                node.filter(Node.WorkloadNode.class::isInstance)
                    .map(n -> fromTraffic((Node.WorkloadNode) n)))
            .orElseThrow(
                () -> new NoSuchObject("There is no workload of this name in the namespace."));
    List<ServiceItem> services =
        services(Set.of(namespace)).stream()
            .filter(service -> selects(service.fact().selector(), item.fact().labels()))
            .toList();
    TrafficGraph graph = state.workloadGraph();
    return new WorkloadDetail(
        item,
        node.map(Node::id).orElse(null),
        services,
        node.map(n -> callers(graph, n)).orElse(List.of()),
        node.map(n -> callees(graph, n)).orElse(List.of()));
  }

  private ServiceItem service(ServiceFact fact) {
    Set<String> versions = new TreeSet<>(state.versionsOf(fact.namespace(), fact.name()));
    for (WorkloadFact workload : state.inventory().workloads()) {
      if (workload.namespace().equals(fact.namespace())
          && selects(fact.selector(), workload.labels())
          && MeshState.known(workload.version())) {
        versions.add(workload.version());
      }
    }
    return new ServiceItem(
        fact,
        List.copyOf(versions),
        state.service(fact.namespace(), fact.name()).map(MeshLists::health).orElse(Health.NONE),
        state.serviceIn(fact.namespace(), fact.name()),
        null,
        state
            .service(fact.namespace(), fact.name())
            .map(node -> node.facts().hosts())
            .orElse(List.of()));
  }

  private ServiceItem serviceEntry(ServiceEntryFact entry) {
    ServiceFact fact =
        new ServiceFact(
            entry.cluster(),
            entry.namespace(),
            entry.name(),
            Map.of(),
            Map.of(),
            List.of(),
            null,
            Set.of(),
            List.of(new Inventory.ObjectRef("ServiceEntry", entry.namespace(), entry.name())));
    return new ServiceItem(
        fact,
        List.of(),
        state.service(entry.namespace(), entry.name()).map(MeshLists::health).orElse(Health.NONE),
        state.serviceIn(entry.namespace(), entry.name()),
        entry,
        entry.hosts());
  }

  private ServiceItem fromTraffic(Node node, String name) {
    ServiceFact fact =
        new ServiceFact(
            node.cluster(),
            node.namespace(),
            name,
            node.facts().labels(),
            Map.of(),
            List.of(),
            null,
            node.facts().config(),
            List.of());
    return new ServiceItem(
        fact,
        node.facts().versions(),
        health(node),
        state.serviceIn(node.namespace(), name),
        null,
        node.facts().hosts());
  }

  private WorkloadItem workload(WorkloadFact fact) {
    return new WorkloadItem(
        fact,
        true,
        state.workload(fact.namespace(), fact.name()).map(MeshLists::health).orElse(Health.NONE),
        state.workloadIn(fact.namespace(), fact.name()),
        state.workloadOut(fact.namespace(), fact.name()));
  }

  private WorkloadItem fromTraffic(Node.WorkloadNode node) {
    WorkloadFact fact =
        new WorkloadFact(
            node.cluster(),
            node.namespace(),
            node.workload(),
            "Workload",
            node.app(),
            node.version(),
            node.facts().labels(),
            0,
            0,
            0,
            -1,
            Inventory.DataPlane.OUT_OF_MESH,
            null,
            List.of());
    return new WorkloadItem(
        fact,
        false,
        health(node),
        state.workloadIn(node.namespace(), node.workload()),
        state.workloadOut(node.namespace(), node.workload()));
  }

  private static Health health(Node node) {
    return node.facts().health();
  }

  private static List<Neighbour> callers(TrafficGraph graph, Node node) {
    Map<NodeId, Node> nodes = graph.nodesById();
    List<Neighbour> callers = new ArrayList<>();
    for (Edge edge : graph.edges()) {
      Node source = nodes.get(edge.source());
      if (edge.target().equals(node.id()) && source != null) {
        callers.add(new Neighbour(source, edge));
      }
    }
    return callers;
  }

  private static List<Neighbour> callees(TrafficGraph graph, Node node) {
    Map<NodeId, Node> nodes = graph.nodesById();
    List<Neighbour> callees = new ArrayList<>();
    for (Edge edge : graph.edges()) {
      Node target = nodes.get(edge.target());
      if (edge.source().equals(node.id()) && target != null) {
        callees.add(new Neighbour(target, edge));
      }
    }
    return callees;
  }

  /** An empty selector selects nothing: such a service has endpoints of its own. */
  private static boolean selects(Map<String, String> selector, Map<String, String> labels) {
    return !selector.isEmpty() && labels.entrySet().containsAll(selector.entrySet());
  }

  /**
   * @param in what arrives at its services
   */
  public record NamespaceItem(
      NamespaceFact fact, long services, long workloads, Health health, Red in) {}

  /**
   * @param entry the ServiceEntry this stands for; null for a Kubernetes service
   */
  public record ServiceItem(
      ServiceFact fact,
      List<String> versions,
      Health health,
      Red in,
      @Nullable ServiceEntryFact entry,
      List<String> hosts) {}

  /**
   * @param inCluster false when only traffic knows it: replicas and kind are then unknown
   */
  public record WorkloadItem(
      WorkloadFact fact, boolean inCluster, Health health, Red in, Red out) {}

  /** Who is at the other end, and what goes between. */
  public record Neighbour(Node node, Edge edge) {}

  /**
   * @param nodeId in a workload graph with service nodes; null without traffic
   */
  public record ServiceDetail(
      ServiceItem item,
      @Nullable NodeId nodeId,
      List<WorkloadItem> workloads,
      List<Neighbour> callers,
      List<Neighbour> callees) {}

  /**
   * @param nodeId in a workload graph; null without traffic
   */
  public record WorkloadDetail(
      WorkloadItem item,
      @Nullable NodeId nodeId,
      List<ServiceItem> services,
      List<Neighbour> callers,
      List<Neighbour> callees) {}
}
