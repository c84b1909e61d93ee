package pharos.backend.store.embedded;

/** The embedded server cannot run here. The message is for the user and says what to change. */
public final class PostgresUnusable extends RuntimeException {
  private static final long serialVersionUID = 1L;

  PostgresUnusable(String message) {
    super(message);
  }

  PostgresUnusable(String message, Throwable cause) {
    super(message, cause);
  }
}
