package pharos.graph.build;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import pharos.graph.sample.Protocol;

/** The graph while it is being built: each step adds, removes or marks nodes and edges. */
final class Draft {
  final NodeNames names;
  private final Set<NodeDraft> nodes = new HashSet<>();
  private final Map<EdgeDraft.Ends, EdgeDraft> edges = new LinkedHashMap<>();

  Draft(NodeNames names) {
    this.names = names;
  }

  Set<NodeDraft> nodes() {
    return nodes;
  }

  /** In no particular order. */
  Iterable<EdgeDraft> edges() {
    return edges.values();
  }

  int edgeCount() {
    return edges.size();
  }

  @Nullable EdgeDraft edge(NodeDraft source, NodeDraft target, Protocol protocol) {
    return edges.get(new EdgeDraft.Ends(source.index, target.index, protocol));
  }

  /** Adds the edge and its ends. */
  void put(EdgeDraft edge) {
    edges.put(edge.ends(), edge);
    nodes.add(edge.source);
    nodes.add(edge.target);
  }

  boolean add(NodeDraft node) {
    return nodes.add(node);
  }

  /** Removes nodes, and the edges that lose an end. */
  void removeNodes(Predicate<NodeDraft> doomed) {
    if (nodes.removeIf(doomed)) {
      edges.values().removeIf(edge -> !nodes.contains(edge.source) || !nodes.contains(edge.target));
    }
  }

  /** Takes the place of all nodes and edges. */
  void replace(Set<NodeDraft> newNodes, List<EdgeDraft> newEdges) {
    nodes.clear();
    nodes.addAll(newNodes);
    edges.clear();
    new ArrayList<>(newEdges).forEach(this::put);
  }
}
