package pharos.graph.trace;

/**
 * Who wrote a span. Texts are empty where nobody says.
 *
 * @param service {@code service.name}, or a proxy's canonical service
 * @param namespace of the workload
 * @param workload that owns the pod
 * @param version canonical revision
 * @param pod name, the unit that has a clock of its own
 * @param cluster the mesh's name of the cluster
 * @param proxy whether an Istio proxy wrote it, not the application
 */
public record Emitter(
    String service,
    String namespace,
    String workload,
    String version,
    String pod,
    String cluster,
    boolean proxy) {

  /** An application of which only the service is known. */
  public static Emitter ofService(String service) {
    return new Emitter(service, "", "", "", "", "", false);
  }

  /** What tells one clock from another: the pod, or the service where the pod is not known. */
  String clock() {
    return pod.isEmpty() ? "service " + service : cluster + '/' + namespace + '/' + pod;
  }

  /** Whether both stand for the same workload, as far as they say. */
  boolean sameWorkload(Emitter other) {
    if (workload.isEmpty() || other.workload.isEmpty()) {
      return service.equals(other.service);
    }
    return workload.equals(other.workload)
        && namespace.equals(other.namespace)
        && cluster.equals(other.cluster);
  }
}
