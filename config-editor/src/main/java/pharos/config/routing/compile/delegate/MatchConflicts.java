package pharos.config.routing.compile.delegate;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import pharos.config.istio.view.HttpMatch;
import pharos.config.istio.view.StringMatch;

/** Whether a match of a root and one of its delegate contradict each other (R-DEL-8, R-DEL-9). */
public final class MatchConflicts {
  private MatchConflicts() {}

  /** Whether no request can meet both, as istiod sees it. */
  public static boolean conflict(HttpMatch root, HttpMatch delegate) {
    return conflict(root.uri(), delegate.uri())
        || conflict(root.scheme(), delegate.scheme())
        || conflict(root.method(), delegate.method())
        || conflict(root.authority(), delegate.authority())
        || conflict(root.headers(), delegate.headers())
        || conflict(root.withoutHeaders(), delegate.withoutHeaders())
        || conflict(root.queryParams(), delegate.queryParams())
        || root.ignoreUriCase() != delegate.ignoreUriCase()
        || (root.port() > 0 && delegate.port() > 0 && root.port() != delegate.port())
        || (!root.sourceNamespace().isEmpty()
            && !root.sourceNamespace().equals(delegate.sourceNamespace()))
        || differ(root.sourceLabels(), delegate.sourceLabels())
        || (!root.gateways().isEmpty()
            && !delegate.gateways().isEmpty()
            && !root.gateways().containsAll(delegate.gateways()));
  }

  private static boolean differ(Map<String, String> root, Map<String, String> delegate) {
    return delegate.entrySet().stream()
        .anyMatch(pair -> {
          String value = root.get(pair.getKey());
          return value != null && !value.equals(pair.getValue());
        });
  }

  private static boolean conflict(
      Map<String, StringMatch> root, Map<String, StringMatch> delegate) {
    return delegate.entrySet().stream()
        .anyMatch(pair -> conflict(root.get(pair.getKey()), pair.getValue()));
  }

  /** R-DEL-9. Prefixes are compared as plain texts: {@code /apiary} begins with {@code /api}. */
  private static boolean conflict(@Nullable StringMatch root, @Nullable StringMatch delegate) {
    if (root == null || delegate == null) {
      return false;
    }
    return switch (root) {
      case StringMatch.Exact exact ->
          !(delegate instanceof StringMatch.Exact other && other.value().equals(exact.value()));
      case StringMatch.Prefix prefix ->
          switch (delegate) {
            case StringMatch.Prefix other -> !other.value().startsWith(prefix.value());
            case StringMatch.Exact other -> !other.value().startsWith(prefix.value());
            case StringMatch.Regex _, StringMatch.Any _ -> true;
          };
      case StringMatch.Regex _, StringMatch.Any _ -> true;
    };
  }
}
