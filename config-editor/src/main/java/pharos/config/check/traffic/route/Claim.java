package pharos.config.check.traffic.route;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import pharos.config.check.traffic.Bindings;
import pharos.config.istio.view.HttpMatch;
import pharos.config.istio.view.HttpRoute;
import pharos.config.istio.view.VirtualService;
import pharos.config.resource.Path;
import pharos.config.routing.compile.http.RouteMatches;
import pharos.config.routing.effective.RouteMatch;
import pharos.config.routing.language.Atom;
import pharos.config.routing.space.Condition;
import pharos.config.routing.space.Conditions;
import pharos.config.routing.space.Part;

/**
 * The requests that one match takes, or a rule without matches: where it is looked at, and what it
 * asks of a request.
 *
 * @param rule as written
 * @param path of the match, or of a rule that has none
 * @param label how a person names it: {@code http[0].match[1]}
 * @param contexts the gateways, {@code mesh} among them, where it is looked at (R-VS-3, R-VS-5)
 * @param port 0 for any
 * @param sourceLabels of the proxy; empty where {@code gateways} switches them off
 * @param conditions what it asks of a request; all must hold
 * @param catchAll whether nothing of the VirtualService is generated behind it (R-HTTP-8)
 * @param literals what the value of a part must be or begin with, where that is asked
 * @param regexes how many regular expressions it has
 * @param readsCase whether it may depend on the case of the authority, which the space of requests
 *     leaves out
 */
record Claim(
    HttpRoute rule,
    Path path,
    String label,
    List<String> contexts,
    int port,
    Map<String, String> sourceLabels,
    String sourceNamespace,
    List<Condition> conditions,
    boolean catchAll,
    Map<Part, Literal> literals,
    int regexes,
    boolean readsCase) {

  /** The claims of all rules, in order. */
  static List<Claim> of(VirtualService service) {
    List<Claim> claims = new ArrayList<>();
    for (HttpRoute rule : service.http()) {
      claims.addAll(of(service, rule));
    }
    return claims;
  }

  /** The claims of one rule. */
  static List<Claim> of(VirtualService service, HttpRoute rule) {
    if (rule.match().isEmpty()) {
      return List.of(
          claim(rule, rule.origin().path(), service.gateways(), 0, Map.of(), "", RouteMatch.ANY));
    }
    List<Claim> claims = new ArrayList<>();
    for (HttpMatch match : rule.match()) {
      boolean byGateway = !match.gateways().isEmpty();
      List<String> contexts = byGateway ? new ArrayList<>(match.gateways()) : service.gateways();
      if (byGateway) {
        contexts.retainAll(service.gateways());
      }
      claims.add(
          claim(
              rule,
              match.origin().path(),
              contexts,
              match.port(),
              byGateway ? Map.of() : match.sourceLabels(),
              byGateway ? "" : match.sourceNamespace(),
              RouteMatches.of(match, service.dialect())));
    }
    return claims;
  }

  private static Claim claim(
      HttpRoute rule,
      Path path,
      List<String> contexts,
      int port,
      Map<String, String> sourceLabels,
      String sourceNamespace,
      RouteMatch match) {
    List<Condition> conditions = Conditions.of(match);
    return new Claim(
        rule,
        path,
        label(path),
        contexts,
        port,
        sourceLabels,
        sourceNamespace,
        conditions,
        match.catchAll(),
        literals(conditions),
        (int) conditions.stream().filter(Claim::isRegex).count(),
        conditions.stream().anyMatch(c -> isRegex(c) && c.part().equals(Part.AUTHORITY)));
  }

  private static boolean isRegex(Condition condition) {
    return condition.value() instanceof Atom.Regex;
  }

  /**
   * What a value must be, or begin with.
   *
   * @param text in lower case: texts that differ without regard to case differ in any case
   */
  private record Literal(String text, boolean exact) {
    boolean apartFrom(Literal other) {
      if (exact && other.exact) {
        return !text.equals(other.text);
      }
      if (exact) {
        return !text.startsWith(other.text);
      }
      return other.exact
          ? !other.text.startsWith(text)
          : !text.startsWith(other.text) && !other.text.startsWith(text);
    }
  }

  private static Map<Part, Literal> literals(List<Condition> conditions) {
    Map<Part, Literal> literals = new HashMap<>();
    for (Condition condition : conditions) {
      if (condition.whenPresent() && !condition.whenAbsent()) {
        Literal literal =
            switch (condition.value()) {
              case Atom.Exact exact -> new Literal(exact.text().toLowerCase(Locale.ROOT), true);
              case Atom.Prefix prefix -> new Literal(prefix.text().toLowerCase(Locale.ROOT), false);
              case Atom.Regex regex ->
                  new Literal(RegexPrefix.of(regex.pattern()).toLowerCase(Locale.ROOT), false);
              case Atom.SegmentPrefix _ -> null;
              case null -> null;
            };
        if (literal != null) {
          literals.putIfAbsent(condition.part(), literal);
        }
      }
    }
    return literals;
  }

  /** A place of the spec as a person names it. */
  static String label(Path path) {
    return path.toString().substring("spec.".length());
  }

  /** Whether no proxy looks at it. */
  boolean dead() {
    return contexts.isEmpty();
  }

  /** Whether nothing about the proxy or the port decides: it is looked at wherever it is bound. */
  boolean everywhere() {
    return port == 0 && sourceLabels.isEmpty() && sourceNamespace.isEmpty();
  }

  /** Whether sidecars look at it. */
  boolean onMesh() {
    return contexts.contains(Bindings.MESH);
  }

  /** Whether each proxy and port that looks at the other one looks at this one as well. */
  boolean seenWherever(Claim other) {
    return contexts.containsAll(other.contexts) && seenBy(other);
  }

  /** The same on one gateway that looks at both. */
  boolean seenBy(Claim other) {
    return (port == 0 || port == other.port)
        && other.sourceLabels.entrySet().containsAll(sourceLabels.entrySet())
        && (sourceNamespace.isEmpty() || sourceNamespace.equals(other.sourceNamespace));
  }

  /** Those of its conditions that look at a part. */
  List<Condition> of(Part part) {
    return conditions.stream().filter(condition -> condition.part().equals(part)).toList();
  }

  /** Whether it is plain to see that no request fits both. */
  boolean apartFrom(Claim other) {
    for (Map.Entry<Part, Literal> entry : literals.entrySet()) {
      Literal theirs = other.literals.get(entry.getKey());
      if (theirs != null && entry.getValue().apartFrom(theirs)) {
        return true;
      }
    }
    return false;
  }
}
