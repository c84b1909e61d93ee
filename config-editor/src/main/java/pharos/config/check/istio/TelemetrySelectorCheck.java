package pharos.config.check.istio;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import pharos.config.check.Check;
import pharos.config.check.Finding;
import pharos.config.check.IstioMessage;
import pharos.config.check.MeshView;
import pharos.config.istio.Pods;
import pharos.config.istio.Selectors;
import pharos.config.resource.Fields;
import pharos.config.resource.Kinds;
import pharos.config.resource.Path;
import pharos.config.resource.Resource;
import pharos.config.resource.ResourceKey;
import pharos.config.resource.ResourceKey.Kind;

/** Telemetries that select nothing or compete for a Pod (catalog 5.34). */
final class TelemetrySelectorCheck implements Check {
  @Override
  public String name() {
    return "telemetry.SelectorAnalyzer";
  }

  @Override
  public Set<Kind> reads() {
    return Set.of(Kinds.TELEMETRY, Kinds.POD);
  }

  @Override
  public void run(MeshView mesh, Consumer<Finding> report) {
    Map<ResourceKey, List<Resource>> byPod = new LinkedHashMap<>();
    for (Resource telemetry : mesh.all(Kinds.TELEMETRY)) {
      Map<String, String> selector = Fields.map(telemetry.spec(), "selector", "matchLabels");
      if (selector.isEmpty()) {
        continue;
      }
      List<Resource> pods =
          mesh.index(Pods.INDEX).matching(telemetry.key().namespace(), selector).toList();
      pods.forEach(pod -> byPod.computeIfAbsent(pod.key(), _ -> new ArrayList<>()).add(telemetry));
      if (pods.isEmpty()) {
        report.accept(
            Finding.at(
                telemetry,
                Path.of("spec", "selector", "matchLabels", new TreeMap<>(selector).firstKey()),
                name(),
                IstioMessage.REFERENCED_RESOURCE_NOT_FOUND,
                "selector",
                Selectors.text(selector)));
      }
    }
    byPod.forEach((pod, telemetries) -> {
      if (telemetries.size() > 1) {
        List<String> names = telemetries.stream().map(t -> t.key().name()).sorted().toList();
        for (Resource telemetry : telemetries) {
          report.accept(
              Finding.at(
                  telemetry,
                  Path.of("metadata", "name"),
                  name(),
                  IstioMessage.CONFLICTING_TELEMETRY_WORKLOAD_SELECTORS,
                  names,
                  pod.namespace(),
                  pod.name()));
        }
      }
    });
  }
}
