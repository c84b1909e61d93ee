package pharos.config.check.schema;

import org.jspecify.annotations.Nullable;

/**
 * Envoy's format of header values, {@code %NAME(argument)%}, as far as a value can be malformed.
 */
final class HeaderFormat {
  private final String value;
  private int at;

  HeaderFormat(String value) {
    this.value = value;
  }

  /** What is wrong, or null. */
  @Nullable String problem() {
    while (at < value.length()) {
      if (value.charAt(at++) != '%') {
        continue;
      }
      if (at == value.length()) {
        return "Un-escaped %";
      }
      if (value.charAt(at) == '%') {
        at++;
        continue;
      }
      String wrong = variable();
      if (wrong != null) {
        return wrong;
      }
    }
    return null;
  }

  private @Nullable String variable() {
    int start = at;
    while (at < value.length()) {
      char c = value.charAt(at++);
      if (c == '%') {
        return null;
      }
      if (c == '(') {
        String wrong = argument();
        if (wrong != null) {
          return wrong;
        }
        spaces();
        if (at < value.length() && value.charAt(at) == '%') {
          at++;
          return null;
        }
        return at == value.length() ? unterminated(start) : "Expecting '%' or whitespace after";
      }
    }
    return unterminated(start);
  }

  private String unterminated(int start) {
    return "Un-terminated variable expression '%s'".formatted(value.substring(start));
  }

  private @Nullable String argument() {
    int start = at;
    spaces();
    if (at < value.length() && value.charAt(at) == '[') {
      at++;
      return array(start);
    }
    while (at < value.length()) {
      char c = value.charAt(at++);
      if (c == '\\') {
        at++;
      } else if (c == ')') {
        return null;
      }
    }
    return unterminated(start);
  }

  private @Nullable String array(int start) {
    while (true) {
      spaces();
      if (at >= value.length()) {
        return unterminated(start);
      }
      if (value.charAt(at) != '"') {
        return "Expecting '\"'";
      }
      at++;
      String wrong = text(start);
      if (wrong != null) {
        return wrong;
      }
      spaces();
      if (at >= value.length()) {
        return unterminated(start);
      }
      char c = value.charAt(at++);
      if (c == ']') {
        spaces();
        if (at >= value.length()) {
          return unterminated(start);
        }
        char after = value.charAt(at++);
        return after == ')'
            ? null
            : "Expecting ')' or whitespace after '%s', but found '%s'"
                .formatted(value.substring(start, at - 1), after);
      }
      if (c != ',') {
        return "Expecting ',', ']', or whitespace";
      }
    }
  }

  private @Nullable String text(int start) {
    while (at < value.length()) {
      char c = value.charAt(at++);
      if (c == '"') {
        return null;
      }
      if (c == '\\') {
        if (at == value.length()) {
          return "Un-terminated backslash in JSON string";
        }
        at++;
      }
    }
    return unterminated(start);
  }

  private void spaces() {
    while (at < value.length() && Character.isWhitespace(value.charAt(at))) {
      at++;
    }
  }
}
