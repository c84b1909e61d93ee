package pharos.graph.view;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import pharos.graph.Box;
import pharos.graph.Edge;
import pharos.graph.GraphOrder;
import pharos.graph.Node;
import pharos.graph.TrafficGraph;

/**
 * What changed between two graphs of the same view. Changed rows are whole rows; a receiver
 * replaces by id.
 *
 * @param at of the newer graph
 * @param removedNodes ids (hashes)
 * @param removedEdges ids
 * @param removedBoxes ids
 */
public record GraphDelta(
    Instant at,
    boolean complete,
    List<String> warnings,
    List<String> removedNodes,
    List<String> removedEdges,
    List<String> removedBoxes,
    List<Node> changedNodes,
    List<Edge> changedEdges,
    List<Box> changedBoxes) {

  public GraphDelta {
    warnings = List.copyOf(warnings);
    removedNodes = List.copyOf(removedNodes);
    removedEdges = List.copyOf(removedEdges);
    removedBoxes = List.copyOf(removedBoxes);
    changedNodes = List.copyOf(changedNodes);
    changedEdges = List.copyOf(changedEdges);
    changedBoxes = List.copyOf(changedBoxes);
  }

  /** What turns {@code before} into {@code after}. */
  public static GraphDelta between(TrafficGraph before, TrafficGraph after) {
    return new GraphDelta(
        after.at(),
        after.complete(),
        after.warnings(),
        removed(before.nodes(), after.nodes(), node -> node.id().hash()),
        removed(before.edges(), after.edges(), Edge::id),
        removed(before.boxes(), after.boxes(), Box::id),
        changed(before.nodes(), after.nodes(), node -> node.id().hash()),
        changed(before.edges(), after.edges(), Edge::id),
        changed(before.boxes(), after.boxes(), Box::id));
  }

  /** {@code before} with these changes: for {@link #between} that is the graph after. */
  public TrafficGraph apply(TrafficGraph before) {
    List<Node> nodes =
        applied(before.nodes(), removedNodes, changedNodes, node -> node.id().hash());
    nodes.sort(GraphOrder.NODES);
    List<Edge> edges = applied(before.edges(), removedEdges, changedEdges, Edge::id);
    edges.sort(GraphOrder.edges(nodes));
    List<Box> boxes = applied(before.boxes(), removedBoxes, changedBoxes, Box::id);
    boxes.sort(GraphOrder.BOXES);
    return new TrafficGraph(
        before.kind(),
        at,
        before.window(),
        before.namespaces(),
        nodes,
        edges,
        boxes,
        complete,
        warnings);
  }

  private static <T> List<T> applied(
      List<T> before, List<String> removed, List<T> changed, Function<T, String> id) {
    Map<String, T> rows = LinkedHashMap.newLinkedHashMap(before.size() + changed.size());
    before.forEach(row -> rows.put(id.apply(row), row));
    removed.forEach(rows::remove);
    changed.forEach(row -> rows.put(id.apply(row), row));
    return new ArrayList<>(rows.values());
  }

  /** True when the content is the same; the moment may differ. */
  public boolean isEmpty() {
    return removedNodes.isEmpty()
        && removedEdges.isEmpty()
        && removedBoxes.isEmpty()
        && changedNodes.isEmpty()
        && changedEdges.isEmpty()
        && changedBoxes.isEmpty();
  }

  private static <T> List<String> removed(List<T> before, List<T> after, Function<T, String> id) {
    Set<String> kept = HashSet.newHashSet(after.size());
    after.forEach(row -> kept.add(id.apply(row)));
    return before.stream().map(id).filter(key -> !kept.contains(key)).toList();
  }

  private static <T> List<T> changed(List<T> before, List<T> after, Function<T, String> id) {
    Map<String, T> old = HashMap.newHashMap(before.size());
    before.forEach(row -> old.put(id.apply(row), row));
    return after.stream().filter(row -> !row.equals(old.get(id.apply(row)))).toList();
  }
}
