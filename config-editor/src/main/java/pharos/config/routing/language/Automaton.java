package pharos.config.routing.language;

/** A deterministic automaton over {@link Letters}. States are numbers that mean nothing outside. */
interface Automaton {
  /** No continuation is accepted from here. */
  int DEAD = -1;

  int start();

  /**
   * The state after one letter more.
   *
   * @throws Undecidable when there would be too many states
   */
  int next(int state, char c);

  boolean accepts(int state);

  /** Whether every continuation is accepted; false also when nobody knows. */
  boolean acceptsAll(int state);

  /** Whether a text is accepted; a text with letters outside the alphabet is not. */
  default boolean accepts(String text) {
    int state = start();
    for (int i = 0; i < text.length() && state != DEAD; i++) {
      char c = text.charAt(i);
      state = Letters.contains(c) ? next(state, c) : DEAD;
    }
    return state != DEAD && accepts(state);
  }
}
