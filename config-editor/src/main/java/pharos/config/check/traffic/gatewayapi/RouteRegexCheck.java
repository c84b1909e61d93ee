package pharos.config.check.traffic.gatewayapi;

import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import pharos.config.check.Finding;
import pharos.config.check.MeshView;
import pharos.config.check.ObjectCheck;
import pharos.config.istio.GuardedRegex;
import pharos.config.resource.Fields;
import pharos.config.resource.Kinds;
import pharos.config.resource.Node;
import pharos.config.resource.Path;
import pharos.config.resource.Resource;
import pharos.config.resource.ResourceKey.Kind;
import pharos.config.check.traffic.Report;

/** Regular expressions of Gateway API routes that Envoy refuses (R-ENV-14). */
final class RouteRegexCheck implements ObjectCheck {
  private static final String REGULAR_EXPRESSION = "RegularExpression";

  @Override
  public String name() {
    return "traffic.RouteRegexCheck";
  }

  @Override
  public Set<Kind> reads() {
    return Set.of(Kinds.HTTP_ROUTE, Kinds.GRPC_ROUTE);
  }

  @Override
  public void check(Resource route, MeshView.MeshSettings mesh, Consumer<Finding> findings) {
    Report report = new Report(name(), findings);
    List<Node> rules = Fields.items(route.spec(), "rules");
    for (int i = 0; i < rules.size(); i++) {
      List<Node> matches = Fields.items(rules.get(i), "matches");
      for (int j = 0; j < matches.size(); j++) {
        Path path = Path.of("spec", "rules", i, "matches", j);
        Node match = matches.get(j);
        judge(route, Fields.node(match, "path"), path.key("path").key("value"), report);
        for (String field : List.of("headers", "queryParams")) {
          List<Node> values = Fields.items(match, field);
          for (int k = 0; k < values.size(); k++) {
            judge(route, values.get(k), path.key(field).index(k).key("value"), report);
          }
        }
        Node method = Fields.node(match, "method");
        if (Fields.text(method, "type").equals(REGULAR_EXPRESSION)) {
          for (String field : List.of("service", "method")) {
            compile(route, Fields.text(method, field), path.key("method").key(field), report);
          }
        }
      }
    }
  }

  private static void judge(Resource route, @Nullable Node match, Path path, Report report) {
    if (Fields.text(match, "type").equals(REGULAR_EXPRESSION)) {
      compile(route, Fields.text(match, "value"), path, report);
    }
  }

  private static void compile(Resource route, String regex, Path path, Report report) {
    switch (GuardedRegex.compile(regex)) {
      case GuardedRegex.Invalid(String reason) ->
          report.at(route, path, GatewayApiMessage.ROUTE_REGEX_REFUSED, "it is not RE2: " + reason);
      case GuardedRegex.TooLarge(long size) ->
          report.at(
              route,
              path,
              GatewayApiMessage.ROUTE_REGEX_REFUSED,
              "written out it has about %d instructions, more than %d"
                  .formatted(size, GuardedRegex.MAX_SIZE));
      case GuardedRegex.Compiled _ -> {}
    }
  }
}
