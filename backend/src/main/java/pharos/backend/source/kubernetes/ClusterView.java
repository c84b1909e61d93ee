package pharos.backend.source.kubernetes;

import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * What is known at one moment, as the inventory is built from it.
 *
 * @param config mesh configuration by kind
 */
record ClusterView(
    Collection<MeshObject> namespaces,
    Collection<MeshObject> services,
    Collection<PodRecord> pods,
    Collection<WorkloadRecord> workloads,
    Map<WatchedKind, Collection<MeshObject>> config) {

  Collection<MeshObject> config(WatchedKind kind) {
    return config.getOrDefault(kind, List.of());
  }
}
