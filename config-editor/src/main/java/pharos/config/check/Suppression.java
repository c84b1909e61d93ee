package pharos.config.check;

import com.google.re2j.Pattern;

/**
 * {@code CODE=ORIGIN-GLOB}: a finding that the user does not want to see again (analysis catalog
 * 1.6).
 */
public record Suppression(String code, String glob) {

  /**
   * Reads the form of the command line.
   *
   * @throws IllegalArgumentException when it has not exactly two parts
   */
  public static Suppression parse(String text) {
    String[] parts = text.split("=", -1);
    if (parts.length != 2) {
      throw new IllegalArgumentException(
          "\"%s\" is no suppression (expected: CODE=ORIGIN, such as IST0102=Namespace *)"
              .formatted(text));
    }
    return new Suppression(parts[0], parts[1]);
  }

  boolean covers(Finding finding) {
    if (!finding.type().code().equals(code)) {
      return false;
    }
    StringBuilder regex = new StringBuilder();
    boolean first = true;
    for (String literal : glob.split("\\*", -1)) {
      regex.append(first ? "" : ".*").append(Pattern.quote(literal));
      first = false;
    }
    return Pattern.compile("(?s)" + regex).matches(finding.origin());
  }
}
