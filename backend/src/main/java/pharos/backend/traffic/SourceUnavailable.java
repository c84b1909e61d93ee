package pharos.backend.traffic;

/** A source did not answer, or answered what cannot be used. The message is for the user. */
public final class SourceUnavailable extends TrafficFailure {
  private static final long serialVersionUID = 1L;

  private final String source;

  public SourceUnavailable(String source, String message) {
    super(message);
    this.source = source;
  }

  public SourceUnavailable(String source, String message, Throwable cause) {
    super(message, cause);
    this.source = source;
  }

  /** Name of the source, as in {@link SourceStatus#name()}. */
  public String source() {
    return source;
  }
}
