package pharos.config.routing.difference;

import java.util.Set;
import pharos.config.routing.Request;

/**
 * A class of requests that is treated differently.
 *
 * @param listener name of the listener that takes them
 * @param hosts domains they are for, for people; empty for connections
 * @param witness a request of the class
 * @param aspects in what respects; never empty
 */
public record Change(
    String listener,
    String hosts,
    Request witness,
    Behaviour before,
    Behaviour after,
    Set<Aspect> aspects) {
  public Change {
    aspects = Set.copyOf(aspects);
    if (aspects.isEmpty()) {
      throw new IllegalArgumentException(
          "listener %s: a change without a difference".formatted(listener));
    }
  }
}
