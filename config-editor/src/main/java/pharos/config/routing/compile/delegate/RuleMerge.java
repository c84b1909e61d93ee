package pharos.config.routing.compile.delegate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import pharos.config.istio.view.HttpMatch;
import pharos.config.istio.view.HttpRoute;
import pharos.config.istio.view.Origin;

/** One rule of a root and one of its delegate as one rule (R-DEL-6, R-DEL-7, R-DEL-10). */
final class RuleMerge {
  private RuleMerge() {}

  /** The merged rule, or null when their matches contradict each other. */
  static @Nullable HttpRoute merge(HttpRoute root, HttpRoute delegate) {
    List<HttpMatch> match = matches(root, delegate);
    if (match == null) {
      return null;
    }
    // A mirror and its percentages are replaced one by one, as upstream does (R-DEL-6).
    return new HttpRoute(
        joined(root.name(), delegate.name()),
        match,
        delegate.route(),
        delegate.redirect(),
        first(delegate.directResponse(), root.directResponse()),
        null,
        first(delegate.rewrite(), root.rewrite()),
        first(delegate.timeout(), root.timeout()),
        first(delegate.retries(), root.retries()),
        first(delegate.fault(), root.fault()),
        first(delegate.mirror(), root.mirror()),
        first(delegate.mirrorPercentage(), root.mirrorPercentage()),
        first(delegate.mirrorPercent(), root.mirrorPercent()),
        delegate.mirrors().isEmpty() ? root.mirrors() : delegate.mirrors(),
        first(delegate.cors(), root.cors()),
        first(delegate.headers(), root.headers()),
        root.origin().through(delegate.origin()));
  }

  private static <T> @Nullable T first(@Nullable T preferred, @Nullable T otherwise) {
    return preferred == null ? otherwise : preferred;
  }

  private static String first(String preferred, String otherwise) {
    return preferred.isEmpty() ? otherwise : preferred;
  }

  private static String joined(String root, String delegate) {
    return root.isEmpty() || delegate.isEmpty() ? root + delegate : root + "-" + delegate;
  }

  /** R-DEL-7; null drops the whole entry. */
  private static @Nullable List<HttpMatch> matches(HttpRoute root, HttpRoute delegate) {
    List<HttpMatch> merged = new ArrayList<>();
    if (root.match().isEmpty()) {
      delegate
          .match()
          .forEach(match -> merged.add(with(match, root.origin().through(match.origin()))));
      return merged;
    }
    if (delegate.match().isEmpty()) {
      root.match()
          .forEach(match -> merged.add(with(match, match.origin().through(delegate.origin()))));
      return merged;
    }
    for (HttpMatch inner : delegate.match()) {
      boolean compatible = false;
      for (HttpMatch outer : root.match()) {
        if (!MatchConflicts.conflict(outer, inner)) {
          merged.add(merge(outer, inner));
          compatible = true;
        }
      }
      if (!compatible) {
        return null;
      }
    }
    return merged;
  }

  private static HttpMatch with(HttpMatch match, Origin origin) {
    return new HttpMatch(
        match.name(),
        match.uri(),
        match.ignoreUriCase(),
        match.scheme(),
        match.method(),
        match.authority(),
        match.headers(),
        match.withoutHeaders(),
        match.queryParams(),
        match.port(),
        match.sourceLabels(),
        match.sourceNamespace(),
        match.gateways(),
        origin);
  }

  /** R-DEL-10. */
  private static HttpMatch merge(HttpMatch root, HttpMatch delegate) {
    return new HttpMatch(
        joined(root.name(), delegate.name()),
        first(delegate.uri(), root.uri()),
        delegate.ignoreUriCase(),
        first(delegate.scheme(), root.scheme()),
        first(delegate.method(), root.method()),
        first(delegate.authority(), root.authority()),
        union(root.headers(), delegate.headers()),
        union(root.withoutHeaders(), delegate.withoutHeaders()),
        union(root.queryParams(), delegate.queryParams()),
        delegate.port() == 0 ? root.port() : delegate.port(),
        union(root.sourceLabels(), delegate.sourceLabels()),
        first(delegate.sourceNamespace(), root.sourceNamespace()),
        delegate.gateways().isEmpty() ? root.gateways() : delegate.gateways(),
        root.origin().through(delegate.origin()));
  }

  private static <T> Map<String, T> union(Map<String, T> root, Map<String, T> delegate) {
    Map<String, T> all = new TreeMap<>(root);
    all.putAll(delegate);
    return all;
  }
}
