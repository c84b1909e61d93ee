package pharos.config.routing.space;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;

/** What regular expressions say of the empty text. */
final class Regexes {
  private Regexes() {}

  /** Whether RE2 accepts it; a pattern that RE2 refuses accepts nothing. */
  static boolean matchesEmpty(String pattern) {
    try {
      return Pattern.matches(pattern, "");
    } catch (PatternSyntaxException e) {
      return false;
    }
  }
}
