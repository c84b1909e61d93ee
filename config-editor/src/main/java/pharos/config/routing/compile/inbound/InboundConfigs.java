package pharos.config.routing.compile.inbound;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import pharos.config.istio.MeshConfig;
import pharos.config.istio.view.HeaderOperations;
import pharos.config.istio.view.MeshRetries;
import pharos.config.istio.view.Sidecar;
import pharos.config.routing.Proxy;
import pharos.config.routing.compile.ClusterNames;
import pharos.config.routing.compile.DestinationPolicies;
import pharos.config.routing.compile.RouteConfigs;
import pharos.config.routing.compile.http.RetryPolicies;
import pharos.config.routing.compile.scope.Scopes;
import pharos.config.routing.compile.stream.StreamTargets;
import pharos.config.routing.effective.EffectiveConfig;
import pharos.config.routing.effective.Listener;
import pharos.config.routing.effective.Listener.Chain;
import pharos.config.routing.effective.Listener.Match;
import pharos.config.routing.effective.Listener.Protocol;
import pharos.config.routing.effective.Listeners;
import pharos.config.routing.effective.RouteConfiguration;
import pharos.config.routing.effective.RouteConfigurations;
import pharos.config.routing.effective.RouteEntry;
import pharos.config.routing.effective.RouteMatch;
import pharos.config.routing.effective.VirtualHost;
import pharos.config.routing.registry.ServiceRegistry;

/**
 * Effective configurations of the receiving side of sidecars. VirtualServices have no part in them
 * (R-VS-18), nor have faults (R-HTTP-69): the route of a port is the pod.
 */
public final class InboundConfigs {
  /** Where intercepted calls to a pod arrive. */
  private static final int INBOUND_PORT = 15006;

  private final Proxy proxy;
  private final MeshConfig mesh;

  private InboundConfigs(Proxy proxy, MeshConfig mesh) {
    this.proxy = proxy;
    this.mesh = mesh;
  }

  /** What a sidecar is told about calls to its pod. */
  public static EffectiveConfig of(
      Proxy proxy,
      Scopes scopes,
      ServiceRegistry registry,
      DestinationPolicies policies,
      MeshConfig mesh) {
    return new InboundConfigs(proxy, mesh).build(scopes, registry, policies);
  }

  private EffectiveConfig build(
      Scopes scopes, ServiceRegistry registry, DestinationPolicies policies) {
    Sidecar sidecar = scopes.chosen(proxy);
    Map<String, InboundPort> ports = new LinkedHashMap<>();
    List<Listener> listeners = new ArrayList<>();
    List<RouteConfiguration> routes = new ArrayList<>();
    for (InboundPort port : InboundPort.of(proxy, sidecar, registry)) {
      ports.put(ClusterNames.inbound(port.port()), port);
      listeners.add(listener(port));
      if (port.readsHttp()) {
        routes.add(routes(port));
      }
    }
    return new EffectiveConfig(
        proxy,
        Listeners.of(listeners, unknown()),
        RouteConfigurations.of(routes),
        new InboundClusters(
            ports, sidecar, policies.clusters(withoutLabels(), scopes.gateway(proxy.namespace()))),
        List::of,
        (_, _) -> null);
  }

  /** R-DR-63: rules with a workloadSelector are not for the receiving side. */
  private Proxy withoutLabels() {
    return new Proxy(
        Proxy.Kind.SIDECAR, proxy.namespace(), Map.of(), proxy.addresses(), proxy.locality());
  }

  private static Listener listener(InboundPort port) {
    List<Chain> chains = new ArrayList<>();
    String cluster = ClusterNames.inbound(port.port());
    if (!port.protocol().isHttp()) {
      chains.add(new Chain(Match.ANY, StreamTargets.to(cluster), port.origin()));
    }
    if (port.readsHttp()) {
      Match match =
          port.protocol().isHttp()
              ? Match.ANY
              : new Match(List.of(), List.of(), Protocol.PLAINTEXT_HTTP);
      chains.add(new Chain(match, new Listener.Http(cluster, false), port.origin()));
    }
    return new Listener(
        Listener.name(Listener.ANY_ADDRESS, port.port()),
        Listener.ANY_ADDRESS,
        port.port(),
        chains,
        null,
        null);
  }

  /** Ports that nobody declared go to the pod as they are ({@code inboundTrafficPolicy}). */
  private static Listener unknown() {
    return new Listener(
        "virtualInbound",
        Listener.ANY_ADDRESS,
        INBOUND_PORT,
        List.of(),
        new Chain(Match.ANY, StreamTargets.to(ClusterNames.INBOUND_PASSTHROUGH), null),
        null);
  }

  private RouteConfiguration routes(InboundPort port) {
    String cluster = ClusterNames.inbound(port.port());
    RouteEntry entry =
        new RouteEntry(
            "default",
            RouteMatch.ANY,
            new RouteEntry.Forward(
                List.of(new RouteEntry.WeightedCluster(cluster, 1, HeaderOperations.NONE, "")),
                false,
                RouteEntry.Rewrite.NONE,
                null,
                RetryPolicies.inbound(port.protocol(), MeshRetries.inbound(mesh)),
                List.of(),
                503,
                List.of()),
            HeaderOperations.NONE,
            null,
            null,
            port.origin());
    VirtualHost host =
        new VirtualHost(
            "inbound|http|" + port.servicePort(), List.of("*"), List.of(entry), false, List.of());
    return RouteConfigs.of(cluster, List.of(host), List.of());
  }
}
