package pharos.config.check.schema;

import org.jspecify.annotations.Nullable;
import pharos.config.resource.Fields;
import pharos.config.resource.Node;

/** StringMatch: exact, prefix or regex (analysis catalog 6.1). */
final class StringMatches {
  private StringMatches() {}

  /** The rule {@code regex match}; null when nothing is wrong. */
  static @Nullable String regex(@Nullable Node match, String where) {
    if (!Fields.has(match, "regex")) {
      return null;
    }
    String regex = Fields.text(match, "regex");
    return regex.isEmpty()
        ? "\"%s\": regex string match should not be empty".formatted(where)
        : Names.regex(regex, where);
  }

  /** The rule {@code string match}; null when nothing is wrong. */
  static @Nullable String any(@Nullable Node match, String where) {
    return Fields.has(match, "prefix") && Fields.text(match, "prefix").isEmpty()
        ? "\"%s\": prefix string match should not be empty".formatted(where)
        : regex(match, where);
  }
}
