package pharos.config.routing.gatewayapi;

import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;
import pharos.config.istio.view.HttpMatch;
import pharos.config.istio.view.HttpRoute;
import pharos.config.istio.view.StringMatch;

/**
 * The order of rules that serve one host on one listener (R-GWAPI-11). Only for a stable sort: what
 * it leaves equal keeps its order, older route first, then earlier rule.
 */
final class RulePrecedence {
  /** First the rule that is tried first. */
  static final Comparator<HttpRoute> ORDER =
      Comparator.comparing((HttpRoute rule) -> rule.match().isEmpty())
          .thenComparing(RulePrecedence::compareMatches);

  private static final Comparator<HttpMatch> MATCHES =
      Comparator.comparingInt((HttpMatch match) -> -rank(match.uri()))
          .thenComparingInt(match -> -length(match.uri()))
          .thenComparing(match -> match.method() == null)
          .thenComparingInt(match -> -match.headers().size())
          .thenComparingInt(match -> -match.queryParams().size());

  private RulePrecedence() {}

  /** A rule has one match at most. */
  private static int compareMatches(HttpRoute a, HttpRoute b) {
    return a.match().isEmpty() || b.match().isEmpty()
        ? 0
        : MATCHES.compare(a.match().getFirst(), b.match().getFirst());
  }

  private static int rank(@Nullable StringMatch uri) {
    return switch (uri) {
      case StringMatch.Exact _ -> 3;
      case StringMatch.Prefix _ -> 2;
      case StringMatch.Regex _ -> 1;
      case StringMatch.Any _ -> -1;
      case null -> -1;
    };
  }

  private static int length(@Nullable StringMatch uri) {
    return switch (uri) {
      case StringMatch.Exact exact -> bytes(exact.value());
      case StringMatch.Prefix prefix -> bytes(prefix.value());
      case StringMatch.Regex regex -> bytes(regex.value());
      case StringMatch.Any _ -> 0;
      case null -> 0;
    };
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
