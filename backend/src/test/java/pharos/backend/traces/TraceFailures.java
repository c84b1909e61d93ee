package pharos.backend.traces;

/** Failures for doubles outside of this package. */
public final class TraceFailures {
  private TraceFailures() {}

  public static TraceFailure notNow(boolean overload) {
    return new TraceFailure.NotNow(overload, "not now");
  }
}
