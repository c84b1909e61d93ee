package pharos.backend.source.kubernetes;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Which workload a pod belongs to, by name or address. Immutable. */
public final class PodDirectory {
  static final PodDirectory EMPTY = new PodDirectory(java.util.List.of());

  private final Map<String, Pod> byName = new HashMap<>();
  private final Map<String, Pod> byAddress = new HashMap<>();

  PodDirectory(Collection<PodRecord> pods) {
    for (PodRecord pod : pods) {
      Pod entry =
          new Pod(
              pod.namespace(),
              pod.name(),
              pod.workload().name(),
              pod.workload().kind(),
              CanonicalLabels.service(pod.labels()),
              CanonicalLabels.revision(pod.labels()));
      byName.put(pod.namespace() + "/" + pod.name(), entry);
      if (pod.live() && !pod.ip().isEmpty()) {
        byAddress.put(pod.ip(), entry);
      }
    }
  }

  /** The pod of that name. */
  public Optional<Pod> named(String namespace, String pod) {
    return Optional.ofNullable(byName.get(namespace + "/" + pod));
  }

  /** The running pod that has that IP address; pods on the host's network share theirs. */
  public Optional<Pod> at(String address) {
    return Optional.ofNullable(byAddress.get(address));
  }

  /** Pods that are known, finished ones included. */
  public int size() {
    return byName.size();
  }

  /**
   * One pod.
   *
   * @param app canonical service, empty when no label says
   * @param version canonical revision, empty when no label says
   */
  public record Pod(
      String namespace, String name, String workload, String kind, String app, String version) {}
}
