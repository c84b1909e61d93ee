package pharos.config.resource;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Prints a tree as kubectl would: blocks, plain scalars where they read back as the same value,
 * quotes elsewhere. For objects that were never a text, as those of the cluster; a text that a
 * person wrote is edited in place and never printed again.
 */
public final class YamlText {
  private static final String INDICATORS = "-?:,[]{}#&*!|>'\"%@`=<~";

  private final StringBuilder out = new StringBuilder();

  private YamlText() {}

  /** The text of a tree, ending with a line break. */
  public static String of(Node root) {
    YamlText printer = new YamlText();
    if (root instanceof Node.Scalar || isEmpty(root)) {
      printer.flat(root);
      printer.out.append('\n');
    } else {
      printer.block(root, 0);
    }
    return printer.out.toString();
  }

  private static boolean isEmpty(Node node) {
    return switch (node) {
      case Node.Mapping mapping -> mapping.entries().isEmpty();
      case Node.Sequence sequence -> sequence.items().isEmpty();
      case Node.Scalar _ -> false;
    };
  }

  /** A collection with content; the cursor stands where its first character belongs. */
  private void block(Node node, int indent) {
    switch (node) {
      case Node.Mapping mapping -> {
        boolean first = true;
        for (Map.Entry<String, Node.Mapping.Entry> entry : mapping.entries().entrySet()) {
          if (!first) {
            indent(indent);
          }
          first = false;
          text(entry.getKey(), true, indent);
          out.append(':');
          value(entry.getValue().value(), indent);
        }
      }
      case Node.Sequence sequence -> {
        List<Node> items = sequence.items();
        for (int i = 0; i < items.size(); i++) {
          if (i > 0) {
            indent(indent);
          }
          out.append("- ");
          item(items.get(i), indent + 2);
        }
      }
      case Node.Scalar scalar -> scalar(scalar, indent);
    }
  }

  /** After a key and its colon. Arrays begin under their key, as kubectl prints them. */
  private void value(Node node, int indent) {
    if (node instanceof Node.Scalar || isEmpty(node)) {
      out.append(' ');
      item(node, indent + 2);
      return;
    }
    out.append('\n');
    int inner = node instanceof Node.Sequence ? indent : indent + 2;
    indent(inner);
    block(node, inner);
  }

  private void item(Node node, int indent) {
    if (isEmpty(node)) {
      flat(node);
      out.append('\n');
    } else if (node instanceof Node.Scalar scalar) {
      scalar(scalar, indent);
      if (out.charAt(out.length() - 1) != '\n') {
        out.append('\n');
      }
    } else {
      block(node, indent);
    }
  }

  private void flat(Node node) {
    switch (node) {
      case Node.Mapping _ -> out.append("{}");
      case Node.Sequence _ -> out.append("[]");
      case Node.Scalar scalar -> scalar(scalar, 0);
    }
  }

  private void scalar(Node.Scalar scalar, int indent) {
    Object value = scalar.value();
    switch (value) {
      case null -> out.append("null");
      case String text -> text(text, false, indent);
      case Double number when number.isInfinite() -> out.append(number > 0 ? ".inf" : "-.inf");
      case Double number when number.isNaN() -> out.append(".nan");
      default -> out.append(value);
    }
  }

  private void text(String text, boolean key, int indent) {
    if (isPlain(text)) {
      out.append(text);
    } else if (!key && isBlock(text)) {
      literal(text, indent);
    } else if (isPrintable(text) && (text.indexOf('"') >= 0 || text.indexOf('\\') >= 0)) {
      out.append('\'').append(text.replace("'", "''")).append('\'');
    } else {
      quoted(text);
    }
  }

  /** Whether a text, written without quotes, is read as this text by any YAML reader. */
  private static boolean isPlain(String text) {
    if (text.isEmpty()
        || !text.equals(text.strip())
        || INDICATORS.indexOf(text.charAt(0)) >= 0
        || text.contains(": ")
        || text.contains(" #")
        || text.endsWith(":")
        || !isPrintable(text)) {
      return false;
    }
    if (!(typed(text) instanceof String)) {
      return false;
    }
    // Other readers take these for booleans, times of day and dates.
    String lower = text.toLowerCase(Locale.ROOT);
    boolean boolLike = lower.equals("y") || lower.equals("n");
    char first = text.charAt(0);
    boolean dateLike =
        first >= '0'
            && first <= '9'
            && (text.indexOf('-') > 0 || text.indexOf(':') > 0)
            && text.chars().allMatch(c -> (c >= '0' && c <= '9') || "-:.TZtz+ _eE".indexOf(c) >= 0);
    return !boolLike && !dateLike && !text.startsWith("...");
  }

  private static @Nullable Object typed(String text) {
    return PlainScalars.typed(text);
  }

  private static boolean isPrintable(String text) {
    return text.codePoints().allMatch(YamlText::isPrintable);
  }

  private static boolean isPrintable(int c) {
    return c >= 0x20
        && c != 0x7f
        && !(c >= 0x80 && c < 0xa0)
        && c != 0xfeff
        && !(c >= 0xd800 && c <= 0xdfff)
        && c != 0x2028
        && c != 0x2029
        && c != 0xfffe
        && c != 0xffff;
  }

  /** Several lines that a literal block gives back exactly. */
  private static boolean isBlock(String text) {
    if (text.indexOf('\n') < 0 || text.isBlank()) {
      return false;
    }
    char first = text.charAt(0);
    if (first == ' ' || first == '\n' || first == '\t') {
      return false;
    }
    return text.lines().allMatch(line -> isPrintable(line.replace('\t', ' ')))
        && text.indexOf('\r') < 0
        && text.lines().noneMatch(line -> line.isBlank() && !line.isEmpty());
  }

  private void literal(String text, int indent) {
    int end = text.length();
    while (end > 0 && text.charAt(end - 1) == '\n') {
      end--;
    }
    int breaks = text.length() - end;
    out.append(breaks == 0 ? "|-" : breaks == 1 ? "|" : "|+").append('\n');
    int inner = Math.max(indent, 2);
    for (String line : text.substring(0, end).split("\n", -1)) {
      if (!line.isEmpty()) {
        indent(inner);
      }
      out.append(line).append('\n');
    }
    out.append("\n".repeat(Math.max(0, breaks - 1)));
  }

  private void quoted(String text) {
    out.append('"');
    text.codePoints()
        .forEach(c -> {
          switch (c) {
            case '"' -> out.append("\\\"");
            case '\\' -> out.append("\\\\");
            case '\n' -> out.append("\\n");
            case '\t' -> out.append("\\t");
            case '\r' -> out.append("\\r");
            default -> {
              if (isPrintable(c)) {
                out.appendCodePoint(c);
              } else {
                out.append("\\u%04X".formatted(c));
              }
            }
          }
        });
    out.append('"');
  }

  private void indent(int columns) {
    out.repeat(' ', columns);
  }
}
