package pharos.config.resource;

import java.math.BigInteger;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Gives an unquoted YAML scalar its type as Kubernetes does: YAML 1.1 with Go's number syntax,
 * where {@code yes} and {@code on} are booleans, {@code 0o17} and {@code 017} are octal, and a date
 * stays a text.
 */
final class PlainScalars {
  private static final Set<String> NULLS = Set.of("", "~", "null", "Null", "NULL");
  private static final Set<String> TRUES =
      Set.of("y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON");
  private static final Set<String> FALSES =
      Set.of("n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF");
  private static final BigInteger LONG_MIN = BigInteger.valueOf(Long.MIN_VALUE);
  private static final BigInteger LONG_MAX = BigInteger.valueOf(Long.MAX_VALUE);

  private PlainScalars() {}

  /** The typed value of {@code text}. */
  static @Nullable Object typed(String text) {
    if (NULLS.contains(text)) {
      return null;
    }
    // Single letters are texts in the YAML reader that Kubernetes uses, although YAML 1.1 calls
    // them booleans.
    if (text.length() > 1) {
      if (TRUES.contains(text)) {
        return Boolean.TRUE;
      }
      if (FALSES.contains(text)) {
        return Boolean.FALSE;
      }
    }
    char first = text.charAt(0);
    if (first == '+' || first == '-' || first == '.' || (first >= '0' && first <= '9')) {
      Object number = number(text);
      if (number != null) {
        return number;
      }
    }
    return text;
  }

  private static @Nullable Object number(String text) {
    switch (text.toLowerCase(Locale.ROOT)) {
      case ".inf", "+.inf" -> {
        return Double.POSITIVE_INFINITY;
      }
      case "-.inf" -> {
        return Double.NEGATIVE_INFINITY;
      }
      case ".nan" -> {
        return Double.NaN;
      }
      default -> {
        Object integer = integer(text.replace("_", ""));
        return integer != null ? integer : floating(text);
      }
    }
  }

  private static @Nullable Object integer(String text) {
    boolean negative = text.startsWith("-");
    String digits = negative || text.startsWith("+") ? text.substring(1) : text;
    int radix = 10;
    if (digits.length() > 1 && digits.charAt(0) == '0') {
      switch (digits.charAt(1)) {
        case 'x', 'X' -> {
          radix = 16;
          digits = digits.substring(2);
        }
        case 'b', 'B' -> {
          radix = 2;
          digits = digits.substring(2);
        }
        case 'o', 'O' -> {
          radix = 8;
          digits = digits.substring(2);
        }
        default -> {
          radix = 8;
          digits = digits.substring(1);
        }
      }
    }
    if (digits.isEmpty() || digits.length() > 400) {
      return null;
    }
    for (int i = 0; i < digits.length(); i++) {
      if (digits.charAt(i) > 127 || Character.digit(digits.charAt(i), radix) < 0) {
        return null;
      }
    }
    BigInteger value = new BigInteger(negative ? "-" + digits : digits, radix);
    boolean small = value.compareTo(LONG_MIN) >= 0 && value.compareTo(LONG_MAX) <= 0;
    return small ? (Object) value.longValue() : value;
  }

  /**
   * {@code [-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?}, without a regular expression per
   * scalar.
   */
  private static @Nullable Double floating(String text) {
    int at = 0;
    if (text.charAt(0) == '+' || text.charAt(0) == '-') {
      at++;
    }
    int whole = digits(text, at);
    at += whole;
    int fraction = 0;
    if (at < text.length() && text.charAt(at) == '.') {
      at++;
      fraction = digits(text, at);
      at += fraction;
    }
    if (whole == 0 && fraction == 0) {
      return null;
    }
    if (at < text.length() && (text.charAt(at) == 'e' || text.charAt(at) == 'E')) {
      at++;
      if (at < text.length() && (text.charAt(at) == '+' || text.charAt(at) == '-')) {
        at++;
      }
      int exponent = digits(text, at);
      if (exponent == 0) {
        return null;
      }
      at += exponent;
    }
    return at == text.length() ? Double.valueOf(text) : null;
  }

  private static int digits(String text, int from) {
    int at = from;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    return at - from;
  }
}
