package pharos.config.routing.compile.gateway;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import pharos.config.istio.MeshConfig;
import pharos.config.istio.view.Gateway;
import pharos.config.istio.view.Origin;
import pharos.config.istio.view.VirtualService;
import pharos.config.routing.Proxy;
import pharos.config.routing.compile.ClientAddresses;
import pharos.config.routing.compile.DestinationPolicies;
import pharos.config.routing.compile.DestinationPolicies.ServicesInScope;
import pharos.config.routing.compile.scope.Scopes;
import pharos.config.routing.effective.EffectiveConfig;
import pharos.config.routing.effective.Ignored;
import pharos.config.routing.registry.ServiceRegistry;

/** Effective configurations of gateways. */
public final class GatewayConfigs {
  private GatewayConfigs() {}

  /**
   * What a gateway proxy is told (R-GW-2: sidecars never come here).
   *
   * @param managed names of Gateways that Gateway API made with pods of their own (R-GW-4)
   */
  public static EffectiveConfig of(
      Proxy proxy,
      Scopes scopes,
      Collection<Gateway> gateways,
      Set<String> managed,
      ServiceRegistry registry,
      DestinationPolicies policies,
      MeshConfig mesh) {
    ServicesInScope scope = scopes.gateway(proxy.namespace()); // R-GW-37
    GatewayContext context =
        new GatewayContext(proxy, scope, scopes.virtualServices(), registry, policies, mesh);
    MergedServers merged = new MergedServers(context, gateways, managed);
    return new EffectiveConfig(
        proxy,
        GatewayListeners.of(context, merged),
        new GatewayRoutes(context, merged),
        policies.clusters(proxy, scope), // R-GW-39: by the pod's namespace
        () -> ignored(context, merged),
        new ClientAddresses(proxy.namespace(), registry, mesh));
  }

  private static List<Ignored> ignored(GatewayContext context, MergedServers merged) {
    List<Ignored> all = new ArrayList<>(merged.ignored());
    all.addAll(context.policies().ignored(context.proxy(), context.scope()));
    all.addAll(context.virtualServices().hiddenFrom(context.proxy().namespace()));
    all.addAll(
        context
            .virtualServices()
            .boundElsewhere(merged.applied().stream().map(Gateway::name).toList()));
    for (Gateway gateway : merged.applied()) {
      for (VirtualService one :
          context.virtualServices().onGateway(gateway.name(), context.proxy().namespace())) {
        boolean meets =
            gateway.servers().stream()
                .anyMatch(server ->
                    !GatewayRoutes.intersection(new BoundServer(gateway, server, 0), one)
                        .isEmpty());
        if (!meets) {
          all.add(
              new Ignored(
                  Origin.of(one.key()),
                  "R-GW-15",
                  "no server of Gateway %s has one of its hosts for namespace %s"
                      .formatted(gateway.name(), one.namespace()),
                  one.hosts()));
        }
      }
    }
    return all;
  }
}
