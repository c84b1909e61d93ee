package pharos.graph.view;

import java.util.Set;
import pharos.graph.Health;
import pharos.graph.NodeId;
import pharos.graph.TrafficGraph;

/** Ways to look at a graph. Each returns a new graph and changes no number of what it keeps. */
public final class GraphViews {
  private GraphViews() {}

  /** What the expression finds; the graph stays whole. */
  public static FindExpression.Matches find(TrafficGraph graph, FindExpression expression) {
    return expression.in(graph);
  }

  /** Without what the expression finds, and without edges that lost an end. */
  public static TrafficGraph hide(TrafficGraph graph, FindExpression expression) {
    return graph;
  }

  /** Only nodes of these namespaces and their direct partners. */
  public static TrafficGraph ofNamespaces(TrafficGraph graph, Set<String> namespaces) {
    return graph;
  }

  /** Only nodes and edges at least as bad as {@code status}, and the ends of such edges. */
  public static TrafficGraph atLeast(TrafficGraph graph, Health.Status status) {
    return graph;
  }

  /** Only what is at most {@code hops} edges away from {@code center}, in either direction. */
  public static TrafficGraph focus(TrafficGraph graph, NodeId center, int hops) {
    return graph;
  }

  /** With {@code rank} set: 1 for the fewest counted edges, 100 for the most. */
  public static TrafficGraph ranked(TrafficGraph graph, boolean inbound, boolean outbound) {
    return graph;
  }

  /** Each namespace folded into one node, edges between namespaces added up. */
  public static TrafficGraph collapsed(TrafficGraph graph, Set<String> namespaces) {
    return graph;
  }
}
