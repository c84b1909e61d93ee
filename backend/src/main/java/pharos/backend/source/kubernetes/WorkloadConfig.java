package pharos.backend.source.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import pharos.graph.sample.Inventory.ObjectRef;

/**
 * Which configuration selects which workload: by label in its own namespace, for the whole
 * namespace, or from the root namespace for the mesh. Gateways select across namespaces.
 */
final class WorkloadConfig {
  private static final String ANYWHERE = "";

  private final Map<String, List<Selecting>> byNamespace = new HashMap<>();

  WorkloadConfig(ClusterView view, String rootNamespace) {
    for (WatchedKind kind : WatchedKind.SELECTING) {
      for (MeshObject object : view.config(kind)) {
        add(object, rootNamespace);
      }
    }
    for (MeshObject gateway : view.config(WatchedKind.ISTIO_GATEWAY)) {
      Map<String, String> labels = Json.strings(gateway.spec().path("selector"));
      if (!labels.isEmpty()) {
        put(ANYWHERE, new Selecting(gateway.reference(), labels));
      }
    }
  }

  /** Objects that apply to a workload, in order of kind. */
  List<ObjectRef> of(String namespace, Map<String, String> labels) {
    List<ObjectRef> found = new ArrayList<>();
    for (String from : List.of(namespace, ANYWHERE)) {
      for (Selecting selecting : byNamespace.getOrDefault(from, List.of())) {
        if (labels.entrySet().containsAll(selecting.labels().entrySet())) {
          found.add(selecting.object());
        }
      }
    }
    return List.copyOf(found);
  }

  private void add(MeshObject object, String rootNamespace) {
    JsonNode spec = object.spec();
    if (!spec.path("targetRefs").isEmpty() || !spec.path("targetRef").isEmpty()) {
      return; // attached to a gateway or service, not to workloads
    }
    JsonNode selector =
        spec.has("workloadSelector")
            ? spec.path("workloadSelector").path("labels")
            : spec.path("selector").path("matchLabels");
    Map<String, String> labels = Json.strings(selector);
    // An EnvoyFilter's workloadSelector of the root namespace reaches all namespaces, too.
    boolean meshWide = object.namespace().equals(rootNamespace);
    put(meshWide ? ANYWHERE : object.namespace(), new Selecting(object.reference(), labels));
  }

  private void put(String namespace, Selecting selecting) {
    byNamespace.computeIfAbsent(namespace, _ -> new ArrayList<>()).add(selecting);
  }

  private record Selecting(ObjectRef object, Map<String, String> labels) {}
}
