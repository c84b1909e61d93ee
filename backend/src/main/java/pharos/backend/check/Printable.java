package pharos.backend.check;

/**
 * Text of strangers on a terminal: nothing that moves the cursor or changes colours, and as wide as
 * it is shown.
 */
final class Printable {
  private static final char REPLACEMENT = '\uFFFD';

  private Printable() {}

  /** The text with tabs kept and other control characters replaced. */
  static String of(String text) {
    StringBuilder safe = new StringBuilder(text.length());
    text.codePoints().forEach(c -> safe.appendCodePoint(isShown(c) ? c : REPLACEMENT));
    return safe.toString();
  }

  /** White space that is as wide as the text. */
  static String blank(String text) {
    StringBuilder blank = new StringBuilder(text.length());
    text.codePoints().forEach(c -> blank.append(c == '\t' ? "\t" : " ".repeat(columns(c))));
    return blank.toString();
  }

  /** Columns of a terminal that the text takes; a tab counts as one. */
  static int width(String text) {
    return text.codePoints().map(Printable::columns).sum();
  }

  /** Control and format characters could hide or forge what follows. */
  private static boolean isShown(int c) {
    return c == '\t'
        || !(Character.isISOControl(c)
            || Character.getType(c) == Character.FORMAT
            || Character.getType(c) == Character.LINE_SEPARATOR
            || Character.getType(c) == Character.PARAGRAPH_SEPARATOR
            || Character.getType(c) == Character.SURROGATE);
  }

  /** Two for scripts and symbols of East Asian width W or F (Unicode annex 11), none for marks. */
  private static int columns(int c) {
    int type = Character.getType(c);
    if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK) {
      return 0;
    }
    boolean wide =
        (c >= 0x1100 && c <= 0x115F)
            || (c >= 0x2E80 && c <= 0x303E)
            || (c >= 0x3041 && c <= 0xA4CF)
            || (c >= 0xAC00 && c <= 0xD7A3)
            || (c >= 0xF900 && c <= 0xFAFF)
            || (c >= 0xFE30 && c <= 0xFE6F)
            || (c >= 0xFF00 && c <= 0xFF60)
            || (c >= 0xFFE0 && c <= 0xFFE6)
            || (c >= 0x1F300 && c <= 0x1FAFF)
            || (c >= 0x20000 && c <= 0x3FFFD);
    return wide ? 2 : 1;
  }
}
