package pharos.config.check.schema;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import pharos.config.resource.Fields;
import pharos.config.resource.Node;
import pharos.config.schema.Durations;

/** Durations and decimal numbers as Go and protobuf read and print them. */
final class Values {
  private static final BigDecimal MILLION = BigDecimal.valueOf(1_000_000);

  private Values() {}

  /** The rule {@code duration} of the catalog; null when nothing is wrong. */
  static @Nullable String duration(@Nullable Node node) {
    if (node == null) {
      return null;
    }
    String text = Fields.text(node);
    BigDecimal nanos = Durations.nanos(text);
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
    if (Double.isInfinite(value) || Double.isNaN(value)) {
      return Double.isNaN(value) ? "NaN" : value > 0 ? "+Inf" : "-Inf";
    }
    BigDecimal decimal = BigDecimal.valueOf(value).stripTrailingZeros();
    return decimal.scale() <= 0 ? decimal.toBigInteger().toString() : decimal.toPlainString();
  }

  /** As Go prints a float with {@code %f}. */
  static String fixed(double value) {
    return String.format(java.util.Locale.ROOT, "%f", value);
  }
}
