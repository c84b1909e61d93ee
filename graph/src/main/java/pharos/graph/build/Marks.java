package pharos.graph.build;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import pharos.graph.NodeFlag;
import pharos.graph.sample.Inventory.DataPlane;
import pharos.graph.sample.Inventory.ServiceFact;
import pharos.graph.sample.Inventory.WorkloadFact;

/** Marks nodes with what follows from the cluster, the request, and their place in the graph. */
final class Marks {
  private final ClusterFacts facts;
  private final Requested requested;

  Marks(ClusterFacts facts, Requested requested) {
    this.facts = facts;
    this.requested = requested;
  }

  void set(Draft draft) {
    for (NodeDraft node : draft.nodes()) {
      markDataPlane(node);
      markAccess(node);
      if (node.isEgressCluster()) {
        node.flags.add(NodeFlag.EGRESS_CLUSTER);
      }
      if (node.waypoint) {
        node.flags.add(NodeFlag.WAYPOINT);
        node.flags.remove(NodeFlag.OUT_OF_MESH);
      }
    }
    markRoots(draft);
  }

  /** Reference §3.4, trafficGenerator. A node that only calls itself has a source: itself. */
  private static void markRoots(Draft draft) {
    Set<NodeDraft> targets = new HashSet<>();
    draft.edges().forEach(edge -> targets.add(edge.target));
    for (EdgeDraft edge : draft.edges()) {
      if (!targets.contains(edge.source)) {
        edge.source.flags.add(NodeFlag.ROOT);
      }
    }
  }

  /** Reference §3.4, outsider. */
  private void markAccess(NodeDraft node) {
    boolean nowhere =
        switch (node.type) {
          case UNKNOWN -> true;
          case SERVICE ->
              node.isEgressCluster()
                  || (node.namespace.equals(Labels.UNKNOWN) && node.service.equals(Labels.UNKNOWN));
          case WORKLOAD, APP -> false;
        };
    if (nowhere) {
      node.flags.add(NodeFlag.INACCESSIBLE);
      return;
    }
    boolean outside =
        !requested.wholeMesh()
            && Labels.isKnown(node.namespace)
            && requested.index(node.namespace) < 0;
    if (outside) {
      node.flags.add(NodeFlag.OUTSIDE);
      if (!facts.isAccessible(node.namespace)) {
        node.flags.add(NodeFlag.INACCESSIBLE);
      }
    }
  }

  private void markDataPlane(NodeDraft node) {
    List<WorkloadFact> workloads = workloadsOf(node);
    if (workloads.isEmpty()) {
      return;
    }
    boolean everyOneOut = true;
    for (WorkloadFact fact : workloads) {
      everyOneOut &= fact.dataPlane() == DataPlane.OUT_OF_MESH;
      switch (fact.dataPlane()) {
        case AMBIENT -> node.flags.add(NodeFlag.AMBIENT);
        case GATEWAY -> {
          if (node.type != NodeDraft.Type.SERVICE) {
            node.flags.add(NodeFlag.GATEWAY);
          }
        }
        case WAYPOINT, SIDECAR, OUT_OF_MESH -> {}
      }
      if (fact.kind().equals("WorkloadEntry") || fact.kind().equals("WorkloadGroup")) {
        node.flags.add(NodeFlag.WORKLOAD_ENTRY);
      }
    }
    boolean oneIsOut =
        workloads.stream().anyMatch(fact -> fact.dataPlane() == DataPlane.OUT_OF_MESH);
    if (node.type == NodeDraft.Type.SERVICE ? everyOneOut : oneIsOut) {
      node.flags.add(NodeFlag.OUT_OF_MESH);
    }
  }

  private List<WorkloadFact> workloadsOf(NodeDraft node) {
    return switch (node.type) {
      case UNKNOWN -> List.of();
      case SERVICE -> {
        ServiceFact service = facts.service(node.cluster, node.namespace, node.service);
        yield service == null ? List.of() : facts.workloadsBehind(service);
      }
      case WORKLOAD, APP -> {
        if (Labels.isKnown(node.workload)) {
          WorkloadFact fact = facts.workload(node.cluster, node.namespace, node.workload);
          yield fact == null ? List.of() : List.of(fact);
        }
        yield facts.workloadsOfApp(node.cluster, node.namespace, node.app, node.version);
      }
    };
  }
}
