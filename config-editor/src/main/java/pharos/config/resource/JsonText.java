package pharos.config.resource;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/** Prints a tree as JSON on one line, keys in their order. Read again it has the same values. */
public final class JsonText {
  private static final int FIRST_PRINTABLE = 0x20;
  private static final int FIRST_CONTROL = 0x7f;
  private static final int LAST_CONTROL = 0x9f;
  private static final int LINE_SEPARATOR = 0x2028;
  private static final int PARAGRAPH_SEPARATOR = 0x2029;

  private final StringBuilder out = new StringBuilder();
  private final String space;

  private JsonText(String space) {
    this.space = space;
  }

  /** Without spaces: for an API server, and for comparing. */
  public static String of(Node root) {
    return print(root, "");
  }

  /** With a space after each comma and colon: for people, and inside YAML. */
  public static String spaced(Node root) {
    return print(root, " ");
  }

  /** A text in quotes (RFC 8259, section 7). */
  public static String quoted(String text) {
    JsonText printer = new JsonText("");
    printer.text(text);
    return printer.out.toString();
  }

  private static String print(Node root, String space) {
    JsonText printer = new JsonText(space);
    printer.node(root);
    return printer.out.toString();
  }

  private void node(Node node) {
    switch (node) {
      case Node.Mapping mapping -> object(mapping);
      case Node.Sequence sequence -> array(sequence.items());
      case Node.Scalar scalar -> scalar(scalar);
    }
  }

  private void object(Node.Mapping mapping) {
    out.append('{');
    String before = "";
    for (Map.Entry<String, Node.Mapping.Entry> entry : mapping.entries().entrySet()) {
      out.append(before);
      text(entry.getKey());
      out.append(':').append(space);
      node(entry.getValue().value());
      before = "," + space;
    }
    out.append('}');
  }

  private void array(List<Node> items) {
    out.append('[');
    String before = "";
    for (Node item : items) {
      out.append(before);
      node(item);
      before = "," + space;
    }
    out.append(']');
  }

  private void scalar(Node.Scalar scalar) {
    switch (scalar.value()) {
      case null -> out.append("null");
      case String string -> text(string);
      case Double number when number.isInfinite() || number.isNaN() ->
          text(scalar.text()); // JSON has no such number
      case Double number -> out.append(BigDecimal.valueOf(number));
      case Object other -> out.append(other);
    }
  }

  private void text(String text) {
    out.append('"');
    text.codePoints().forEach(this::character);
    out.append('"');
  }

  private void character(int c) {
    switch (c) {
      case '"' -> out.append("\\\"");
      case '\\' -> out.append("\\\\");
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      case '\t' -> out.append("\\t");
      default -> {
        if (isEscaped(c)) {
          out.append("\\u%04x".formatted(c));
        } else {
          out.appendCodePoint(c);
        }
      }
    }
  }

  /** What is not seen, what YAML takes for a line break, and halves of a character. */
  private static boolean isEscaped(int c) {
    return c < FIRST_PRINTABLE
        || (c >= FIRST_CONTROL && c <= LAST_CONTROL)
        || c == LINE_SEPARATOR
        || c == PARAGRAPH_SEPARATOR
        || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
  }
}
