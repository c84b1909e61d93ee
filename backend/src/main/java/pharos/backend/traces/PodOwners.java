package pharos.backend.traces;

import java.util.Optional;

/** Port: which workload owns a pod, as the cluster knows it. */
@FunctionalInterface
public interface PodOwners {

  /** Empty when the cluster does not know the pod (any more). */
  Optional<Owner> of(String namespace, String pod);

  /**
   * A pod's workload.
   *
   * @param version canonical revision, empty when no label says
   */
  record Owner(String workload, String version) {}
}
