package pharos.config.routing.registry;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import pharos.config.istio.Selectors;
import pharos.config.resource.Fields;
import pharos.config.resource.Kinds;
import pharos.config.resource.Node;
import pharos.config.resource.Resource;
import pharos.config.resource.Snapshot;

/** WorkloadEntries, and the endpoints that ServiceEntries write in the same form. */
final class Entries {
  private final Map<String, List<Workload>> byNamespace = new HashMap<>();

  Entries(Snapshot resources) {
    for (Resource entry : resources.all(Kinds.WORKLOAD_ENTRY)) {
      byNamespace
          .computeIfAbsent(entry.key().namespace(), _ -> new ArrayList<>())
          .add(read(entry.spec(), entry.key().namespace(), entry.key().name(), healthy(entry)));
    }
  }

  List<Workload> selected(String namespace, Map<String, String> selector) {
    return byNamespace.getOrDefault(namespace, List.of()).stream()
        .filter(entry -> Selectors.matches(selector, entry.labels()))
        .toList();
  }

  /** An entry without its own health check is healthy. */
  private static boolean healthy(Resource entry) {
    for (Node condition : Fields.items(entry.root(), "status", "conditions")) {
      if (Fields.text(condition, "type").equals("Healthy")) {
        return Pods.isTrue(condition);
      }
    }
    return true;
  }

  static Workload read(@Nullable Node entry, String namespace, String name, boolean ready) {
    Map<String, Integer> ports = new HashMap<>();
    Fields.entries(entry, "ports")
        .forEach((port, _) -> ports.put(port, (int) Fields.number(entry, "ports", port)));
    Map<String, String> labels = Fields.map(entry, "labels");
    String written = Fields.text(entry, "locality");
    String locality =
        written.isEmpty() ? labels.getOrDefault("istio-locality", "").replace('.', '/') : written;
    long weight = Fields.number(entry, "weight");
    return new Workload(
        namespace,
        name,
        Fields.text(entry, "address"),
        ports,
        Localities.augment(labels, locality, ""),
        locality,
        ready,
        weight <= 0 ? 1 : (int) Math.min(weight, Integer.MAX_VALUE));
  }
}
