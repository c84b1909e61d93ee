package pharos.config.check.authoring;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import pharos.config.resource.Index;
import pharos.config.resource.Kinds;
import pharos.config.resource.Resource;
import pharos.config.resource.Snapshot;
import pharos.config.schema.Spelling;

/** The labels that Pods have, by namespace, each once. */
final class PodLabels {
  static final Index<PodLabels> INDEX = Index.of(Set.of(Kinds.POD), PodLabels::new);

  /** Shorter values are near too many others. */
  private static final int SHORT = 3;

  private final Map<String, Set<Label>> byNamespace = new HashMap<>();

  /** A key and its value. */
  record Label(String key, String value) {}

  private PodLabels(Snapshot snapshot) {
    for (Resource pod : snapshot.all(Kinds.POD)) {
      pod.labels()
          .forEach((key, value) -> {
            Label label = new Label(key, value);
            byNamespace.computeIfAbsent("", _ -> new LinkedHashSet<>()).add(label);
            byNamespace
                .computeIfAbsent(pod.key().namespace(), _ -> new LinkedHashSet<>())
                .add(label);
          });
    }
  }

  /**
   * The label that a Pod has in place of a wanted one, which no Pod has: the same value under
   * nearly the same key, or nearly the same value under the same key; null when there is none.
   *
   * @param namespace empty for all
   */
  @Nullable Label nearest(String namespace, Label wanted) {
    Set<Label> labels = byNamespace.getOrDefault(namespace, Set.of());
    if (labels.contains(wanted)) {
      return null;
    }
    for (Label label : labels) {
      boolean near =
          label.key().equals(wanted.key())
              ? wanted.value().length() > SHORT && near(wanted.value(), label.value())
              : label.value().equals(wanted.value()) && near(wanted.key(), label.key());
      if (near) {
        return label;
      }
    }
    return null;
  }

  private static boolean near(String wanted, String there) {
    return Spelling.nearest(wanted, Set.of(there)) != null;
  }
}
