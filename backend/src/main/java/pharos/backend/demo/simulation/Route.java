package pharos.backend.demo.simulation;

import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import pharos.backend.demo.model.ExternalHost;
import pharos.backend.demo.routing.RouteDecision;

/**
 * A decision bound to pods.
 *
 * @param asked the service in the request's host, for answers that no upstream gave
 * @param upstreams as many as the decision has destinations; empty where it forwards nothing
 * @param mirrors as many as the decision has
 */
record Route(
    RouteDecision decision, ServiceRef asked, List<Upstream> upstreams, List<Upstream> mirrors) {

  /** One of the upstreams by their weights; there must be one. */
  Upstream draw(RandomGenerator random) {
    if (upstreams.size() == 1) {
      return upstreams.getFirst();
    }
    double total = 0;
    for (Upstream upstream : upstreams) {
      total += upstream.weight();
    }
    double roll = random.nextDouble() * total;
    for (Upstream upstream : upstreams) {
      roll -= upstream.weight();
      if (roll < 0) {
        return upstream;
      }
    }
    return upstreams.getLast();
  }

  /**
   * A cluster with its endpoints.
   *
   * @param weight relative to its siblings
   * @param external answers where the cluster is no service of pods
   */
  record Upstream(
      String cluster,
      ServiceRef service,
      int port,
      double weight,
      boolean exists,
      List<SimPod> pods,
      @Nullable ExternalHost external) {}
}
