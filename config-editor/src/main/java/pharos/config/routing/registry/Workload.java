package pharos.config.routing.registry;

import java.util.Map;
import pharos.config.routing.effective.Cluster.Endpoint;

/**
 * Something that answers: a Pod, a WorkloadEntry, an endpoint written in a ServiceEntry.
 *
 * @param ports by name: numbers that override the service's
 * @param labels with the topology labels that Istio adds (R-DR-25)
 * @param locality {@code region/zone/subzone}, or empty
 * @param name of the object; empty for a written endpoint
 */
record Workload(
    String namespace,
    String name,
    String address,
    Map<String, Integer> ports,
    Map<String, String> labels,
    String locality,
    boolean ready,
    int weight) {
  Workload {
    ports = Map.copyOf(ports);
    labels = Map.copyOf(labels);
  }

  Endpoint on(int port) {
    return new Endpoint(address, port, labels, ready, locality, 0, weight, name);
  }
}
