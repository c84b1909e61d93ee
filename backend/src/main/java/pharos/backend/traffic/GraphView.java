package pharos.backend.traffic;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import pharos.backend.traffic.TrafficFailure.BadExpression;
import pharos.graph.GraphOptions;
import pharos.graph.view.FindExpression;

/**
 * What one picture shows. Equal views share one producer, so the parts are canonical: sets instead
 * of lists, no default spelled out in two ways.
 *
 * @param find marks what it matches, removes nothing
 * @param hide removes what it matches
 */
public record GraphView(
    GraphOptions options,
    Duration window,
    @Nullable String find,
    @Nullable String hide,
    @Nullable Focus focus) {

  /**
   * @throws BadExpression when {@code find} or {@code hide} cannot be read
   */
  public GraphView {
    expression("find", find);
    expression("hide", hide);
  }

  /**
   * Only the surroundings of one node.
   *
   * @param node id of a node, or {@code namespace/name} of what it stands for
   * @param hops edges away from it
   */
  public record Focus(String node, int hops) {}

  /** Reads an expression; null stays null. */
  static @Nullable FindExpression expression(String parameter, @Nullable String text) {
    if (text == null) {
      return null;
    }
    return switch (FindExpression.parse(text)) {
      case FindExpression.Parsed.Valid valid -> valid.expression();
      case FindExpression.Parsed.Invalid invalid ->
          throw new BadExpression(parameter, invalid.position(), invalid.message());
    };
  }

  /** Checks an expression without using it. */
  public static void checkExpression(String parameter, String text) {
    expression(parameter, text);
  }
}
