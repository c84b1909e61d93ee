package pharos.config.routing.registry;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import org.jspecify.annotations.Nullable;
import pharos.config.resource.Fields;
import pharos.config.resource.Kinds;
import pharos.config.resource.Node;
import pharos.config.resource.Resource;
import pharos.config.resource.ResourceKey;
import pharos.config.resource.Snapshot;
import pharos.config.routing.Proxy;

/** Pods as endpoints: found by name, address or labels. */
final class Pods {
  private final Snapshot resources;
  private final Localities localities;
  private final Map<String, Resource> byAddress = new HashMap<>();
  private final Map<String, Map<Entry<String, String>, List<Resource>>> byLabel = new HashMap<>();

  Pods(Snapshot resources, Localities localities) {
    this.resources = resources;
    this.localities = localities;
    for (Resource pod : resources.all(Kinds.POD)) {
      String address = address(pod);
      if (!address.isEmpty()) {
        byAddress.put(address, pod);
      }
      Map<Entry<String, String>, List<Resource>> labels =
          byLabel.computeIfAbsent(pod.key().namespace(), _ -> new HashMap<>());
      pod.labels()
          .entrySet()
          .forEach(label ->
              labels
                  .computeIfAbsent(
                      Map.entry(label.getKey(), label.getValue()), _ -> new ArrayList<>())
                  .add(pod));
    }
  }

  @Nullable Resource named(String namespace, String name) {
    return resources.get(new ResourceKey(Kinds.POD, namespace, name));
  }

  @Nullable Resource at(String address) {
    return byAddress.get(address);
  }

  /** Pods of a namespace whose labels hold all of a selector that is not empty. */
  List<Resource> selected(String namespace, Map<String, String> selector) {
    Map<Entry<String, String>, List<Resource>> labels = byLabel.getOrDefault(namespace, Map.of());
    List<Resource> fewest = null;
    for (Entry<String, String> wanted : selector.entrySet()) {
      List<Resource> pods =
          labels.getOrDefault(Map.entry(wanted.getKey(), wanted.getValue()), List.of());
      if (fewest == null || pods.size() < fewest.size()) {
        fewest = pods;
      }
    }
    return fewest == null
        ? List.of()
        : fewest.stream()
            .filter(pod -> pod.labels().entrySet().containsAll(selector.entrySet()))
            .toList();
  }

  /** The pod as a workload, or null when it does not answer any more or not yet. */
  @Nullable Workload workload(Resource pod) {
    Node status = pod.root().get("status");
    String phase = Fields.text(status, "phase");
    boolean gone =
        phase.equals("Succeeded")
            || phase.equals("Failed")
            || Fields.has(pod.root(), "metadata", "deletionTimestamp");
    // A file that nobody completed has no status; in a cluster a pod without address is no
    // endpoint.
    boolean unplaced = !phase.isEmpty() && address(pod).isEmpty();
    return gone || unplaced ? null : workload(pod, address(pod), ready(status));
  }

  Workload workload(Resource pod, String address, boolean ready) {
    String node = Fields.text(pod.spec(), "nodeName");
    String locality = localities.of(pod.labels(), node);
    return new Workload(
        pod.key().namespace(),
        pod.key().name(),
        address,
        Map.of(),
        Localities.augment(pod.labels(), locality, node),
        locality,
        ready,
        1);
  }

  private static String address(Resource pod) {
    return Fields.text(pod.root(), "status", "podIP");
  }

  private static boolean ready(@Nullable Node status) {
    for (Node condition : Fields.items(status, "conditions")) {
      if (Fields.text(condition, "type").equals("Ready")) {
        return isTrue(condition);
      }
    }
    return !Fields.text(status, "phase").equals("Pending");
  }

  static boolean isTrue(Node condition) {
    return Fields.text(condition, "status").equalsIgnoreCase("True");
  }

  /** Whether the pod of a proxy says that it may not bind ports below 1024. */
  boolean unprivileged(Proxy proxy) {
    for (Resource pod : selected(proxy.namespace(), proxy.labels())) {
      if (proxy.addresses().isEmpty() || proxy.addresses().contains(address(pod))) {
        return says(pod, "ISTIO_META_UNPRIVILEGED_POD");
      }
    }
    return false;
  }

  private static boolean says(Resource pod, String variable) {
    for (Node container : Fields.items(pod.spec(), "containers")) {
      for (Node pair : Fields.items(container, "env")) {
        if (Fields.text(pair, "name").equals(variable)) {
          return !Fields.text(pair, "value").isEmpty();
        }
      }
    }
    return false;
  }

  /** The number of a named container port; 0 when the pod has none of that name. */
  static int containerPort(Resource pod, String name) {
    for (String list : List.of("containers", "initContainers")) {
      for (Node container : Fields.items(pod.spec(), list)) {
        for (Node port : Fields.items(container, "ports")) {
          if (Fields.text(port, "name").equals(name)) {
            return (int) Fields.number(port, "containerPort");
          }
        }
      }
    }
    return 0;
  }
}
