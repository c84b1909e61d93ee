package pharos.config.routing.decide;

import com.google.re2j.Pattern;
import pharos.config.routing.effective.RouteMatch;

/** A condition on the path without its query, ready to be asked (R-ENV-11 to R-ENV-14). */
sealed interface PathTest {
  boolean holds(String path);

  /** The condition as people read it. */
  String wanted();

  /** How much of a path that holds a prefix rewrite replaces; all of it where it is no prefix. */
  int replaced(String path);

  static PathTest of(RouteMatch.PathMatch match, Patterns patterns) {
    return switch (match) {
      case RouteMatch.Exact exact -> new Equal(exact.value(), exact.ignoreCase());
      case RouteMatch.Prefix prefix -> new Beginning(prefix.value(), prefix.ignoreCase());
      case RouteMatch.PathSeparatedPrefix prefix -> new Under(prefix.value(), prefix.ignoreCase());
      case RouteMatch.Regex regex -> new Matching(regex.value(), patterns.get(regex.value()));
    };
  }

  private static String ignoring(boolean ignoreCase) {
    return ignoreCase ? " (in any case)" : "";
  }

  record Equal(String text, boolean ignoreCase) implements PathTest {
    @Override
    public boolean holds(String path) {
      return ignoreCase ? path.equalsIgnoreCase(text) : path.equals(text);
    }

    @Override
    public String wanted() {
      return "exact \"" + text + "\"" + ignoring(ignoreCase);
    }

    @Override
    public int replaced(String path) {
      return path.length();
    }
  }

  record Beginning(String text, boolean ignoreCase) implements PathTest {
    @Override
    public boolean holds(String path) {
      return path.regionMatches(ignoreCase, 0, text, 0, text.length());
    }

    @Override
    public String wanted() {
      return "prefix \"" + text + "\"" + ignoring(ignoreCase);
    }

    @Override
    public int replaced(String path) {
      return text.length();
    }
  }

  /** Whole segments only. */
  record Under(String text, boolean ignoreCase) implements PathTest {
    @Override
    public boolean holds(String path) {
      return path.regionMatches(ignoreCase, 0, text, 0, text.length())
          && (path.length() == text.length() || path.charAt(text.length()) == '/');
    }

    @Override
    public String wanted() {
      return "path \"" + text + "\" or below" + ignoring(ignoreCase);
    }

    @Override
    public int replaced(String path) {
      return text.length();
    }
  }

  record Matching(String text, Pattern pattern) implements PathTest {
    @Override
    public boolean holds(String path) {
      return pattern.matches(path);
    }

    @Override
    public String wanted() {
      return "regex \"" + text + "\"";
    }

    @Override
    public int replaced(String path) {
      return path.length();
    }
  }
}
