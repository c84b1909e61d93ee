package pharos.graph.view;

import java.util.HashSet;
import java.util.Set;
import pharos.graph.Edge;
import pharos.graph.Node;
import pharos.graph.NodeId;
import pharos.graph.TrafficGraph;

/**
 * A find or hide expression as Kiali's users know it, with parentheses: {@code ns = bookinfo AND
 * (httpin > 1 OR !healthy)}. AND binds closer than OR. Nodes and edges are tested one by one; a
 * condition on edges says nothing about nodes.
 */
public final class FindExpression {
  private final String text;
  private final Condition condition;

  private FindExpression(String text, Condition condition) {
    this.text = text;
    this.condition = condition;
  }

  /** Parses. An empty text is invalid: whoever has no expression does not ask. */
  public static Parsed parse(String text) {
    try {
      return new Parsed.Valid(new FindExpression(text, FindParser.parse(text)));
    } catch (FindParser.Refused refused) {
      return new Parsed.Invalid(refused.position(), refused.reason());
    }
  }

  /** As it was written. */
  public String text() {
    return text;
  }

  /** What the expression finds. */
  public Matches in(TrafficGraph graph) {
    Set<NodeId> nodes = new HashSet<>();
    for (Node node : graph.nodes()) {
      if (condition.of(node) == Truth.YES) {
        nodes.add(node.id());
      }
    }
    Set<String> edges = new HashSet<>();
    for (Edge edge : graph.edges()) {
      if (condition.of(edge) == Truth.YES) {
        edges.add(edge.id());
      }
    }
    return new Matches(nodes, edges);
  }

  /**
   * @param edges ids ({@link Edge#id()})
   */
  public record Matches(Set<NodeId> nodes, Set<String> edges) {
    public Matches {
      nodes = Set.copyOf(nodes);
      edges = Set.copyOf(edges);
    }
  }

  /** The outcome of parsing. */
  public sealed interface Parsed {
    record Valid(FindExpression expression) implements Parsed {}

    /**
     * @param position index of the first character that does not fit, from 0
     * @param message what was expected there, as a sentence for the user
     */
    record Invalid(int position, String message) implements Parsed {}
  }
}
