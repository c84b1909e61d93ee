package pharos.config.check;

import java.util.List;
import java.util.Set;

/** One kind of message, with a code that never changes its meaning. */
public interface MessageType {
  /** {@code IST0101}, {@code PHA0007}, … */
  String code();

  /** The name in words without spaces: {@code ReferencedResourceNotFound}. */
  String title();

  Level level();

  /** The text with Go's verbs {@code %v}, {@code %s}, {@code %d} and {@code %q}. */
  String template();

  /** Where a person reads more. */
  String documentationUrl();

  /** Why it matters, in a sentence or two; empty where the page behind the link says it. */
  default String meaning() {
    return "";
  }

  /** What to do about it; empty where the page behind the link says it. */
  default String remedy() {
    return "";
  }

  /** Codes of other tools that mean the same, such as Kiali's {@code KIA1104}. */
  default List<String> aliases() {
    return List.of();
  }

  /**
   * Codes of findings which this one makes superfluous when they are about the same place of the
   * same object: it says the same trouble better.
   */
  default Set<String> explains() {
    return Set.of();
  }

  /** The template with its arguments filled in. */
  default String text(Object... arguments) {
    return GoFormat.fill(template(), arguments);
  }
}
