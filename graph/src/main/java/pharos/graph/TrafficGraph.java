package pharos.graph;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Who talked to whom in one window. Built by {@code pharos.graph.build.TrafficGraphs}; looked at
 * through {@code pharos.graph.view.GraphViews}.
 *
 * @param at end of the window
 * @param namespaces that were asked for; empty means the whole mesh
 * @param nodes sorted by cluster, namespace, app, version, service, workload
 * @param edges sorted by source, target, protocol; both ends are in {@code nodes}
 * @param boxes outer boxes first
 * @param complete false when telemetry was incomplete, so that a missing edge proves nothing
 * @param warnings why, in words
 */
public record TrafficGraph(
    GraphKind kind,
    Instant at,
    Duration window,
    Set<String> namespaces,
    List<Node> nodes,
    List<Edge> edges,
    List<Box> boxes,
    boolean complete,
    List<String> warnings) {

  public TrafficGraph {
    namespaces = Set.copyOf(namespaces);
    nodes = List.copyOf(nodes);
    edges = List.copyOf(edges);
    boxes = List.copyOf(boxes);
    warnings = List.copyOf(warnings);
  }

  /** All nodes by identity. Computed on each call. */
  public Map<NodeId, Node> nodesById() {
    Map<NodeId, Node> byId = HashMap.newHashMap(nodes.size());
    for (Node node : nodes) {
      byId.put(node.id(), node);
    }
    return byId;
  }

  /** The same graph with other content. */
  public TrafficGraph with(List<Node> newNodes, List<Edge> newEdges, List<Box> newBoxes) {
    return new TrafficGraph(
        kind, at, window, namespaces, newNodes, newEdges, newBoxes, complete, warnings);
  }
}
