package pharos.config.routing.decide;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import org.jspecify.annotations.Nullable;
import pharos.config.routing.effective.RouteEntry.KeepPath;
import pharos.config.routing.effective.RouteEntry.PathRewrite;
import pharos.config.routing.effective.RouteEntry.ReplaceMatched;
import pharos.config.routing.effective.RouteEntry.Substitute;

/** The path that the upstream gets; the query is kept. */
sealed interface PathRewriter {
  /** The path with its query. */
  String rewritten(Facts facts);

  static PathRewriter of(PathRewrite rewrite, PathTest match, Patterns patterns) {
    return switch (rewrite) {
      case KeepPath _ -> new Keep();
      case ReplaceMatched replace -> new Replace(match, replace.with());
      case Substitute substitute ->
          new Substituting(patterns.get(substitute.regex()), substitute.with());
    };
  }

  record Keep() implements PathRewriter {
    @Override
    public String rewritten(Facts facts) {
      return facts.path();
    }
  }

  /** R-ENV-17: the matched prefix by its length, or the whole path. */
  record Replace(PathTest match, String with) implements PathRewriter {
    @Override
    public String rewritten(Facts facts) {
      return with + facts.path().substring(match.replaced(facts.pathOnly()));
    }
  }

  /** R-HTTP-53: every occurrence in the path. */
  record Substituting(Pattern pattern, String with) implements PathRewriter {
    @Override
    public String rewritten(Facts facts) {
      String path = facts.pathOnly();
      Matcher matcher = pattern.matcher(path);
      StringBuilder out = new StringBuilder();
      int at = 0;
      while (matcher.find()) {
        out.append(path, at, matcher.start());
        expand(matcher, out);
        at = matcher.end();
      }
      return out.append(path, at, path.length()).append(facts.afterPath()).toString();
    }

    private void expand(Matcher matcher, StringBuilder out) {
      for (int i = 0; i < with.length(); i++) {
        char c = with.charAt(i);
        if (c == '\\' && i + 1 < with.length()) {
          char next = with.charAt(++i);
          String group = next >= '0' && next <= '9' ? matcher.group(next - '0') : "\\";
          out.append(group == null ? "" : group);
        } else {
          out.append(c);
        }
      }
    }
  }

  /** Why RE2 would refuse a substitution, or null: groups that the expression does not have. */
  static @Nullable String problem(Substitute substitute, Patterns patterns) {
    String problem = patterns.problem(substitute.regex());
    if (problem != null) {
      return problem;
    }
    int groups = patterns.get(substitute.regex()).groupCount();
    String with = substitute.with();
    for (int i = 0; i < with.length(); i++) {
      if (with.charAt(i) != '\\') {
        continue;
      }
      char next = ++i < with.length() ? with.charAt(i) : 0;
      if (next != '\\' && (next < '0' || next > '9')) {
        return "rewrite \"%s\": \\ must be followed by a digit or another \\".formatted(with);
      }
      if (next != '\\' && next - '0' > groups) {
        return "rewrite \"%s\" asks for group %c (expected: at most %d)"
            .formatted(with, next, groups);
      }
    }
    return null;
  }
}
