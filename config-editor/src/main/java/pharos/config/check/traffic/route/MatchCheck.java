package pharos.config.check.traffic.route;

import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.Locale;
import pharos.config.istio.GuardedRegex;
import pharos.config.istio.MeshConfig;
import pharos.config.istio.view.HttpMatch;
import pharos.config.istio.view.HttpRoute;
import pharos.config.istio.view.StringMatch;
import pharos.config.istio.view.VirtualService;
import pharos.config.routing.language.Atom;
import pharos.config.routing.space.Condition;
import pharos.config.routing.space.Part;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import pharos.config.check.Finding;
import pharos.config.check.MeshView;
import pharos.config.check.ObjectCheck;
import pharos.config.resource.Fields;
import pharos.config.resource.Kinds;
import pharos.config.resource.Node;
import pharos.config.resource.Path;
import pharos.config.resource.Resource;
import pharos.config.resource.ResourceKey.Kind;
import pharos.config.check.traffic.Report;
import pharos.config.check.traffic.Views;
import pharos.config.check.traffic.Rule;
import pharos.config.check.traffic.Bindings;

/** Conditions of matches that mean something else than they seem to. */
final class MatchCheck implements ObjectCheck {
  private static final String CLAIM = "@request.auth.claims";

  /** As a regular expression of a header it only asks for presence (R-HTTP-14). */
  private static final String PRESENT = "*";

  /** Nothing in it has a meaning of its own. */
  private static final Pattern PLAIN = Pattern.compile("[/A-Za-z0-9_-]+");

  @Override
  public String name() {
    return "traffic.MatchCheck";
  }

  @Override
  public Set<Kind> reads() {
    return Set.of(Kinds.VIRTUAL_SERVICE);
  }

  @Override
  public void check(Resource service, MeshView.MeshSettings mesh, Consumer<Finding> findings) {
    Report report = new Report(name(), findings);
    // A delegate takes over the gateways of its roots (R-DEL-4).
    boolean delegate = Bindings.isDelegate(service);
    for (Rule rule : Rule.of(service)) {
      List<Node> matches = rule.matches();
      for (int i = 0; i < matches.size(); i++) {
        Path path = rule.matchPath(i);
        if (!delegate) {
          gateways(service, matches.get(i), path, report);
        }
        if (rule.isHttp()) {
          source(service, matches.get(i), path, delegate, report);
        }
      }
    }
    VirtualService view = Views.of(service, mesh);
    MeshConfig config = Views.config(mesh);
    Hiding search = new Hiding();
    for (HttpRoute rule : view.http()) {
      for (HttpMatch match : rule.match()) {
        literalRegex(service, match, report);
        withoutHeaders(service, match, report);
      }
      for (Claim claim : Claim.of(view, rule)) {
        noSuchRequest(service, claim, search, config, report);
      }
    }
  }

  private static void gateways(Resource service, Node match, Path path, Report report) {
    List<String> bound = Bindings.gateways(service);
    List<String> own = Fields.texts(match, "gateways");
    for (int i = 0; i < own.size(); i++) {
      if (!bound.contains(Bindings.resolve(own.get(i), service.key().namespace()))) {
        report.at(
            service,
            path.key("gateways").index(i),
            RouteMessage.MATCH_GATEWAY_NOT_BOUND,
            own.get(i),
            String.join(", ", bound));
      }
    }
  }

  private static void source(
      Resource service, Node match, Path path, boolean delegate, Report report) {
    boolean byGateway = !Fields.items(match, "gateways").isEmpty();
    boolean gatewaysOnly = !delegate && !Bindings.onMesh(service);
    for (String field : List.of("sourceLabels", "sourceNamespace")) {
      if (Fields.has(match, field) && byGateway) {
        report.atKey(service, path.key(field), RouteMessage.SOURCE_IGNORED, field);
      } else if (Fields.has(match, field) && gatewaysOnly) {
        report.atKey(service, path.key(field), RouteMessage.SOURCE_ON_GATEWAY, field);
      }
    }
  }

  private static void literalRegex(Resource service, HttpMatch match, Report report) {
    if (match.uri() instanceof StringMatch.Regex regex && PLAIN.matcher(regex.value()).matches()) {
      report.at(
          service,
          match.origin().path().key("uri").key("regex"),
          RouteMessage.LITERAL_REGEX,
          regex.value());
    }
  }

  private static void withoutHeaders(Resource service, HttpMatch match, Report report) {
    match
        .withoutHeaders()
        .forEach((name, value) -> {
          if (!name.startsWith(CLAIM) && acceptsEmpty(value)) {
            report.atKey(
                service,
                match.origin().path().key("withoutHeaders").key(name),
                RouteMessage.WITHOUT_HEADERS_NEVER,
                name);
          }
        });
  }

  private static boolean acceptsEmpty(StringMatch match) {
    return switch (match) {
      case StringMatch.Any _ -> false; // asks for presence
      case StringMatch.Exact exact -> exact.value().isEmpty();
      case StringMatch.Prefix prefix -> prefix.value().isEmpty();
      case StringMatch.Regex regex ->
          !regex.value().equals(PRESENT)
              && GuardedRegex.compile(regex.value()) instanceof GuardedRegex.Compiled compiled
              && compiled.pattern().matches("");
    };
  }

  private static void noSuchRequest(
      Resource service, Claim claim, Hiding search, MeshConfig mesh, Report report) {
    List<String> reasons = new ArrayList<>();
    for (Part part : search.impossible(claim)) {
      List<Condition> asked = claim.of(part);
      boolean raw =
          part.equals(Part.PATH) && mesh.pathNormalization() == MeshConfig.PathNormalization.NONE;
      // A negated condition that accepts everything is said to be so above. The case of an
      // authority is the client's.
      boolean left =
          part.equals(Part.AUTHORITY) || (asked.size() == 1 && !asked.getFirst().whenPresent());
      if (!raw && !left && asked.stream().allMatch(MatchCheck::plain)) {
        reasons.add(reason(part, asked));
      }
    }
    if (!reasons.isEmpty()) {
      report.at(
          service,
          claim.path(),
          RouteMessage.NO_SUCH_REQUEST,
          claim.label(),
          String.join("; ", reasons));
    }
  }

  /** Only of ASCII texts is anything proven. */
  private static boolean plain(Condition condition) {
    return text(condition).chars().allMatch(c -> c >= ' ' && c <= '~');
  }

  private static String text(Condition condition) {
    return switch (condition.value()) {
      case Atom.Exact exact -> exact.text();
      case Atom.Prefix prefix -> prefix.text();
      case Atom.SegmentPrefix prefix -> prefix.text();
      case Atom.Regex regex -> regex.pattern();
      case null -> "";
    };
  }

  private static String reason(Part part, List<Condition> asked) {
    String name =
        switch (part.kind()) {
          case HEADER -> "the header " + part.name();
          case QUERY -> "the query parameter " + part.name();
          case CLAIM -> "the claim " + part.name();
          default -> "the " + part.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        };
    if (asked.size() > 1) {
      return "the conditions on " + name + " contradict each other";
    }
    String never = name + " is never like " + text(asked.getFirst());
    return part.equals(Part.PATH)
        ? never + " (it begins with /, is normalised, and its query is left aside)"
        : never;
  }
}
