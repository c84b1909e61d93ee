package pharos.config.routing.language;

/** The alphabet: printable ASCII, in the order in which examples read best. */
final class Letters {
  static final char FIRST = 0x20;
  static final char LAST = 0x7e;

  /** Every letter once: plain ones first, so that the first word found is a readable one. */
  static final char[] BY_LIKING = byLiking();

  private Letters() {}

  static boolean contains(char c) {
    return c >= FIRST && c <= LAST;
  }

  private static char[] byLiking() {
    StringBuilder order = new StringBuilder("abcdefghijklmnopqrstuvwxyz0123456789-/._");
    for (char c = FIRST; c <= LAST; c++) {
      if (order.indexOf(String.valueOf(c)) < 0) {
        order.append(c);
      }
    }
    return order.toString().toCharArray();
  }
}
