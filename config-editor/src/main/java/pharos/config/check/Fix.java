package pharos.config.check;

import java.util.Comparator;
import java.util.List;
import pharos.config.resource.Place;

/**
 * A correction that is certain enough to be applied by a click: texts to put in place of others, in
 * the file of the finding's object.
 *
 * @param title what it does, as the label of a button: {@code Rename to "hosts"}
 * @param edits in the order of the text, not overlapping; all or none
 */
public record Fix(String title, List<TextEdit> edits) {
  public Fix {
    edits = edits.stream().sorted(Comparator.comparingInt(edit -> edit.start().offset())).toList();
    if (edits.isEmpty()) {
      throw new IllegalArgumentException("fix \"%s\" changes nothing".formatted(title));
    }
    for (int i = 1; i < edits.size(); i++) {
      if (edits.get(i).start().offset() < edits.get(i - 1).end().offset()) {
        throw new IllegalArgumentException("fix \"%s\": edits overlap".formatted(title));
      }
    }
  }

  /** A fix of one edit. */
  public static Fix replace(String title, Place start, Place end, String text) {
    return new Fix(title, List.of(new TextEdit(start, end, text)));
  }

  /**
   * One replacement.
   *
   * @param start first character that goes
   * @param end just after the last one; equal to {@code start} for an insertion
   * @param text what comes instead; empty for a removal
   */
  public record TextEdit(Place start, Place end, String text) {
    public TextEdit {
      if (end.offset() < start.offset()) {
        throw new IllegalArgumentException(
            "edit ends at %d before it starts at %d".formatted(end.offset(), start.offset()));
      }
    }
  }

  /** The text with the fix applied; offsets count in this text. */
  public String apply(String text) {
    StringBuilder fixed = new StringBuilder(text);
    for (TextEdit edit : edits.reversed()) {
      fixed.replace(edit.start().offset(), edit.end().offset(), edit.text());
    }
    return fixed.toString();
  }
}
