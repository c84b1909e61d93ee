package pharos.config.check;

import java.util.Collection;
import java.util.stream.Collectors;

/**
 * Fills templates as Go does, because the messages of istioctl are written so: {@code %v}, {@code
 * %s} and {@code %d} plain, {@code %q} quoted; lists in brackets, separated by spaces.
 */
final class GoFormat {
  private GoFormat() {}

  static String fill(String template, Object... arguments) {
    StringBuilder text = new StringBuilder(template.length() + 32);
    int next = 0;
    for (int i = 0; i < template.length(); i++) {
      char c = template.charAt(i);
      if (c != '%' || i + 1 == template.length()) {
        text.append(c);
        continue;
      }
      char verb = template.charAt(++i);
      switch (verb) {
        case '%' -> text.append('%');
        case 'q' -> text.append(quoted(argument(template, arguments, next++)));
        case 'v', 's', 'd' -> text.append(plain(argument(template, arguments, next++)));
        default ->
            throw new IllegalArgumentException("verb %%%s in \"%s\"".formatted(verb, template));
      }
    }
    if (next != arguments.length) {
      throw new IllegalArgumentException(
          "%d arguments for \"%s\" (expected: %d)".formatted(arguments.length, template, next));
    }
    return text.toString();
  }

  private static Object argument(String template, Object[] arguments, int index) {
    if (index >= arguments.length) {
      throw new IllegalArgumentException(
          "only %d arguments for \"%s\"".formatted(arguments.length, template));
    }
    return arguments[index];
  }

  private static String plain(Object value) {
    return value instanceof Collection<?> list
        ? list.stream().map(GoFormat::plain).collect(Collectors.joining(" ", "[", "]"))
        : String.valueOf(value);
  }

  /** In double quotes with Go's escapes. */
  static String quoted(Object value) {
    if (value instanceof Collection<?> list) {
      return list.stream().map(GoFormat::quoted).collect(Collectors.joining(" ", "[", "]"));
    }
    String raw = String.valueOf(value);
    StringBuilder text = new StringBuilder(raw.length() + 2).append('"');
    raw.codePoints()
        .forEach(c -> {
          switch (c) {
            case '"' -> text.append("\\\"");
            case '\\' -> text.append("\\\\");
            case '\n' -> text.append("\\n");
            case '\r' -> text.append("\\r");
            case '\t' -> text.append("\\t");
            case 0x07 -> text.append("\\a");
            case '\b' -> text.append("\\b");
            case '\f' -> text.append("\\f");
            case 0x0B -> text.append("\\v");
            default -> {
              if (c < 0x20 || c == 0x7F) {
                text.append("\\x%02x".formatted(c));
              } else {
                text.appendCodePoint(c);
              }
            }
          }
        });
    return text.append('"').toString();
  }
}
