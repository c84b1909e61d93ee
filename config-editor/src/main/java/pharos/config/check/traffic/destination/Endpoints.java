package pharos.config.check.traffic.destination;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import pharos.config.istio.Selectors;
import pharos.config.resource.Index;
import org.jspecify.annotations.Nullable;
import pharos.config.check.MeshView;
import pharos.config.istio.Pods;
import pharos.config.istio.ServiceHosts;
import pharos.config.resource.Fields;
import pharos.config.resource.Kinds;
import pharos.config.resource.Resource;

/** What is behind a Kubernetes Service: pods and WorkloadEntries, as far as they are known. */
final class Endpoints {
  private Endpoints() {}

  /**
   * How many there are.
   *
   * @param ready of {@code all}; what does not say is taken for ready
   */
  record Count(long all, long ready) {}

  /** The Kubernetes Service that a host stands for and that selects pods, or null. */
  static @Nullable Resource service(String host, Resource object, MeshView mesh) {
    ServiceHosts.Entry entry =
        mesh.index(ServiceHosts.INDEX)
            .find(object.key().namespace(), host, Fields.texts(object.spec(), "exportTo"));
    return entry != null
            && entry.resource().key().kind().equals(Kinds.SERVICE)
            && !Fields.entries(entry.resource().spec(), "selector").isEmpty()
        ? entry.resource()
        : null;
  }

  /** WorkloadEntries by namespace: a Service selects them as it selects pods. */
  private static final Index<Map<String, List<Resource>>> ENTRIES =
      Index.of(
          Set.of(Kinds.WORKLOAD_ENTRY),
          resources ->
              resources.all(Kinds.WORKLOAD_ENTRY).stream()
                  .collect(Collectors.groupingBy(entry -> entry.key().namespace())));

  /** Endpoints of a Service that have some more labels. */
  static Count of(Resource service, Map<String, String> labels, MeshView mesh) {
    Map<String, String> selector = new HashMap<>(Fields.map(service.spec(), "selector"));
    for (Map.Entry<String, String> label : labels.entrySet()) {
      String other = selector.put(label.getKey(), label.getValue());
      if (other != null && !other.equals(label.getValue())) {
        return new Count(0, 0);
      }
    }
    List<Resource> pods =
        mesh.index(Pods.WITH_NODE_LABELS)
            .matching(service.key().namespace(), selector)
            .filter(pod -> !ended(pod))
            .toList();
    long entries =
        mesh.index(ENTRIES).getOrDefault(service.key().namespace(), List.of()).stream()
            .filter(entry -> Selectors.matches(selector, Fields.map(entry.spec(), "labels")))
            .count();
    boolean allReady = Fields.flag(service.spec(), "publishNotReadyAddresses");
    long ready = pods.stream().filter(pod -> allReady || ready(pod)).count();
    return new Count(pods.size() + entries, ready + entries);
  }

  private static boolean ended(Resource pod) {
    String phase = Fields.text(Fields.node(pod.root(), "status"), "phase");
    return phase.equals("Succeeded") || phase.equals("Failed");
  }

  private static boolean ready(Resource pod) {
    return Fields.items(pod.root(), "status", "conditions").stream()
        .noneMatch(condition ->
            Fields.text(condition, "type").equals("Ready")
                && Fields.text(condition, "status").equals("False"));
  }
}
