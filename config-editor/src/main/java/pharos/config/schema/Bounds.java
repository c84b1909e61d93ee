package pharos.config.schema;

/** A range with both ends included. */
public record Bounds(long min, long max) {
  /** Reads {@code 1..65535}, {@code 1..} or {@code ..63}. */
  static Bounds parse(String text) {
    int dots = text.indexOf("..");
    if (dots < 0) {
      throw new IllegalArgumentException("range \"%s\" (expected: min..max)".formatted(text));
    }
    String low = text.substring(0, dots);
    String high = text.substring(dots + 2);
    return new Bounds(
        low.isEmpty() ? Long.MIN_VALUE : Long.parseLong(low),
        high.isEmpty() ? Long.MAX_VALUE : Long.parseLong(high));
  }

  boolean contains(double value) {
    return value >= min && value <= max;
  }

  @Override
  public String toString() {
    if (max == Long.MAX_VALUE) {
      return "at least " + min;
    }
    return min == Long.MIN_VALUE ? "at most " + max : min + " to " + max;
  }
}
