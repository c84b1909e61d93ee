package pharos.config.routing.compile.stream;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import pharos.config.istio.view.HttpRoute.WeightedDestination;
import pharos.config.istio.view.StreamRoute;
import pharos.config.routing.compile.ClusterNames;
import pharos.config.routing.compile.DestinationPolicies.ServicesInScope;
import pharos.config.routing.effective.Listener;

/** Where the bytes of a connection go (section 6.2). */
public final class StreamTargets {
  private StreamTargets() {}

  /**
   * The shares of a rule (R-L4-12, R-L4-14), whether their clusters exist or not (R-L4-13).
   *
   * @param services in scope, with all their ports
   * @return null when nothing is left to send to, as for a rule without route
   */
  public static Listener.@Nullable Tcp of(
      StreamRoute rule, ServicesInScope services, int listenerPort) {
    boolean weighted = rule.route().size() > 1;
    List<Listener.Share> shares = new ArrayList<>();
    for (WeightedDestination share : rule.route()) {
      if (!weighted || share.weight() > 0) {
        String cluster =
            ClusterNames.of(
                share.destination(), services.find(share.destination().host()), listenerPort);
        shares.add(new Listener.Share(cluster, weighted ? share.weight() : 1));
      }
    }
    return shares.isEmpty() ? null : new Listener.Tcp(shares);
  }

  /** All to one cluster. */
  public static Listener.Tcp to(String cluster) {
    return new Listener.Tcp(List.of(new Listener.Share(cluster, 1)));
  }
}
