package pharos.backend.route;

/**
 * A question that cannot be read; the message names the field, what it holds and what it should.
 */
public final class BadQuestion extends RuntimeException {
  private static final long serialVersionUID = 1L;

  BadQuestion(String message) {
    super(message, null, false, false);
  }
}
