package pharos.config.routing.gatewayapi;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import pharos.config.istio.Durations;
import pharos.config.istio.view.HttpMatch;
import pharos.config.istio.view.HttpRoute;
import pharos.config.istio.view.Origin;
import pharos.config.resource.Fields;
import pharos.config.resource.Kinds;
import pharos.config.resource.Node;
import pharos.config.resource.Path;
import pharos.config.routing.effective.Ignored;

/** The rules of an HTTPRoute or GRPCRoute, one internal rule per match (R-GWAPI-10). */
final class HttpRules {
  private static final String RETRY_ON = "connect-failure,refused-stream,unavailable,cancelled";

  private final Backends backends;
  private final Set<Ignored> notes;

  HttpRules(Backends backends, Set<Ignored> notes) {
    this.backends = backends;
    this.notes = notes;
  }

  /**
   * The rules in order, or none when one of them has an error (R-GWAPI-14).
   *
   * @param mesh for parents inside the mesh
   */
  List<HttpRoute> of(RouteObject route, boolean mesh) {
    List<HttpRoute> converted = new ArrayList<>();
    List<Node> rules = route.rules();
    try {
      if (rules.isEmpty() && !Fields.has(route.resource().spec(), "rules") && isHttp(route)) {
        // The API server gives a route without rules one that matches everything.
        converted.addAll(ofRule(route, null, 0, mesh));
      }
      for (int i = 0; i < rules.size(); i++) {
        converted.addAll(ofRule(route, rules.get(i), i, mesh));
      }
    } catch (RuleRefused refused) {
      notes.add(
          new Ignored(
              new Origin(route.key(), refused.path(), -1, -1, null),
              "R-GWAPI-14",
              "all rules of the route are dropped: " + refused.reason()));
      return List.of();
    }
    return converted;
  }

  private static boolean isHttp(RouteObject route) {
    return route.kind().equals(Kinds.HTTP_ROUTE);
  }

  private List<HttpRoute> ofRule(RouteObject route, @Nullable Node rule, int position, boolean mesh)
      throws RuleRefused {
    Path path = RouteObject.RULES.index(position);
    Origin origin = Origin.rule(route.key(), path, position);
    String written = Fields.text(rule, "name");
    String name =
        written.isEmpty() ? route.namespace() + "." + route.name() + "." + position : written;
    List<HttpRoute> converted = new ArrayList<>();
    for (List<HttpMatch> match : matches(route, rule, origin)) {
      Origin place = match.isEmpty() ? origin : match.getFirst().origin();
      converted.add(convert(new Backends.Rule(route, mesh, place), rule, path, name, match));
    }
    return converted;
  }

  /** One list per internal rule: with one match, or with none when the rule has none. */
  private static List<List<HttpMatch>> matches(
      RouteObject route, @Nullable Node rule, Origin origin) throws RuleRefused {
    Path path = origin.path().key("matches");
    List<Node> nodes = Fields.items(rule, "matches");
    List<List<HttpMatch>> matches = new ArrayList<>();
    for (int i = 0; i < nodes.size(); i++) {
      Origin place = origin.at(i, path.index(i));
      matches.add(
          List.of(
              isHttp(route)
                  ? Matches.http(nodes.get(i), place)
                  : Matches.grpc(nodes.get(i), place)));
    }
    if (matches.isEmpty()) {
      boolean defaulted = isHttp(route) && !Fields.has(rule, "matches");
      matches.add(defaulted ? List.of(Matches.http(null, origin.at(0, origin.path()))) : List.of());
    }
    return matches;
  }

  private HttpRoute convert(
      Backends.Rule rule, @Nullable Node node, Path path, String name, List<HttpMatch> match)
      throws RuleRefused {
    Filters filters = Filters.ofRule(rule, node, path, backends, notes);
    List<Node> refs = Fields.items(node, "backendRefs");
    boolean nowhere = Backends.totalWeight(refs) == 0 && filters.redirect() == null;
    List<HttpRoute.WeightedDestination> destinations =
        nowhere ? List.of() : backends.weighted(rule, refs, path.key("backendRefs"));
    boolean http = isHttp(rule.route());
    HttpRoute.Retries retries = http ? retries(node) : null;
    Duration timeout = http ? Durations.parse(Fields.text(node, "timeouts", "request")) : null;
    Duration perTry =
        http ? Durations.parse(Fields.text(node, "timeouts", "backendRequest")) : null;
    if (isGiven(perTry)) {
      if (retries == null) {
        timeout = perTry;
      } else {
        retries =
            new HttpRoute.Retries(
                retries.attempts(), perTry, retries.retryOn(), null, false, retries.backoff());
      }
    }
    return new HttpRoute(
        name,
        match,
        destinations,
        filters.redirect(),
        nowhere ? new HttpRoute.DirectResponse(500, null) : null,
        null,
        filters.rewrite(),
        isGiven(timeout) ? timeout : null,
        retries,
        null,
        null,
        null,
        null,
        filters.mirrors(),
        filters.cors(),
        filters.headers(),
        rule.origin());
  }

  /** A duration of zero turns a timeout off (R-GWAPI-19). */
  private static boolean isGiven(@Nullable Duration duration) {
    return duration != null && duration.isPositive();
  }

  private static HttpRoute.@Nullable Retries retries(@Nullable Node rule) {
    Node retry = Fields.node(rule, "retry");
    if (retry == null) {
      return null;
    }
    int attempts = Fields.has(retry, "attempts") ? (int) Fields.number(retry, "attempts") : 2;
    StringBuilder retryOn = new StringBuilder(RETRY_ON);
    for (String code : Fields.texts(retry, "codes")) {
      retryOn.append(',').append(code);
    }
    return new HttpRoute.Retries(
        attempts,
        null,
        attempts == 0 ? "" : retryOn.toString(),
        null,
        false,
        Durations.parse(Fields.text(retry, "backoff")));
  }
}
