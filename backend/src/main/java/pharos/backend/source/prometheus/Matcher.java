package pharos.backend.source.prometheus;

import static java.util.stream.Collectors.joining;

import java.util.Collection;
import pharos.backend.source.metric.IstioLabel;

/**
 * One label matcher of a selector, escaped: label names are checked, values quoted, literals inside
 * regular expressions escaped for RE2.
 */
final class Matcher {
  private static final String RE2_SPECIAL = "\\.+*?()|[]{}^$";

  private final String text;

  private Matcher(String label, String operator, String value) {
    this.text = label + operator + '"' + escaped(value) + '"';
  }

  /** {@code label="value"}. */
  static Matcher is(IstioLabel label, String value) {
    return new Matcher(label.wireName(), "=", value);
  }

  /**
   * {@code name="value"} for a label of the installation, for example of a cluster or a tenant.
   *
   * @throws IllegalArgumentException when {@code name} is no label name
   */
  static Matcher is(String name, String value) {
    if (!isLabelName(name)) {
      throw new IllegalArgumentException(
          "label name \"%s\" (expected: letters, digits and _, not beginning with a digit)"
              .formatted(name));
    }
    return new Matcher(name, "=", value);
  }

  /** The label has one of the values, literally. An empty value matches a missing label. */
  static Matcher anyOf(IstioLabel label, Collection<String> values) {
    if (values.size() == 1) {
      return is(label, values.iterator().next());
    }
    return new Matcher(label.wireName(), "=~", alternatives(values));
  }

  /** The label is a host {@code anything.namespace.anything} of one of the namespaces. */
  static Matcher hostIn(IstioLabel label, Collection<String> namespaces) {
    return new Matcher(label.wireName(), "=~", "[^.]+\\.(" + alternatives(namespaces) + ")\\..+");
  }

  /** The whole value matches a regular expression of our own. */
  static Matcher matches(IstioLabel label, Pattern pattern) {
    return new Matcher(label.wireName(), "=~", pattern.re2());
  }

  /** A regular expression that is a constant of Pharos, never anything typed by a user. */
  record Pattern(String re2) {}

  private static String alternatives(Collection<String> values) {
    return values.stream().sorted().map(Matcher::literal).collect(joining("|"));
  }

  private static String literal(String value) {
    var quoted = new StringBuilder(value.length() + 8);
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (RE2_SPECIAL.indexOf(c) >= 0) {
        quoted.append('\\');
      }
      quoted.append(c);
    }
    return quoted.toString();
  }

  /** PromQL's double-quoted strings are Go's. */
  private static String escaped(String value) {
    var quoted = new StringBuilder(value.length() + 8);
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '\\' -> quoted.append("\\\\");
        case '"' -> quoted.append("\\\"");
        case '\n' -> quoted.append("\\n");
        case '\r' -> quoted.append("\\r");
        case '\t' -> quoted.append("\\t");
        default -> {
          if (c < 0x20 || c == 0x7f) {
            quoted.append("\\x").append(Character.forDigit(c >> 4, 16));
            quoted.append(Character.forDigit(c & 15, 16));
          } else {
            quoted.append(c);
          }
        }
      }
    }
    return quoted.toString();
  }

  private static boolean isLabelName(String name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
      boolean digit = c >= '0' && c <= '9';
      if (!letter && !(digit && i > 0)) {
        return false;
      }
    }
    return !name.isEmpty();
  }

  String text() {
    return text;
  }
}
