package pharos.graph.build;

import org.jspecify.annotations.Nullable;
import pharos.graph.GraphKind;
import pharos.graph.GraphOptions;
import pharos.graph.NodeFlag;
import pharos.graph.sample.Inventory.DataPlane;
import pharos.graph.sample.Inventory.ServiceFact;
import pharos.graph.sample.Inventory.WorkloadFact;

/** Adds what exists in the requested namespaces without traffic (reference §3.4, idleNode). */
final class IdleNodes {
  private IdleNodes() {}

  static void add(Draft draft, ClusterFacts facts, Requested requested, GraphOptions options) {
    boolean services = options.kind() == GraphKind.SERVICE || options.injectServiceNodes();
    if (services) {
      for (ServiceFact fact : facts.services()) {
        if (requested.index(fact.namespace()) >= 0) {
          addIdle(draft, draft.names.service(fact.cluster(), fact.namespace(), fact.name()));
        }
      }
    }
    if (options.kind() != GraphKind.SERVICE) {
      for (WorkloadFact fact : facts.workloads()) {
        if (requested.index(fact.namespace()) >= 0) {
          addIdle(draft, node(draft.names, fact));
        }
      }
    }
  }

  private static @Nullable NodeDraft node(NodeNames names, WorkloadFact fact) {
    boolean waypoint = fact.dataPlane() == DataPlane.WAYPOINT;
    NodeDraft node =
        names.source(
            fact.cluster(),
            fact.namespace(),
            fact.name(),
            waypoint || fact.app().isEmpty() ? Labels.UNKNOWN : fact.app(),
            fact.version().isEmpty() ? Labels.UNKNOWN : fact.version());
    if (node != null) {
      node.waypoint |= waypoint;
    }
    return node;
  }

  private static void addIdle(Draft draft, @Nullable NodeDraft node) {
    if (node != null && draft.add(node)) {
      node.flags.add(NodeFlag.IDLE);
    }
  }
}
