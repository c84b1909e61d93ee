package pharos.config.check.traffic.route;

/** What can be seen of a regular expression without compiling it. */
final class RegexPrefix {
  private static final String SPECIAL = ".[]()|*+?{}^$\\";
  private static final String REPEATS = "*?{+";

  private RegexPrefix() {}

  /** The text that everything begins with which it matches; may be empty. */
  static String of(String regex) {
    if (regex.contains("|")) {
      return "";
    }
    StringBuilder text = new StringBuilder();
    int at = regex.startsWith("^") ? 1 : 0;
    while (at < regex.length()) {
      char c = regex.charAt(at);
      boolean escaped =
          c == '\\' && at + 1 < regex.length() && !Character.isLetterOrDigit(regex.charAt(at + 1));
      if (!escaped && SPECIAL.indexOf(c) >= 0) {
        break;
      }
      text.append(escaped ? regex.charAt(at + 1) : c);
      at += escaped ? 2 : 1;
    }
    if (at < regex.length() && REPEATS.indexOf(regex.charAt(at)) >= 0 && !text.isEmpty()) {
      text.setLength(text.length() - 1); // the last character may be repeated no times
    }
    return text.toString();
  }
}
