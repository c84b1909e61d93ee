package pharos.graph.view;

import java.util.Set;
import pharos.graph.NodeId;
import pharos.graph.TrafficGraph;

/**
 * A parsed find or hide expression, for example {@code ns = bookinfo AND httpin > 1 OR !healthy}.
 */
public final class FindExpression {
  private final String text;

  private FindExpression(String text) {
    this.text = text;
  }

  /**
   * Parses; see {@link Parsed}. An empty text is invalid: whoever has no expression does not call.
   */
  public static Parsed parse(String text) {
    return new Parsed.Valid(new FindExpression(text));
  }

  /** As it was written. */
  public String text() {
    return text;
  }

  /** What the expression finds. */
  public Matches in(TrafficGraph graph) {
    return new Matches(Set.of(), Set.of());
  }

  /**
   * @param edges ids ({@link pharos.graph.Edge#id()})
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
