package pharos.config.istio;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import pharos.config.resource.Fields;
import pharos.config.resource.Index;
import pharos.config.resource.Kinds;
import pharos.config.resource.Resource;
import pharos.config.resource.Snapshot;

/** Finds the Services that select a workload without going through all of them. */
public final class Services {
  public static final Index<Services> INDEX = Index.of(Set.of(Kinds.SERVICE), Services::new);

  /** By namespace and one pair of the selector; without a selector under the empty pair. */
  private final Map<Bucket, List<Selecting>> buckets = new HashMap<>();

  private record Bucket(String namespace, String key, String value) {}

  private record Selecting(Resource service, Map<String, String> selector) {}

  private Services(Snapshot snapshot) {
    for (Resource service : snapshot.all(Kinds.SERVICE)) {
      Map<String, String> selector = Fields.map(service.spec(), "selector");
      Map.Entry<String, String> pair =
          selector.isEmpty() ? Map.entry("", "") : selector.entrySet().iterator().next();
      buckets
          .computeIfAbsent(
              new Bucket(service.key().namespace(), pair.getKey(), pair.getValue()),
              _ -> new ArrayList<>())
          .add(new Selecting(service, selector));
    }
  }

  /**
   * The Services of a namespace whose selector matches some labels, in order. Those without a
   * selector match everything.
   */
  public List<Resource> selecting(String namespace, Map<String, String> labels) {
    List<Resource> found = new ArrayList<>();
    add(found, new Bucket(namespace, "", ""), labels);
    labels.forEach((key, value) -> {
      if (!key.isEmpty() || !value.isEmpty()) {
        add(found, new Bucket(namespace, key, value), labels);
      }
    });
    found.sort(Comparator.comparing(Resource::key));
    return found;
  }

  private void add(List<Resource> found, Bucket bucket, Map<String, String> labels) {
    for (Selecting one : buckets.getOrDefault(bucket, List.of())) {
      if (Selectors.matches(one.selector(), labels)) {
        found.add(one.service());
      }
    }
  }
}
