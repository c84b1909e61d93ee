package pharos.config.routing.compile.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import pharos.config.istio.view.HttpMatch;
import pharos.config.istio.view.StringMatch;
import pharos.config.istio.view.VirtualService.Dialect;
import pharos.config.routing.effective.RouteMatch;
import pharos.config.routing.effective.RouteMatch.ClaimMatch;
import pharos.config.routing.effective.RouteMatch.HeaderMatch;
import pharos.config.routing.effective.RouteMatch.PathMatch;
import pharos.config.routing.effective.RouteMatch.QueryMatch;
import pharos.config.routing.effective.RouteMatch.ValueMatch;

/** Conditions on requests as Envoy gets them (section 5.2). */
public final class RouteMatches {
  private static final String CLAIMS = "@request.auth.claims";
  private static final String ANYTHING = "*";

  private RouteMatches() {}

  /** All conditions of a match, ANDed (R-HTTP-3); none left is prefix {@code /} (R-HTTP-4). */
  public static RouteMatch of(HttpMatch match, Dialect dialect) {
    List<HeaderMatch> headers = new ArrayList<>();
    List<ClaimMatch> claims = new ArrayList<>();
    new TreeMap<>(match.headers())
        .forEach((name, value) -> addHeader(name, value, false, headers, claims));
    new TreeMap<>(match.withoutHeaders())
        .forEach((name, value) -> addHeader(name, value, true, headers, claims)); // R-HTTP-18
    addPseudo(":method", match.method(), headers);
    addPseudo(":authority", match.authority(), headers);
    addPseudo(":scheme", match.scheme(), headers);
    List<QueryMatch> query = new ArrayList<>();
    new TreeMap<>(match.queryParams())
        .forEach((name, value) -> query.add(new QueryMatch(name, value(value)))); // R-HTTP-20
    return new RouteMatch(path(match, dialect), headers, query, claims);
  }

  /** R-HTTP-11 to R-HTTP-13. */
  private static PathMatch path(HttpMatch match, Dialect dialect) {
    boolean ignoreCase = match.ignoreUriCase();
    return switch (match.uri()) {
      case null -> new RouteMatch.Prefix("/", ignoreCase);
      case StringMatch.Any _ -> new RouteMatch.Prefix("/", ignoreCase);
      case StringMatch.Exact exact -> new RouteMatch.Exact(exact.value(), ignoreCase);
      case StringMatch.Regex regex -> new RouteMatch.Regex(regex.value());
      case StringMatch.Prefix prefix -> {
        String text = prefix.value();
        yield dialect == Dialect.ISTIO || text.equals("/")
            ? new RouteMatch.Prefix(text, ignoreCase)
            : new RouteMatch.PathSeparatedPrefix(
                text.endsWith("/") ? text.substring(0, text.length() - 1) : text, ignoreCase);
      }
    };
  }

  private static void addPseudo(
      String name, @Nullable StringMatch match, List<HeaderMatch> headers) {
    if (match != null) {
      headers.add(new HeaderMatch(name, value(match), false, false)); // R-HTTP-21, R-HTTP-22
    }
  }

  /** R-HTTP-15 to R-HTTP-19. */
  private static void addHeader(
      String name,
      StringMatch match,
      boolean without,
      List<HeaderMatch> headers,
      List<ClaimMatch> claims) {
    ValueMatch value = value(match);
    List<String> claim = claim(name);
    if (!claim.isEmpty()) {
      claims.add(new ClaimMatch(claim, value, without));
      return;
    }
    // R-HTTP-17: negated values take an absent header for the empty text, negated presence does
    // not.
    boolean missingAsEmpty = without && !(value instanceof RouteMatch.Present);
    headers.add(new HeaderMatch(name.toLowerCase(Locale.ROOT), value, without, missingAsEmpty));
  }

  /** R-HTTP-14: no condition, or {@code regex: "*"}, asks for presence alone. */
  private static ValueMatch value(StringMatch match) {
    return switch (match) {
      case StringMatch.Any _ -> new RouteMatch.Present();
      case StringMatch.Exact exact -> new RouteMatch.ValueExact(exact.value());
      case StringMatch.Prefix prefix -> new RouteMatch.ValuePrefix(prefix.value());
      case StringMatch.Regex regex when regex.value().equals(ANYTHING) -> new RouteMatch.Present();
      case StringMatch.Regex regex -> new RouteMatch.ValueRegex(regex.value());
    };
  }

  /** R-HTTP-19: the path of a claim; empty for an ordinary header. */
  private static List<String> claim(String header) {
    if (!header.regionMatches(true, 0, CLAIMS, 0, CLAIMS.length())) {
      return List.of();
    }
    String rest = header.substring(CLAIMS.length());
    if (rest.length() > 1 && rest.startsWith(".")) {
      return List.of(rest.substring(1).split("\\.", -1));
    }
    if (rest.length() > 2 && rest.startsWith("[") && rest.endsWith("]")) {
      return List.of(rest.substring(1, rest.length() - 1).split("\\]\\[", -1));
    }
    return List.of();
  }

  /** The matched prefix that a rewrite replaces; empty when the match is no prefix. */
  static String prefix(RouteMatch match) {
    return switch (match.path()) {
      case RouteMatch.Prefix prefix -> prefix.value();
      case RouteMatch.PathSeparatedPrefix prefix -> prefix.value();
      case RouteMatch.Exact _, RouteMatch.Regex _ -> "";
    };
  }
}
