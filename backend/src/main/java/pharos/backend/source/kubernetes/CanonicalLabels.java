package pharos.backend.source.kubernetes;

import java.util.List;
import java.util.Map;

/** The labels from which Istio takes a workload's canonical service and revision, in order. */
final class CanonicalLabels {
  private static final List<String> SERVICE =
      List.of("service.istio.io/canonical-name", "app.kubernetes.io/name", "app");
  private static final List<String> REVISION =
      List.of("service.istio.io/canonical-revision", "app.kubernetes.io/version", "version");

  private CanonicalLabels() {}

  /** Empty when no label says. */
  static String service(Map<String, String> labels) {
    return first(SERVICE, labels);
  }

  /** Empty when no label says. */
  static String revision(Map<String, String> labels) {
    return first(REVISION, labels);
  }

  private static String first(List<String> keys, Map<String, String> labels) {
    for (String key : keys) {
      String value = labels.get(key);
      if (value != null && !value.isEmpty()) {
        return value;
      }
    }
    return "";
  }
}
