package pharos.config.check.istio;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import pharos.config.check.Check;
import pharos.config.check.Finding;
import pharos.config.check.IstioMessage;
import pharos.config.check.MeshView;
import pharos.config.resource.Fields;
import pharos.config.resource.Kinds;
import pharos.config.resource.Path;
import pharos.config.resource.Resource;
import pharos.config.resource.ResourceKey.Kind;

/** More than one Telemetry for a whole namespace (catalog 5.34). */
final class TelemetryDefaultSelectorCheck implements Check {
  @Override
  public String name() {
    return "telemetry.DefaultSelectorAnalyzer";
  }

  @Override
  public Set<Kind> reads() {
    return Set.of(Kinds.TELEMETRY);
  }

  @Override
  public void run(MeshView mesh, Consumer<Finding> report) {
    Map<String, List<Resource>> byNamespace = new TreeMap<>();
    for (Resource telemetry : mesh.all(Kinds.TELEMETRY)) {
      if (!Fields.has(telemetry.spec(), "selector")) {
        byNamespace
            .computeIfAbsent(telemetry.key().namespace(), _ -> new ArrayList<>())
            .add(telemetry);
      }
    }
    byNamespace.forEach((namespace, telemetries) -> {
      if (telemetries.size() > 1) {
        List<String> names = telemetries.stream().map(t -> t.key().name()).sorted().toList();
        for (Resource telemetry : telemetries) {
          report.accept(
              Finding.at(
                  telemetry,
                  Path.of("metadata", "name"),
                  name(),
                  IstioMessage.MULTIPLE_TELEMETRIES_WITHOUT_WORKLOAD_SELECTORS,
                  names,
                  namespace));
        }
      }
    });
  }
}
