package pharos.config.edit;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import pharos.config.resource.JsonText;
import pharos.config.resource.Node;
import pharos.config.resource.YamlText;

/** New parts of a text, written as their surroundings are. */
final class Printed {
  private static final String KEY = "k:";

  private Printed() {}

  /** Fields of an object, one below the other; the first line is indented too. */
  static String fields(Node object, int indent, String lineBreak) {
    return lines(YamlText.of(object), indent, lineBreak);
  }

  /** An item of an array with its dash; the first line is indented too. */
  static String item(Node item, int indent, String lineBreak) {
    return lines(YamlText.of(Trees.list(List.of(item))), indent, lineBreak);
  }

  /** What stands behind the colon of a key that is indented so far. */
  static String value(Node value, int indent, String lineBreak) {
    String field = lines(YamlText.of(Trees.object(Map.of("k", value))), indent, lineBreak);
    return field.substring(indent + KEY.length());
  }

  private static String lines(String text, int indent, String lineBreak) {
    String space = " ".repeat(indent);
    return text.stripTrailing()
        .lines()
        .map(line -> line.isEmpty() ? line : space + line)
        .collect(Collectors.joining(lineBreak));
  }

  /**
   * A value within braces or brackets.
   *
   * @param json whether it must be JSON
   */
  static String flow(Node value, boolean json) {
    if (json) {
      return JsonText.spaced(value);
    }
    return switch (value) {
      case Node.Scalar scalar -> flowScalar(scalar);
      case Node.Sequence array ->
          array.items().stream()
              .map(item -> flow(item, false))
              .collect(Collectors.joining(", ", "[", "]"));
      case Node.Mapping object ->
          object.entries().entrySet().stream()
              .map(entry ->
                  flow(Trees.text(entry.getKey()), false)
                      + ": "
                      + flow(entry.getValue().value(), false))
              .collect(Collectors.joining(", ", "{", "}"));
    };
  }

  private static String flowScalar(Node.Scalar scalar) {
    String plain = YamlText.of(scalar).stripTrailing();
    boolean quoted = plain.startsWith("\"") || plain.startsWith("'");
    boolean special = plain.chars().anyMatch(c -> ",[]{}\n".indexOf(c) >= 0);
    return special && !quoted ? JsonText.spaced(scalar) : plain;
  }

  /** A scalar on one line, in the quotes of the one that it replaces; null when it needs more. */
  static @Nullable String inline(Node.Scalar scalar, @Nullable Character quote, boolean flow) {
    if (scalar.value() instanceof String text && quote != null) {
      boolean simple = text.chars().allMatch(c -> c >= ' ' && c < 0x7f);
      return quote == '"' || !simple ? JsonText.quoted(text) : "'" + text.replace("'", "''") + "'";
    }
    String plain = flow ? flow(scalar, false) : YamlText.of(scalar).stripTrailing();
    return plain.indexOf('\n') < 0 ? plain : null;
  }
}
