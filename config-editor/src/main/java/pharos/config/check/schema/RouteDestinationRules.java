package pharos.config.check.schema;

import java.util.List;
import org.jspecify.annotations.Nullable;
import pharos.config.resource.Fields;
import pharos.config.resource.Node;
import pharos.config.resource.Path;

/** Destinations of http, tls and tcp routes (analysis catalog 6.4.5). */
final class RouteDestinationRules {
  private RouteDestinationRules() {}

  static void apply(List<Node> routes, boolean http, Path path, Verdicts verdicts) {
    long total = 0;
    for (int i = 0; i < routes.size(); i++) {
      Node route = routes.get(i);
      Path at = path.index(i);
      verdicts.errorIf(
          !Fields.has(route, "destination"), at.key("destination"), "destination is required");
      if (http) {
        HeaderRules.operations(Fields.node(route, "headers"), at.key("headers"), verdicts);
      }
      destination(Fields.node(route, "destination"), at.key("destination"), verdicts);
      long weight = Fields.number(route, "weight");
      verdicts.errorIf(weight < 0, at.key("weight"), "weight %d < 0".formatted(weight));
      total += weight;
    }
    verdicts.errorIf(routes.size() > 1 && total == 0, path, "total destination weight = 0");
  }

  static void destination(@Nullable Node destination, Path path, Verdicts verdicts) {
    if (destination == null) {
      return;
    }
    String host = Fields.text(destination, "host");
    verdicts.errorIf(
        path.key("host"),
        host.equals("*") ? "invalid destination host *" : Names.wildcardDomain(host));
    String subset = Fields.text(destination, "subset");
    if (!subset.isEmpty()) {
      verdicts.errorIf(path.key("subset"), Names.subsetName(subset));
    }
    if (Fields.has(destination, "port")) {
      verdicts.errorIf(
          path.key("port").key("number"), Names.port(Fields.number(destination, "port", "number")));
    }
  }
}
