package pharos.backend.source.kubernetes;

import java.time.Duration;

/**
 * How the cluster is followed.
 *
 * @param cluster name of the cluster in graphs, for example {@code Kubernetes}
 * @param rootNamespace Istio's root namespace, where objects without a selector apply to the mesh
 * @param stuckAfter a watch without event or bookmark for that long is given up; API servers send a
 *     bookmark about every minute
 * @param retryFrom first pause after a failure; doubles up to {@code retryTo}, with jitter
 * @param reprobeAfter pause before a kind that is missing or forbidden is asked for again
 * @param publishEvery shortest time between two inventories
 * @param pageSize objects per page of a list
 */
public record KubernetesSettings(
    String cluster,
    String rootNamespace,
    Duration stuckAfter,
    Duration retryFrom,
    Duration retryTo,
    Duration reprobeAfter,
    Duration publishEvery,
    int pageSize) {

  /** As production uses them. */
  public static final KubernetesSettings DEFAULT =
      new KubernetesSettings(
          "Kubernetes",
          "istio-system",
          Duration.ofSeconds(90),
          Duration.ofSeconds(1),
          Duration.ofSeconds(30),
          Duration.ofSeconds(60),
          Duration.ofMillis(250),
          500);

  public KubernetesSettings withCluster(String name) {
    return new KubernetesSettings(
        name, rootNamespace, stuckAfter, retryFrom, retryTo, reprobeAfter, publishEvery, pageSize);
  }
}
