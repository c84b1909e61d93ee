package pharos.backend;

/** Pharos cannot run as it is set up. The message is for the user and says what to change. */
public final class StartFailed extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public StartFailed(String message) {
    super(message);
  }

  public StartFailed(String message, Throwable cause) {
    super(message, cause);
  }
}
