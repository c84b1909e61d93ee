package pharos.backend.config;

/** A question about configuration that has no answer, and why. */
public abstract sealed class ConfigFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private ConfigFailure(String message) {
    super(message, null, false, false);
  }

  /** The cluster does not hold such an object, as far as we may see. */
  public static final class NoSuchObject extends ConfigFailure {
    private static final long serialVersionUID = 1L;

    NoSuchObject(String message) {
      super(message);
    }
  }

  /** Kinds that may not be read. */
  public static final class Forbidden extends ConfigFailure {
    private static final long serialVersionUID = 1L;

    Forbidden(String message) {
      super(message);
    }
  }

  /** The cluster has not been listed, so that any answer would be a guess. */
  public static final class NotKnownYet extends ConfigFailure {
    private static final long serialVersionUID = 1L;

    NotKnownYet(String message) {
      super(message);
    }
  }
}
