package pharos.graph.build;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import pharos.graph.build.Call.Tally;
import pharos.graph.sample.Protocol;

/**
 * Makes edges of calls. Kiali builds one graph per namespace and merges them; a node of a namespace
 * is then taken from its own namespace's graph, with its edges. So does this: an edge is taken from
 * the graph of its source's namespace where that has it, and what comes into a node is what its own
 * namespace's graph says (reference §3.3, merging namespaces).
 */
final class NamespaceMerge {
  private final Requested requested;
  private final boolean idleEdges;
  private final Map<Key, EdgeDraft> edges = new HashMap<>();

  private record Key(int namespace, int source, int target, Protocol protocol) {}

  NamespaceMerge(Requested requested, boolean idleEdges) {
    this.requested = requested;
    this.idleEdges = idleEdges;
  }

  /** The edges of one call in the graph of each namespace. */
  void add(Call call) {
    for (Tally tally : call.tallies) {
      double perSecond = tally.perSecond.value();
      if ((perSecond <= 0 && !idleEdges) || !call.counts(tally)) {
        continue;
      }
      if (call.service == null) {
        add(edge(tally, call.source, call.target), call, tally, perSecond);
      } else {
        EdgeDraft toService = edge(tally, call.source, call.service);
        toService.timed = false;
        add(toService, call, tally, perSecond);
        add(edge(tally, call.service, call.target), call, tally, perSecond);
      }
    }
  }

  private EdgeDraft edge(Tally tally, NodeDraft source, NodeDraft target) {
    return edges.computeIfAbsent(
        new Key(tally.namespace, source.index, target.index, tally.protocol),
        key -> new EdgeDraft(source, target, tally.protocol, tally.namespace));
  }

  private static void add(EdgeDraft edge, Call call, Tally tally, double perSecond) {
    edge.addCall(call);
    if (perSecond > 0) {
      edge.count(tally.code, tally.flags, call.host, perSecond);
    }
  }

  /** Draws service entries instead of the services that they declare. */
  void apply(ServiceEntries entries) {
    Map<Key, Integer> outgoing = new HashMap<>();
    for (EdgeDraft edge : edges.values()) {
      if (edge.source.type == NodeDraft.Type.SERVICE) {
        outgoing.merge(serviceKey(edge.namespace, edge.source), 1, Integer::sum);
      }
    }
    List<EdgeDraft> redrawn = new ArrayList<>();
    edges
        .values()
        .removeIf(edge -> {
          NodeDraft source = entryFor(entries, edge.source, edge.namespace, outgoing);
          NodeDraft target = entryFor(entries, edge.target, edge.namespace, outgoing);
          if (source == edge.source && target == edge.target) {
            return false;
          }
          EdgeDraft moved = new EdgeDraft(source, target, edge.protocol, edge.namespace);
          moved.addAll(edge);
          redrawn.add(moved);
          return true;
        });
    for (EdgeDraft moved : redrawn) {
      Key key = new Key(moved.namespace, moved.source.index, moved.target.index, moved.protocol);
      EdgeDraft known = edges.putIfAbsent(key, moved);
      if (known != null) {
        known.addAll(moved);
      }
    }
  }

  /** A ServiceEntry leads to at most one egress gateway; a service with more is none. */
  private NodeDraft entryFor(
      ServiceEntries entries, NodeDraft node, int namespace, Map<Key, Integer> outgoing) {
    if (node.type != NodeDraft.Type.SERVICE
        || node.isEgressCluster()
        || outgoing.getOrDefault(serviceKey(namespace, node), 0) > 1) {
      return node;
    }
    NodeDraft entry = entries.entryFor(node, requested.names().get(namespace));
    return entry == null ? node : entry;
  }

  private static Key serviceKey(int namespace, NodeDraft service) {
    return new Key(namespace, service.index, -1, Protocol.HTTP);
  }

  void mergeInto(Draft draft) {
    for (EdgeDraft edge : edges.values()) {
      EdgeDraft known = draft.edge(edge.source, edge.target, edge.protocol);
      if (known == null || prefers(edge, known)) {
        draft.put(edge);
      }
    }
    Set<NodeDraft> seenAtHome = new HashSet<>();
    for (EdgeDraft edge : edges.values()) {
      if (requested.index(edge.target.namespace) == edge.namespace) {
        edge.target.incoming.add(edge);
        seenAtHome.add(edge.target);
      }
    }
    for (EdgeDraft edge : draft.edges()) {
      if (!seenAtHome.contains(edge.target)) {
        edge.target.incoming.add(edge);
      }
    }
  }

  private boolean prefers(EdgeDraft edge, EdgeDraft known) {
    return rank(edge) < rank(known)
        || (rank(edge) == rank(known) && edge.namespace < known.namespace);
  }

  private int rank(EdgeDraft edge) {
    if (requested.index(edge.source.namespace) == edge.namespace) {
      return 0;
    }
    return requested.index(edge.target.namespace) == edge.namespace ? 1 : 2;
  }
}
