package pharos.graph.view;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import pharos.graph.Box;
import pharos.graph.Edge;
import pharos.graph.Health;
import pharos.graph.Node;
import pharos.graph.NodeId;
import pharos.graph.TrafficGraph;

/** Ways to look at a graph. Each returns a new graph and changes no number of what it keeps. */
public final class GraphViews {
  private static final int MAX_RANK = 100;

  private GraphViews() {}

  /** What the expression finds; the graph stays whole. */
  public static FindExpression.Matches find(TrafficGraph graph, FindExpression expression) {
    return expression.in(graph);
  }

  /** Without what the expression finds, and without edges that lost an end. */
  public static TrafficGraph hide(TrafficGraph graph, FindExpression expression) {
    FindExpression.Matches hidden = expression.in(graph);
    return keep(
        graph,
        node -> !hidden.nodes().contains(node.id()),
        edge -> !hidden.edges().contains(edge.id()));
  }

  /** Only nodes of these namespaces, their direct partners, and the edges that touch the former. */
  public static TrafficGraph ofNamespaces(TrafficGraph graph, Set<String> namespaces) {
    Set<NodeId> inside = new HashSet<>();
    graph.nodes().stream()
        .filter(node -> namespaces.contains(node.namespace()))
        .forEach(node -> inside.add(node.id()));
    Set<NodeId> kept = new HashSet<>(inside);
    Predicate<Edge> touches =
        edge -> inside.contains(edge.source()) || inside.contains(edge.target());
    graph.edges().stream().filter(touches).forEach(edge -> addEnds(edge, kept));
    return keep(graph, node -> kept.contains(node.id()), touches);
  }

  /** Only nodes and edges at least as bad as {@code status}, and the ends of such edges. */
  public static TrafficGraph atLeast(TrafficGraph graph, Health.Status status) {
    Set<NodeId> kept = new HashSet<>();
    graph.nodes().stream()
        .filter(node -> node.facts().health().status().compareTo(status) >= 0)
        .forEach(node -> kept.add(node.id()));
    Predicate<Edge> bad = edge -> edge.health().status().compareTo(status) >= 0;
    graph.edges().stream().filter(bad).forEach(edge -> addEnds(edge, kept));
    return keep(graph, node -> kept.contains(node.id()), bad);
  }

  /**
   * The node that a link names: by id (hash), by key, or as {@code namespace/name}, where a name
   * may be that of a workload, an app or a service. Empty when there is none.
   */
  public static Optional<Node> node(TrafficGraph graph, String reference) {
    for (Node node : graph.nodes()) {
      if (node.id().hash().equals(reference) || node.id().key().equals(reference)) {
        return Optional.of(node);
      }
    }
    return graph.nodes().stream()
        .filter(node ->
            names(node).stream().anyMatch(name -> reference.equals(node.namespace() + '/' + name)))
        .findFirst();
  }

  private static List<String> names(Node node) {
    return switch (node) {
      case Node.WorkloadNode workload -> List.of(workload.workload());
      case Node.AppNode app ->
          app.workload() == null ? List.of(app.app()) : List.of(app.workload(), app.app());
      case Node.ServiceNode service -> List.of(service.service());
      case Node.AggregateNode aggregate -> List.of(aggregate.value());
      case Node.UnknownNode _ -> List.of();
    };
  }

  /**
   * Only what is at most {@code hops} edges away from {@code center}, in either direction, with all
   * edges among it. Nothing when the node is not in the graph.
   */
  public static TrafficGraph focus(TrafficGraph graph, NodeId center, int hops) {
    Map<NodeId, List<NodeId>> neighbours = new HashMap<>();
    for (Edge edge : graph.edges()) {
      neighbours.computeIfAbsent(edge.source(), id -> new ArrayList<>()).add(edge.target());
      neighbours.computeIfAbsent(edge.target(), id -> new ArrayList<>()).add(edge.source());
    }
    Set<NodeId> reached = new HashSet<>();
    reached.add(center);
    List<NodeId> frontier = List.of(center);
    for (int hop = 0; hop < hops && !frontier.isEmpty(); hop++) {
      List<NodeId> further = new ArrayList<>();
      for (NodeId from : frontier) {
        for (NodeId to : neighbours.getOrDefault(from, List.of())) {
          if (reached.add(to)) {
            further.add(to);
          }
        }
      }
      frontier = further;
    }
    return keep(graph, node -> reached.contains(node.id()), edge -> true);
  }

  /**
   * With {@code rank} set by the number of counted edges: 1 for the most, equal numbers share a
   * rank, at most 100 ranks.
   */
  public static TrafficGraph ranked(TrafficGraph graph, boolean inbound, boolean outbound) {
    Map<NodeId, Integer> scores = new HashMap<>();
    for (Edge edge : graph.edges()) {
      if (outbound) {
        scores.merge(edge.source(), 1, Integer::sum);
      }
      if (inbound) {
        scores.merge(edge.target(), 1, Integer::sum);
      }
    }
    TreeSet<Integer> distinct = new TreeSet<>();
    graph.nodes().forEach(node -> distinct.add(scores.getOrDefault(node.id(), 0)));
    Map<Integer, Integer> ranks = new HashMap<>();
    int position = 0;
    for (Integer score : distinct.descendingSet()) {
      int rank =
          distinct.size() <= MAX_RANK
              ? position + 1
              : 1 + (int) ((long) position * (MAX_RANK - 1) / (distinct.size() - 1));
      ranks.put(score, rank);
      position++;
    }
    List<Node> nodes = new ArrayList<>(graph.nodes().size());
    for (Node node : graph.nodes()) {
      Integer rank = ranks.get(scores.getOrDefault(node.id(), 0));
      nodes.add(node.with(node.facts().withRank(rank)));
    }
    return graph.with(nodes, graph.edges(), graph.boxes());
  }

  /** Each of these namespaces folded into one node, edges that cross its border added up. */
  public static TrafficGraph collapsed(TrafficGraph graph, Set<String> namespaces) {
    return Collapse.of(graph, namespaces);
  }

  private static void addEnds(Edge edge, Set<NodeId> ids) {
    ids.add(edge.source());
    ids.add(edge.target());
  }

  private static TrafficGraph keep(
      TrafficGraph graph, Predicate<Node> nodeKept, Predicate<Edge> edgeKept) {
    List<Node> nodes = graph.nodes().stream().filter(nodeKept).toList();
    Set<NodeId> ids = HashSet.newHashSet(nodes.size());
    nodes.forEach(node -> ids.add(node.id()));
    List<Edge> edges =
        graph.edges().stream()
            .filter(edge -> ids.contains(edge.source()) && ids.contains(edge.target()))
            .filter(edgeKept)
            .toList();
    return graph.with(nodes, edges, usedBoxes(graph.boxes(), nodes));
  }

  /** Boxes that still hold something. One member is enough: a frame that jumps is worse. */
  static List<Box> usedBoxes(List<Box> boxes, List<Node> nodes) {
    Set<String> used = new HashSet<>();
    for (Node node : nodes) {
      String parent = node.facts().parent();
      if (parent != null) {
        used.add(parent);
      }
    }
    for (Box box : boxes.reversed()) { // inner boxes come last
      String parent = box.parent();
      if (parent != null && used.contains(box.id())) {
        used.add(parent);
      }
    }
    return boxes.stream().filter(box -> used.contains(box.id())).toList();
  }
}
