package pharos.graph.sample;

/**
 * The labels of Istio's standard metrics that say who called whom, raw as the proxy wrote them:
 * {@code "unknown"} and the empty string stay what they are. A label that the series does not have
 * at all is {@link #ABSENT}.
 *
 * @param sourceCluster {@code source_cluster}
 * @param sourceNamespace {@code source_workload_namespace}
 * @param sourceWorkload {@code source_workload}
 * @param sourceApp {@code source_canonical_service}
 * @param sourceVersion {@code source_canonical_revision}
 * @param reportingApp {@code app}, the label of the reporting proxy; {@code ztunnel} and waypoints
 *     set it
 * @param destinationCluster {@code destination_cluster}
 * @param destinationServiceNamespace {@code destination_service_namespace}
 * @param destinationService {@code destination_service}, a host such as {@code
 *     reviews.bookinfo.svc.cluster.local}
 * @param destinationServiceName {@code destination_service_name}
 * @param destinationNamespace {@code destination_workload_namespace}
 * @param destinationWorkload {@code destination_workload}
 * @param destinationApp {@code destination_canonical_service}
 * @param destinationVersion {@code destination_canonical_revision}
 */
public record CallLabels(
    String sourceCluster,
    String sourceNamespace,
    String sourceWorkload,
    String sourceApp,
    String sourceVersion,
    String reportingApp,
    String destinationCluster,
    String destinationServiceNamespace,
    String destinationService,
    String destinationServiceName,
    String destinationNamespace,
    String destinationWorkload,
    String destinationApp,
    String destinationVersion) {

  /**
   * A label that the series does not have. Compared by identity of content: no proxy writes a NUL.
   */
  public static final String ABSENT = "\0absent";

  /** What a proxy writes when it does not know. */
  public static final String UNKNOWN = "unknown";
}
