package pharos.config.check;

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

  /** The template with its arguments filled in. */
  default String text(Object... arguments) {
    return GoFormat.fill(template(), arguments);
  }
}
