package pharos.config.check.traffic.route;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
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
import pharos.config.check.traffic.Rule;

/** Faults and mirrors whose percentage says something else than it seems to. */
final class FaultCheck implements ObjectCheck {
  @Override
  public String name() {
    return "traffic.FaultCheck";
  }

  @Override
  public Set<Kind> reads() {
    return Set.of(Kinds.VIRTUAL_SERVICE);
  }

  @Override
  public void check(Resource service, MeshView.MeshSettings mesh, Consumer<Finding> findings) {
    Report report = new Report(name(), findings);
    for (Rule rule : Rule.http(service)) {
      for (String kind : List.of("delay", "abort")) {
        Node fault = Fields.node(rule.node(), "fault", kind);
        Path path = rule.path().key("fault").key(kind);
        if (fault != null && !said(fault, kind)) {
          report.atKey(service, path, RouteMessage.FAULT_NEVER, kind);
        }
        fraction(
            service, Fields.node(fault, "percentage", "value"), path.key("percentage"), report);
      }
      fraction(
          service,
          Fields.node(rule.node(), "mirrorPercentage", "value"),
          rule.path().key("mirrorPercentage"),
          report);
      List<Node> mirrors = Fields.items(rule.node(), "mirrors");
      for (int i = 0; i < mirrors.size(); i++) {
        fraction(
            service,
            Fields.node(mirrors.get(i), "percentage", "value"),
            rule.path().key("mirrors").index(i).key("percentage"),
            report);
      }
    }
  }

  /** The deprecated integer counts only without the new field. */
  private static boolean said(Node fault, String kind) {
    return Fields.has(fault, "percentage")
        ? Fields.has(fault, "percentage", "value")
        : kind.equals("delay") && Fields.has(fault, "percent");
  }

  private static void fraction(Resource service, @Nullable Node value, Path parent, Report report) {
    if (value instanceof Node.Scalar scalar
        && scalar.value() instanceof Double percent
        && percent > 0
        && percent < 1) {
      report.at(
          service,
          parent.key("value"),
          RouteMessage.FAULT_FRACTION,
          scalar.text(),
          oneIn(percent / 100),
          oneIn(percent));
    }
  }

  private static String oneIn(double share) {
    return "1 request in " + String.format(Locale.ROOT, "%,d", Math.round(1 / share));
  }
}
