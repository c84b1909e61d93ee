package pharos.config.routing.compile.sidecar;

import java.util.ArrayList;
import java.util.List;
import pharos.config.istio.MeshConfig.OutboundPolicy;
import pharos.config.istio.view.Destination;
import pharos.config.istio.view.HeaderOperations;
import pharos.config.routing.compile.ClusterNames;
import pharos.config.routing.compile.http.RetryPolicies;
import pharos.config.routing.compile.scope.SidecarScope;
import pharos.config.routing.compile.stream.StreamTargets;
import pharos.config.routing.effective.Listener;
import pharos.config.routing.effective.Listener.Chain;
import pharos.config.routing.effective.Listener.Match;
import pharos.config.routing.effective.Listener.Protocol;
import pharos.config.routing.effective.RouteEntry;
import pharos.config.routing.effective.RouteMatch;
import pharos.config.routing.effective.VirtualHost;

/** What happens to destinations that nobody declared (R-OB-22, R-OB-23). */
final class UnknownTraffic {
  /** Name of the virtual host, and of the route configuration of plain HTTP on unknown ports. */
  static final String BY_NAME = "allow_any_dynamic_dns";

  private final SidecarScope scope;

  UnknownTraffic(SidecarScope scope) {
    this.scope = scope;
  }

  private String passthrough() {
    Destination proxy = scope.egressProxy();
    // The port is what the Sidecar names: without one there is no such cluster.
    return proxy == null
        ? ClusterNames.PASSTHROUGH
        : ClusterNames.outbound(proxy.port(), proxy.subset(), proxy.host());
  }

  /** The virtual host of a shared route configuration for Hosts that it does not know. */
  VirtualHost host() {
    return switch (scope.outboundPolicy()) {
      case ALLOW_ANY -> host("allow_any", forward(passthrough()));
      case REGISTRY_ONLY -> host("block_all", new RouteEntry.DirectResponse(502, null));
      case ALLOW_ANY_DYNAMIC_DNS -> host(BY_NAME, forward(ClusterNames.DYNAMIC_DNS));
    };
  }

  private static VirtualHost host(String name, RouteEntry.Action action) {
    RouteEntry entry =
        new RouteEntry(name, RouteMatch.ANY, action, HeaderOperations.NONE, null, null, null);
    return new VirtualHost(name, List.of("*"), List.of(entry), false, List.of());
  }

  private static RouteEntry.Forward forward(String cluster) {
    return new RouteEntry.Forward(
        List.of(new RouteEntry.WeightedCluster(cluster, 1, HeaderOperations.NONE, "")),
        false,
        RouteEntry.Rewrite.NONE,
        null,
        RetryPolicies.NONE,
        List.of(),
        503,
        List.of());
  }

  /** The chain for bytes that no chain of a listener takes. */
  Chain chain() {
    String cluster =
        scope.outboundPolicy() == OutboundPolicy.REGISTRY_ONLY
            ? ClusterNames.BLACK_HOLE
            : passthrough();
    return new Chain(Match.ANY, StreamTargets.to(cluster), null);
  }

  /** What takes connections that no listener takes: {@code virtualOutbound} (R-OB-1). */
  Listener listener() {
    List<Chain> chains = new ArrayList<>();
    if (scope.outboundPolicy() == OutboundPolicy.ALLOW_ANY_DYNAMIC_DNS) {
      chains.add(
          new Chain(
              new Match(List.of(), List.of(), Protocol.PLAINTEXT_HTTP),
              new Listener.Http(BY_NAME, false),
              null));
    }
    return new Listener(
        "virtualOutbound",
        Listener.ANY_ADDRESS,
        SidecarListeners.OUTBOUND_PORT,
        chains,
        chain(),
        null);
  }
}
