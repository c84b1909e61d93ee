package pharos.config.routing.language;

/**
 * Texts that are equal to a text or begin with it. The state is how many characters have been read;
 * one more than the length means "beyond the text".
 */
final class TextAutomaton implements Automaton {
  private final String text;
  private final boolean ignoreCase;
  private final Beyond beyond;

  /** What may follow the text. */
  enum Beyond {
    NOTHING,
    ANYTHING,
    /** Nothing, or a slash and anything. */
    SEGMENTS
  }

  TextAutomaton(String text, boolean ignoreCase, Beyond beyond) {
    this.text = text;
    this.ignoreCase = ignoreCase;
    this.beyond = beyond;
  }

  @Override
  public int start() {
    return 0;
  }

  @Override
  public int next(int state, char c) {
    if (state == DEAD) {
      return DEAD;
    }
    if (state < text.length()) {
      return same(text.charAt(state), c) ? state + 1 : DEAD;
    }
    if (state > text.length()) {
      return state;
    }
    return switch (beyond) {
      case NOTHING -> DEAD;
      case ANYTHING -> state + 1;
      case SEGMENTS -> c == '/' ? state + 1 : DEAD;
    };
  }

  private boolean same(char wanted, char c) {
    return wanted == c || (ignoreCase && c >= 'A' && c <= 'Z' && wanted == c - 'A' + 'a');
  }

  @Override
  public boolean accepts(int state) {
    return state >= text.length();
  }

  @Override
  public boolean acceptsAll(int state) {
    return state > text.length() || (state == text.length() && beyond == Beyond.ANYTHING);
  }
}
