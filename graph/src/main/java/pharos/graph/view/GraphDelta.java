package pharos.graph.view;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import pharos.graph.Box;
import pharos.graph.Edge;
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
