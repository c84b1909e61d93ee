package pharos.config.edit;

import java.util.Iterator;
import java.util.Map;
import pharos.config.resource.Node;

/** A tree as JSON on one line. */
final class JsonText {
  private JsonText() {}

  static String of(Node node) {
    StringBuilder out = new StringBuilder();
    write(node, out);
    return out.toString();
  }

  private static void write(Node node, StringBuilder out) {
    switch (node) {
      case Node.Scalar scalar -> scalar(scalar, out);
      case Node.Sequence array -> {
        out.append('[');
        for (int i = 0; i < array.items().size(); i++) {
          out.append(i == 0 ? "" : ", ");
          write(array.items().get(i), out);
        }
        out.append(']');
      }
      case Node.Mapping object -> {
        out.append('{');
        Iterator<Map.Entry<String, Node.Mapping.Entry>> entries =
            object.entries().entrySet().iterator();
        while (entries.hasNext()) {
          Map.Entry<String, Node.Mapping.Entry> entry = entries.next();
          text(entry.getKey(), out);
          out.append(": ");
          write(entry.getValue().value(), out);
          out.append(entries.hasNext() ? ", " : "");
        }
        out.append('}');
      }
    }
  }

  private static void scalar(Node.Scalar scalar, StringBuilder out) {
    switch (scalar.value()) {
      case null -> out.append("null");
      case String text -> text(text, out);
      case Double number when number.isInfinite() || number.isNaN() -> text(scalar.text(), out);
      default -> out.append(scalar.value());
    }
  }

  /** A text in quotes (RFC 8259, section 7). */
  static String quoted(String text) {
    StringBuilder out = new StringBuilder();
    text(text, out);
    return out.toString();
  }

  private static void text(String text, StringBuilder out) {
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
          if (c < 0x20 || c == 0x7f || (c >= 0x80 && c < 0xa0) || c == 0x2028 || c == 0x2029) {
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
