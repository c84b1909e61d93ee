package pharos.config.check.schema;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.math.BigDecimal;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import pharos.config.resource.Fields;
import pharos.config.resource.Node;

/** Durations and decimal numbers as Go and protobuf read and print them. */
final class Values {
  private static final BigDecimal MILLION = BigDecimal.valueOf(1_000_000);
  private static final Pattern PART =
      Pattern.compile("([0-9]+(?:\\.[0-9]*)?|\\.[0-9]+)(h|ms|m|s|us|µs|ns)");
  private static final Pattern WHOLE =
      Pattern.compile("[-+]?((?:[0-9]+(?:\\.[0-9]*)?|\\.[0-9]+)(?:h|ms|m|s|us|µs|ns))+");
  private static final Map<String, BigDecimal> NANOS =
      Map.of(
          "h", new BigDecimal("3600000000000"),
          "m", new BigDecimal("60000000000"),
          "s", new BigDecimal("1000000000"),
          "ms", MILLION,
          "us", new BigDecimal("1000"),
          "µs", new BigDecimal("1000"),
          "ns", BigDecimal.ONE);

  private Values() {}

  /** A duration in nanoseconds, or null when the text is none. */
  static @Nullable BigDecimal nanos(String text) {
    if (text.equals("0")) {
      return BigDecimal.ZERO;
    }
    if (!WHOLE.matches(text)) {
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

  /** The rule {@code duration} of the catalog; null when nothing is wrong. */
  static @Nullable String duration(@Nullable Node node) {
    if (node == null) {
      return null;
    }
    String text = Fields.text(node);
    BigDecimal nanos = nanos(text);
    if (nanos == null) {
      return "invalid duration \"%s\"".formatted(text);
    }
    if (nanos.compareTo(MILLION) < 0) {
      return "duration must be greater than 1ms";
    }
    return nanos.remainder(MILLION).signum() == 0
        ? null
        : "only durations to ms precision are supported";
  }

  /** A number with decimals; 0 when there is none. */
  static double decimal(@Nullable Node node, String... keys) {
    return Fields.node(node, keys) instanceof Node.Scalar scalar
        ? switch (scalar.value()) {
          case Long whole -> whole.doubleValue();
          case Double decimal -> decimal;
          case null, default -> 0;
        }
        : 0;
  }

  /** As Go prints a float with {@code %v}. */
  static String goFloat(double value) {
    BigDecimal decimal = BigDecimal.valueOf(value).stripTrailingZeros();
    return decimal.scale() <= 0 ? decimal.toBigInteger().toString() : decimal.toPlainString();
  }

  /** As Go prints a float with {@code %f}. */
  static String fixed(double value) {
    return String.format(java.util.Locale.ROOT, "%f", value);
  }
}
