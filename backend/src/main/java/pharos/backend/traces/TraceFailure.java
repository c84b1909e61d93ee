package pharos.backend.traces;

/** A question about traces that has no answer, and why. */
public abstract sealed class TraceFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private TraceFailure(String message) {
    super(message, null, false, false);
  }

  /** No such trace, or no such span in it, is kept (any more). */
  public static final class NoSuchTrace extends TraceFailure {
    private static final long serialVersionUID = 1L;

    NoSuchTrace(String message) {
      super(message);
    }
  }

  /** Text that is no expression. */
  public static final class BadExpression extends TraceFailure {
    private static final long serialVersionUID = 1L;

    private final int position;

    BadExpression(int position, String message) {
      super(message);
      this.position = position;
    }

    /** Where in the text, from 0. */
    public int position() {
      return position;
    }
  }

  /** The trace is larger than can be shown. */
  public static final class TooLarge extends TraceFailure {
    private static final long serialVersionUID = 1L;

    TooLarge(String message) {
      super(message);
    }
  }

  /** Spans that are not taken now: too many wait already, or the store does not answer. */
  public static final class NotNow extends TraceFailure {
    private static final long serialVersionUID = 1L;

    private final boolean overload;

    NotNow(boolean overload, String message) {
      super(message);
      this.overload = overload;
    }

    /** Whether the sender was too fast; otherwise the store is away. */
    public boolean overload() {
      return overload;
    }
  }
}
