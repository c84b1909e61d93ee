package pharos.config.check.traffic.destination;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import pharos.config.check.Check;
import pharos.config.check.Finding;
import pharos.config.check.MeshView;
import pharos.config.resource.Fields;
import pharos.config.resource.Kinds;
import pharos.config.resource.Node;
import pharos.config.resource.Path;
import pharos.config.resource.Resource;
import pharos.config.resource.ResourceKey.Kind;
import pharos.config.check.traffic.Report;

/** Outlier detection that can eject nothing, because one endpoint is already too many (R-DR-58). */
final class OutlierDetectionCheck implements Check {
  private static final long DEFAULT_PERCENT = 10;

  @Override
  public String name() {
    return "traffic.OutlierDetectionCheck";
  }

  @Override
  public Set<Kind> reads() {
    return Set.of(
        Kinds.DESTINATION_RULE,
        Kinds.SERVICE,
        Kinds.SERVICE_ENTRY,
        Kinds.POD,
        Kinds.NODE,
        Kinds.WORKLOAD_ENTRY);
  }

  @Override
  public void run(MeshView mesh, Consumer<Finding> findings) {
    if (!mesh.remotes().isEmpty()) {
      return; // endpoints of other clusters count as well
    }
    Report report = new Report(name(), findings);
    for (Resource rule : mesh.all(Kinds.DESTINATION_RULE)) {
      Resource service = Endpoints.service(Fields.text(rule.spec(), "host"), rule, mesh);
      if (service == null) {
        continue;
      }
      Path top = Path.of("spec", "trafficPolicy");
      judge(rule, rule.root().at(top), top, Endpoints.of(service, Map.of(), mesh), report);
      List<Node> subsets = Fields.items(rule.spec(), "subsets");
      for (int i = 0; i < subsets.size(); i++) {
        Endpoints.Count count = Endpoints.of(service, Fields.map(subsets.get(i), "labels"), mesh);
        judge(
            rule,
            Fields.node(subsets.get(i), "trafficPolicy"),
            Path.of("spec", "subsets", i, "trafficPolicy"),
            count,
            report);
      }
    }
  }

  private static void judge(
      Resource rule, @Nullable Node policy, Path path, Endpoints.Count count, Report report) {
    Node detection = Fields.node(policy, "outlierDetection");
    if (detection == null || count.all() == 0) {
      return;
    }
    long given = Fields.number(detection, "maxEjectionPercent");
    long percent = given <= 0 ? DEFAULT_PERCENT : given;
    if (percent * count.all() < 100) {
      report.atKey(
          rule,
          path.key("outlierDetection"),
          DestinationMessage.OUTLIER_NEVER_EJECTS,
          count.all(),
          percent,
          100 / count.all());
    }
  }
}
