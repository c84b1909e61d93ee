package pharos.backend.traffic;

/** Why this feature cannot answer. Anything else that is thrown is a bug. */
public abstract sealed class TrafficFailure extends RuntimeException
    permits SourceUnavailable,
        TrafficFailure.NoSuchObject,
        TrafficFailure.TooMuch,
        TrafficFailure.BadExpression {
  private static final long serialVersionUID = 1L;

  TrafficFailure(String message) {
    super(message);
  }

  TrafficFailure(String message, Throwable cause) {
    super(message, cause);
  }

  /** Neither the cluster nor the traffic knows what was asked for. */
  public static final class NoSuchObject extends TrafficFailure {
    private static final long serialVersionUID = 1L;

    public NoSuchObject(String message) {
      super(message);
    }
  }

  /** A bound is reached; asking again later can help. */
  public static final class TooMuch extends TrafficFailure {
    private static final long serialVersionUID = 1L;

    public TooMuch(String message) {
      super(message);
    }
  }

  /** A find or hide expression that cannot be read. */
  public static final class BadExpression extends TrafficFailure {
    private static final long serialVersionUID = 1L;

    private final String parameter;
    private final int position;

    public BadExpression(String parameter, int position, String message) {
      super(message);
      this.parameter = parameter;
      this.position = position;
    }

    /** {@code find}, {@code hide} or {@code expr}. */
    public String parameter() {
      return parameter;
    }

    /** Index of the first character that does not fit, from 0. */
    public int position() {
      return position;
    }
  }
}
