package pharos.config.edit;

import java.util.List;
import org.jspecify.annotations.Nullable;
import pharos.config.resource.Node;

/** Where the parts of a YAML or JSON text begin and end, for edits that leave the rest alone. */
final class TextLayout {
  /** There is no such offset. */
  static final int NONE = -1;

  private final String text;

  TextLayout(String text) {
    this.text = text;
  }

  /** How lines end in this text. */
  String lineBreak() {
    return text.contains("\r\n") ? "\r\n" : "\n";
  }

  /** Whether a collection is written in braces or brackets. */
  boolean isFlow(Node node) {
    int start = node.start().offset();
    return start < text.length() && (text.charAt(start) == '{' || text.charAt(start) == '[');
  }

  /** Whether keys are written in quotes, as JSON wants them. */
  boolean quotesKeys(Node.Mapping object) {
    return !object.entries().isEmpty()
        && object.entries().values().stream()
            .allMatch(entry -> text.charAt(entry.keyStart().offset()) == '"');
  }

  /** Just after the last character of a value; a block's trailing comments are not part of it. */
  int end(Node node) {
    switch (node) {
      case Node.Mapping object when !isFlow(node) && !object.entries().isEmpty() -> {
        return entryEnd(List.copyOf(object.entries().values()).getLast());
      }
      case Node.Sequence array when !isFlow(node) && !array.items().isEmpty() -> {
        Node last = array.items().getLast();
        return isAbsent(last) ? NONE : end(last);
      }
      default -> {
        int end = Math.min(node.end().offset(), text.length());
        while (end > node.start().offset() && "\r\n".indexOf(text.charAt(end - 1)) >= 0) {
          end--; // a block scalar ends on the line after it
        }
        return end;
      }
    }
  }

  /** Just after a field's value, or after its colon when it has none. */
  int entryEnd(Node.Mapping.Entry entry) {
    if (!isAbsent(entry.value())) {
      return end(entry.value());
    }
    int colon = colon(entry);
    return colon == NONE ? NONE : colon + 1;
  }

  /** Where the colon behind a key stands. */
  int colon(Node.Mapping.Entry entry) {
    int colon = text.indexOf(':', entry.keyEnd().offset());
    boolean beside = colon >= 0 && text.substring(entry.keyEnd().offset(), colon).isBlank();
    return beside ? colon : NONE;
  }

  /** Whether nothing is written where a value could be. */
  static boolean isAbsent(Node node) {
    return node instanceof Node.Scalar scalar
        && scalar.value() == null
        && scalar.start().offset() == scalar.end().offset();
  }

  /** Offset of the first character of a line. */
  int lineStart(int offset) {
    return text.lastIndexOf('\n', offset - 1) + 1;
  }

  /** Offset of the line break after an offset, or of the end of the text. */
  int lineEnd(int offset) {
    int newline = text.indexOf('\n', offset);
    int end = newline < 0 ? text.length() : newline;
    return end > offset && text.charAt(end - 1) == '\r' ? end - 1 : end;
  }

  /** Whether only white space stands before an offset on its line. */
  boolean startsLine(int offset) {
    return text.substring(lineStart(offset), offset).isBlank();
  }

  /** Where the comment lines directly above a line begin; the line's own start without any. */
  int aboveComments(int lineStart) {
    int at = lineStart;
    while (at > 0) {
      int previous = lineStart(at - 1);
      if (!text.substring(previous, at).strip().startsWith("#")) {
        return at;
      }
      at = previous;
    }
    return at;
  }

  /** Where the dash of an array's item stands, when it is the first thing on the item's line. */
  int dash(Node item) {
    int start = item.start().offset();
    int dash = text.lastIndexOf('-', start - 1);
    return dash >= lineStart(start) && text.substring(dash + 1, start).isBlank() && startsLine(dash)
        ? dash
        : NONE;
  }

  /** The text without whole lines; at the end of the text the line break before them goes too. */
  String withoutLines(int from, int to) {
    int start = lineStart(from);
    int end = lineEnd(to);
    if (end < text.length()) {
      int next = text.indexOf('\n', end) + 1;
      return text.substring(0, start) + text.substring(next);
    }
    int before = start == 0 ? 0 : start - 1;
    if (before > 0 && text.charAt(before - 1) == '\r') {
      before--;
    }
    return text.substring(0, before);
  }

  /** The text with something else in place of a stretch. */
  String with(int from, int to, String replacement) {
    return text.substring(0, from) + replacement + text.substring(to);
  }

  /** The quote with which a scalar is written, or null when it is plain or a block. */
  @Nullable Character quote(Node.Scalar scalar) {
    int start = scalar.start().offset();
    char first = start < text.length() ? text.charAt(start) : ' ';
    return first == '"' || first == '\'' ? Character.valueOf(first) : null;
  }

  /** Whether a scalar begins and ends on one line and is no block. */
  boolean isInline(Node.Scalar scalar) {
    int start = scalar.start().offset();
    int end = scalar.end().offset();
    return end > start
        && text.charAt(start) != '|'
        && text.charAt(start) != '>'
        && text.indexOf('\n', start, end) < 0;
  }
}
