package pharos.graph.build;

import java.util.HashSet;
import java.util.Set;
import pharos.graph.NodeFlag;
import pharos.graph.sample.Inventory.WorkloadFact;

/** Takes away what should not be drawn: what is gone from the cluster, and waypoints on request. */
final class Pruning {
  private Pruning() {}

  /**
   * Removes nodes without traffic that nothing in the cluster stands behind, again until none is
   * left, and marks those whose workload has no pod (reference §3.4, deadNode). A cluster that the
   * inventory does not cover gets the benefit of the doubt.
   */
  static void removeDeadNodes(Draft draft, ClusterFacts facts) {
    if (!facts.known()) {
      return;
    }
    int before;
    do {
      before = draft.nodes().size();
      Set<NodeDraft> active = new HashSet<>();
      Set<NodeDraft> sources = new HashSet<>();
      for (EdgeDraft edge : draft.edges()) {
        sources.add(edge.source);
        if (!edge.parts.isEmpty()) {
          active.add(edge.source);
          active.add(edge.target);
        }
      }
      draft.removeNodes(
          node -> !active.contains(node) && isDead(node, sources.contains(node), facts));
    } while (draft.nodes().size() < before);
  }

  private static boolean isDead(NodeDraft node, boolean hasOutgoing, ClusterFacts facts) {
    return switch (node.type) {
      case UNKNOWN -> true;
      case SERVICE ->
          !hasOutgoing
              && node.entry == null
              && !node.isEgressCluster()
              && facts.covers(node.cluster, node.namespace);
      case WORKLOAD, APP -> {
        if (!Labels.isKnown(node.workload) || !facts.covers(node.cluster, node.namespace)) {
          yield false;
        }
        WorkloadFact fact = facts.workload(node.cluster, node.namespace, node.workload);
        if (fact != null && fact.current() == 0) {
          node.flags.add(NodeFlag.DEAD);
        }
        yield fact == null;
      }
    };
  }

  /** Removes waypoints, and what was connected through them only. */
  static void removeWaypoints(Draft draft) {
    Set<NodeDraft> touched = new HashSet<>();
    for (EdgeDraft edge : draft.edges()) {
      if (edge.source.waypoint || edge.target.waypoint) {
        touched.add(edge.source);
        touched.add(edge.target);
      }
    }
    draft.removeNodes(node -> node.waypoint);
    Set<NodeDraft> connected = new HashSet<>();
    for (EdgeDraft edge : draft.edges()) {
      connected.add(edge.source);
      connected.add(edge.target);
    }
    draft.removeNodes(node -> touched.contains(node) && !connected.contains(node));
  }
}
