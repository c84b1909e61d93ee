package pharos.backend.demo.model;

import java.util.List;

/**
 * Requests that begin somewhere: at a gateway, in a workload by itself (a timer, a queue's
 * consumer), or at a client outside of the mesh.
 *
 * @param namespace of the workload that sends or lets in the requests; empty for a client that is
 *     no workload of this cluster
 * @param workload its name; empty with the namespace
 * @param calls one of them is drawn per request by their probabilities, which add up to 1
 * @param perSecond mean rate before {@link LoadCurve}
 * @param visitors who sends: the headers that travel with the request through the whole call tree
 */
public record TrafficSource(
    String namespace,
    String workload,
    List<Call> calls,
    double perSecond,
    LoadCurve curve,
    List<Visitor> visitors) {

  public TrafficSource {
    calls = List.copyOf(calls);
    visitors = List.copyOf(visitors);
  }
}
