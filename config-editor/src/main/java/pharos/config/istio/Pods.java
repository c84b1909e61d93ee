package pharos.config.istio;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import pharos.config.resource.Fields;
import pharos.config.resource.Index;
import pharos.config.resource.Kinds;
import pharos.config.resource.Resource;
import pharos.config.resource.ResourceKey;
import pharos.config.resource.Snapshot;

/** Finds Pods by a selector without going through all of them. */
public final class Pods {
  /** By the labels that the Pods carry. */
  public static final Index<Pods> INDEX =
      Index.of(Set.of(Kinds.POD), snapshot -> new Pods(snapshot, Resource::labels));

  /** By their labels and those that Istio takes over from their Nodes (analysis catalog 5.10). */
  public static final Index<Pods> WITH_NODE_LABELS =
      Index.of(
          Set.of(Kinds.POD, Kinds.NODE),
          snapshot -> new Pods(snapshot, pod -> withNodeLabels(pod, snapshot)));

  private static final String ZONE = "topology.kubernetes.io/zone";

  private final Postings everywhere = new Postings();
  private final Map<String, Postings> byNamespace = new HashMap<>();

  private Pods(Snapshot snapshot, Function<Resource, Map<String, String>> labels) {
    for (Resource resource : snapshot.all(Kinds.POD)) {
      Pod pod = new Pod(resource, labels.apply(resource));
      everywhere.add(pod);
      byNamespace.computeIfAbsent(resource.key().namespace(), _ -> new Postings()).add(pod);
    }
  }

  /** The Pods of the whole cluster that a selector selects, in order; an empty one selects all. */
  public Stream<Resource> matching(Map<String, String> selector) {
    return everywhere.matching(selector);
  }

  /** Those of one namespace. */
  public Stream<Resource> matching(String namespace, Map<String, String> selector) {
    Postings postings = byNamespace.get(namespace);
    return postings == null ? Stream.of() : postings.matching(selector);
  }

  private record Pod(Resource resource, Map<String, String> labels) {}

  /** Pods by each of their labels. */
  private static final class Postings {
    private final List<Pod> all = new ArrayList<>();
    private final Map<String, Map<String, List<Pod>>> byLabel = new HashMap<>();

    void add(Pod pod) {
      all.add(pod);
      pod.labels()
          .forEach((key, value) ->
              byLabel
                  .computeIfAbsent(key, _ -> new HashMap<>())
                  .computeIfAbsent(value, _ -> new ArrayList<>())
                  .add(pod));
    }

    Stream<Resource> matching(Map<String, String> selector) {
      List<Pod> fewest = all;
      for (Map.Entry<String, String> pair : selector.entrySet()) {
        List<Pod> having =
            byLabel.getOrDefault(pair.getKey(), Map.of()).getOrDefault(pair.getValue(), List.of());
        fewest = having.size() < fewest.size() ? having : fewest;
      }
      return fewest.stream()
          .filter(pod -> Selectors.matches(selector, pod.labels()))
          .map(Pod::resource);
    }
  }

  private static Map<String, String> withNodeLabels(Resource pod, Snapshot snapshot) {
    String nodeName = Fields.text(pod.spec(), "nodeName");
    Resource node =
        nodeName.isEmpty() ? null : snapshot.get(new ResourceKey(Kinds.NODE, "", nodeName));
    if (node == null) {
      return pod.labels();
    }
    Map<String, String> labels = new HashMap<>(pod.labels());
    Map<String, String> inherited = node.labels();
    List<String> keys = new ArrayList<>(List.of("topology.kubernetes.io/region", ZONE));
    if (!inherited.getOrDefault(ZONE, "").isEmpty()) {
      keys.add("topology.istio.io/subzone");
    }
    for (String key : keys) {
      String value = inherited.getOrDefault(key, "");
      if (!value.isEmpty()) {
        labels.put(key, value);
      }
    }
    labels.put("kubernetes.io/hostname", nodeName);
    return labels;
  }
}
