package pharos.config.resource;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/**
 * Prints a tree as JSON without spaces, keys in their order: what is sent to an API server and what
 * is compared. Reading the text again gives the same values.
 */
public final class JsonText {
  private static final int FIRST_PRINTABLE = 0x20;

  private final StringBuilder out = new StringBuilder();

  private JsonText() {}

  /** The text of a tree. */
  public static String of(Node root) {
    JsonText printer = new JsonText();
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
    char before = '{';
    for (Map.Entry<String, Node.Mapping.Entry> entry : mapping.entries().entrySet()) {
      out.append(before);
      text(entry.getKey());
      out.append(':');
      node(entry.getValue().value());
      before = ',';
    }
    out.append(before == '{' ? "{}" : "}");
  }

  private void array(List<Node> items) {
    char before = '[';
    for (Node item : items) {
      out.append(before);
      node(item);
      before = ',';
    }
    out.append(before == '[' ? "[]" : "]");
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
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          if (c < FIRST_PRINTABLE || Character.isSurrogate(c)) {
            out.append("\\u%04x".formatted((int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }
}
