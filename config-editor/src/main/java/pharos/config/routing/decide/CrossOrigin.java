package pharos.config.routing.decide;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import pharos.config.istio.view.HttpRoute.Cors;
import pharos.config.istio.view.StringMatch;
import pharos.config.routing.Decision.HeaderChange;
import pharos.config.routing.effective.RouteMatch;

/** Answers preflights and marks answers to other origins (R-HTTP-72 to R-HTTP-76). */
final class CrossOrigin {
  private static final String ALLOW = "access-control-allow-";

  private final Cors cors;
  private final List<ValueTest> origins;

  CrossOrigin(Cors cors, Patterns patterns) {
    this.cors = cors;
    this.origins = cors.allowOrigins().stream().map(match -> test(match, patterns)).toList();
  }

  private static ValueTest test(StringMatch match, Patterns patterns) {
    return ValueTest.of(
        switch (match) {
          case StringMatch.Any _ -> new RouteMatch.Present();
          // R-HTTP-72: Envoy takes it for any origin.
          case StringMatch.Exact exact when exact.value().equals("*") -> new RouteMatch.Present();
          case StringMatch.Exact exact -> new RouteMatch.ValueExact(exact.value());
          case StringMatch.Prefix prefix -> new RouteMatch.ValuePrefix(prefix.value());
          case StringMatch.Regex regex -> new RouteMatch.ValueRegex(regex.value());
        },
        patterns);
  }

  /** The answer to a preflight that does not go on to the upstream (R-HTTP-73), or null. */
  @Nullable HeaderChange preflight(Facts facts) {
    String origin = facts.header("origin");
    if (origin == null
        || !facts.request().method().equals("OPTIONS")
        || facts.header("access-control-request-method") == null) {
      return null;
    }
    if (!allowed(origin)) {
      return cors.ignoreUnmatchedPreflights() ? HeaderChange.NONE : null;
    }
    Map<String, String> set = new TreeMap<>();
    set.put(ALLOW + "origin", origin);
    credentials(set);
    put(set, ALLOW + "methods", cors.allowMethods());
    put(set, ALLOW + "headers", cors.allowHeaders());
    if (cors.maxAge() != null) {
      set.put("access-control-max-age", Long.toString(cors.maxAge().toSeconds()));
    }
    return new HeaderChange(set, Map.of(), List.of());
  }

  /** R-HTTP-74: what answers carry besides what the route puts there. */
  HeaderChange marked(HeaderChange response, Facts facts) {
    String origin = facts.header("origin");
    if (origin == null || !allowed(origin)) {
      return response;
    }
    Map<String, String> set = new TreeMap<>(response.set());
    set.put(ALLOW + "origin", origin);
    credentials(set);
    put(set, "access-control-expose-headers", cors.exposeHeaders());
    return new HeaderChange(set, response.add(), response.remove());
  }

  private void credentials(Map<String, String> set) {
    if (cors.allowCredentials()) {
      set.put(ALLOW + "credentials", "true");
    }
  }

  /** R-HTTP-76. */
  private static void put(Map<String, String> set, String name, List<String> values) {
    if (!values.isEmpty()) {
      set.put(name, String.join(",", values));
    }
  }

  private boolean allowed(String origin) {
    for (ValueTest test : origins) {
      if (test.holds(origin)) {
        return true;
      }
    }
    return false;
  }
}
