package pharos.config.routing.language;

/** A condition that automata of bearable size cannot express; the message says which and why. */
final class Undecidable extends RuntimeException {
  private static final long serialVersionUID = 1L;

  Undecidable(String message) {
    super(message, null, false, false);
  }
}
