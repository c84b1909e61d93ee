package pharos.config.routing.space;

import org.jspecify.annotations.Nullable;
import pharos.config.routing.language.Atom;
import pharos.config.routing.language.Literal;

/**
 * One condition on one part of a request.
 *
 * @param whenAbsent whether it holds for requests that lack the part
 * @param value condition on the value of those that have it; null: whatever the value, {@code
 *     whenPresent} decides
 * @param whenPresent whether the value's condition must hold, or must not
 */
public record Condition(Part part, boolean whenAbsent, @Nullable Atom value, boolean whenPresent) {

  /** The part is there and is as the atom says. */
  public static Condition is(Part part, Atom value) {
    return new Condition(part, false, value, true);
  }

  /** The part is there. */
  public static Condition present(Part part) {
    return new Condition(part, false, null, true);
  }

  /** Holds for exactly the requests for which this one does not. */
  public Condition not() {
    return new Condition(part, !whenAbsent, value, !whenPresent);
  }

  /** The condition on a value, or null when there is none. */
  @Nullable Literal literal() {
    return value == null ? null : new Literal(value, whenPresent);
  }
}
