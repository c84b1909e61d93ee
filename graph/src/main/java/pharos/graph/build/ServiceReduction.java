package pharos.graph.build;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import pharos.graph.NodeFlag;

/**
 * Makes a graph of services from a graph of workloads with injected services: what a service's
 * workloads call, the service calls (reference §3.3, service graph).
 */
final class ServiceReduction {
  private ServiceReduction() {}

  static void apply(Draft draft) {
    Map<NodeDraft, List<EdgeDraft>> outgoing = new HashMap<>();
    List<EdgeDraft> sorted = new ArrayList<>();
    draft.edges().forEach(sorted::add);
    sorted.sort(
        Comparator.comparing((EdgeDraft edge) -> edge.source.key)
            .thenComparing(edge -> edge.target.key)
            .thenComparing(edge -> edge.protocol));
    for (EdgeDraft edge : sorted) {
      outgoing.computeIfAbsent(edge.source, key -> new ArrayList<>()).add(edge);
    }
    Map<EdgeDraft.Ends, EdgeDraft> reduced = new LinkedHashMap<>();
    Set<NodeDraft> nodes = new HashSet<>();
    for (NodeDraft node : draft.nodes()) {
      List<EdgeDraft> edges = outgoing.getOrDefault(node, List.of());
      if (node.type == NodeDraft.Type.SERVICE) {
        nodes.add(node);
        // A service may reach one workload over several protocols: its calls count once.
        Set<NodeDraft> reached = new HashSet<>();
        for (EdgeDraft edge : edges) {
          if (edge.target.type == NodeDraft.Type.SERVICE) {
            add(reduced, node, edge);
          } else if (reached.add(edge.target)) {
            for (EdgeDraft next : outgoing.getOrDefault(edge.target, List.of())) {
              if (next.target.type == NodeDraft.Type.SERVICE) {
                add(reduced, node, next);
              }
            }
          }
        }
      } else if (node.flags.contains(NodeFlag.ROOT)) {
        for (EdgeDraft edge : edges) {
          if (edge.target.type == NodeDraft.Type.SERVICE) {
            nodes.add(node);
            add(reduced, node, edge);
          }
        }
      }
    }
    draft.replace(nodes, List.copyOf(reduced.values()));
  }

  private static void add(
      Map<EdgeDraft.Ends, EdgeDraft> reduced, NodeDraft source, EdgeDraft from) {
    EdgeDraft fresh = new EdgeDraft(source, from.target, from.protocol, from.namespace);
    fresh.timed = false; // quantiles of several workloads cannot be joined
    EdgeDraft known = reduced.putIfAbsent(fresh.ends(), fresh);
    EdgeDraft edge = known == null ? fresh : known;
    edge.addAll(from);
    if (from.sampled != null && from.parts.isEmpty()) {
      edge.sampled = from.sampled;
    }
  }
}
