package pharos.config.istio;

import java.math.BigDecimal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Durations in Go syntax, as Istio's resources write them: {@code 1h30m}, {@code 250ms}. */
public final class Durations {
  private static final int LONGEST = 64;

  private Durations() {}

  /** Reads a duration; null when the text is none. Parts finer than nanoseconds are cut off. */
  public static @Nullable Duration parse(String text) {
    String rest = text.strip();
    if (rest.isEmpty() || rest.length() > LONGEST) {
      return null;
    }
    boolean negative = rest.startsWith("-");
    if (negative || rest.startsWith("+")) {
      rest = rest.substring(1);
    }
    if (rest.equals("0")) {
      return Duration.ZERO;
    }
    BigDecimal nanos = BigDecimal.ZERO;
    int at = 0;
    while (at < rest.length()) {
      int digits = at;
      while (digits < rest.length()
          && (isDigit(rest.charAt(digits)) || rest.charAt(digits) == '.')) {
        digits++;
      }
      int unit = digits;
      while (unit < rest.length() && !isDigit(rest.charAt(unit)) && rest.charAt(unit) != '.') {
        unit++;
      }
      String number = rest.substring(at, digits);
      long scale = nanosOf(rest.substring(digits, unit));
      if (scale == 0 || !number.matches("[0-9]+(\\.[0-9]*)?|\\.[0-9]+")) {
        return null;
      }
      nanos = nanos.add(new BigDecimal(number).multiply(BigDecimal.valueOf(scale)));
      at = unit;
    }
    if (at == 0 || nanos.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
      return null;
    }
    long whole = nanos.longValue();
    return Duration.ofNanos(negative ? -whole : whole);
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static long nanosOf(String unit) {
    return switch (unit) {
      case "ns" -> 1L;
      case "us", "µs", "μs" -> 1_000L;
      case "ms" -> 1_000_000L;
      case "s" -> 1_000_000_000L;
      case "m" -> 60_000_000_000L;
      case "h" -> 3_600_000_000_000L;
      default -> 0L;
    };
  }
}
