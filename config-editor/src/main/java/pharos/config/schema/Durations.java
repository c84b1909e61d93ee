package pharos.config.schema;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.math.BigDecimal;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Durations as Go and protobuf write them: {@code 1h30m}, {@code 0.5s}, {@code 20ms}. */
public final class Durations {
  private static final int LONGEST = 128;
  private static final Pattern PART =
      Pattern.compile("([0-9]+(?:\\.[0-9]*)?|\\.[0-9]+)(h|ms|m|s|us|µs|ns)");
  private static final Pattern WHOLE =
      Pattern.compile("[-+]?((?:[0-9]+(?:\\.[0-9]*)?|\\.[0-9]+)(?:h|ms|m|s|us|µs|ns))+");
  private static final Pattern GATEWAY_API = Pattern.compile("([0-9]{1,5}(h|m|s|ms)){1,4}");
  private static final Map<String, BigDecimal> NANOS =
      Map.of(
          "h",
          new BigDecimal("3600000000000"),
          "m",
          new BigDecimal("60000000000"),
          "s",
          new BigDecimal("1000000000"),
          "ms",
          BigDecimal.valueOf(1_000_000),
          "us",
          BigDecimal.valueOf(1_000),
          "µs",
          BigDecimal.valueOf(1_000),
          "ns",
          BigDecimal.ONE);

  private Durations() {}

  /** A duration in nanoseconds, or null when the text is none. */
  public static @Nullable BigDecimal nanos(String text) {
    if (text.equals("0")) {
      return BigDecimal.ZERO;
    }
    // Anything longer is no duration that fits Go's 64 bits, and long numbers are slow to multiply.
    if (text.length() > LONGEST || !WHOLE.matches(text)) {
      return null;
    }
    BigDecimal total = BigDecimal.ZERO;
    Matcher matcher = PART.matcher(text);
    while (matcher.find()) {
      BigDecimal unit = NANOS.get(matcher.group(2));
      if (unit != null) {
        total = total.add(new BigDecimal(matcher.group(1)).multiply(unit));
      }
    }
    return text.startsWith("-") ? total.negate() : total;
  }

  /** Whether Gateway API takes it for a duration (GEP-2257). */
  static boolean isGatewayApi(String text) {
    return GATEWAY_API.matches(text);
  }
}
