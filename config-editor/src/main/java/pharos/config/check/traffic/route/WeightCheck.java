package pharos.config.check.traffic.route;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import pharos.config.check.Finding;
import pharos.config.check.MeshView;
import pharos.config.check.ObjectCheck;
import pharos.config.istio.Hosts;
import pharos.config.resource.Fields;
import pharos.config.resource.Kinds;
import pharos.config.resource.Node;
import pharos.config.resource.Path;
import pharos.config.resource.Resource;
import pharos.config.resource.ResourceKey.Kind;
import pharos.config.check.traffic.Report;
import pharos.config.check.traffic.Rule;

/** Weights that do not do what they seem to say (R-HTTP-43 to R-HTTP-45, R-L4-12). */
final class WeightCheck implements ObjectCheck {
  /** Weights whose sum lies in this range read as percentages. */
  private static final long LEAST_PERCENT = 50;

  private static final long MOST_PERCENT = 200;

  @Override
  public String name() {
    return "traffic.WeightCheck";
  }

  @Override
  public Set<Kind> reads() {
    return Set.of(Kinds.VIRTUAL_SERVICE);
  }

  @Override
  public void check(Resource service, MeshView.MeshSettings mesh, Consumer<Finding> findings) {
    Report report = new Report(name(), findings);
    for (Rule rule : Rule.of(service)) {
      List<Node> routes = rule.routes();
      if (routes.size() == 1) {
        single(service, rule, routes.getFirst(), report);
      } else if (routes.size() > 1) {
        several(service, rule, routes, report);
        repeated(service, rule, routes, report);
      }
    }
  }

  private static void single(Resource service, Rule rule, Node route, Report report) {
    long weight = Fields.number(route, "weight");
    if (Fields.has(route, "weight") && weight != 100) {
      report.at(
          service,
          rule.path().key("route").index(0).key("weight"),
          RouteMessage.SINGLE_DESTINATION_WEIGHT,
          weight);
    }
  }

  private static void several(Resource service, Rule rule, List<Node> routes, Report report) {
    long sum = routes.stream().mapToLong(route -> Fields.number(route, "weight")).sum();
    if (sum <= 0) {
      return; // admission refuses it
    }
    boolean missing = false;
    for (int i = 0; i < routes.size(); i++) {
      if (!Fields.has(routes.get(i), "weight")) {
        missing = true;
        report.at(
            service,
            rule.path().key("route").index(i).key("destination").key("host"),
            RouteMessage.MISSING_WEIGHT);
      }
    }
    if (!missing && sum != 100 && sum >= LEAST_PERCENT && sum <= MOST_PERCENT) {
      String shares =
          routes.stream()
              .map(route -> share(Fields.number(route, "weight"), sum))
              .collect(Collectors.joining(" / "));
      report.atKey(service, rule.path().key("route"), RouteMessage.WEIGHT_SUM, sum, shares);
    }
  }

  private static String share(long weight, long sum) {
    return BigDecimal.valueOf(100 * weight)
        .divide(BigDecimal.valueOf(sum), 1, RoundingMode.HALF_UP)
        .stripTrailingZeros()
        .toPlainString();
  }

  private static void repeated(Resource service, Rule rule, List<Node> routes, Report report) {
    Map<String, Path> first = new HashMap<>();
    for (int i = 0; i < routes.size(); i++) {
      Node destination = Fields.node(routes.get(i), "destination");
      String host = Fields.text(destination, "host");
      if (host.isEmpty()) {
        continue;
      }
      String subset = Fields.text(destination, "subset");
      String same =
          Hosts.fullName(host, service.key().namespace())
              + "|"
              + subset
              + "|"
              + Fields.number(destination, "port", "number");
      Path path = rule.path().key("route").index(i).key("destination");
      Path earlier = first.putIfAbsent(same, path);
      if (earlier != null) {
        report.at(
            service,
            path.key("host"),
            RouteMessage.DUPLICATE_DESTINATION,
            subset.isEmpty() ? host : host + " subset " + subset,
            earlier);
      }
    }
  }
}
