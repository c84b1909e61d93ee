package pharos.config.routing.compile.sidecar;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import pharos.config.istio.MeshConfig;
import pharos.config.istio.view.VirtualService;
import pharos.config.routing.Proxy;
import pharos.config.routing.compile.ClientAddresses;
import pharos.config.routing.compile.DestinationPolicies;
import pharos.config.routing.compile.scope.Scopes;
import pharos.config.routing.compile.scope.SidecarScope;
import pharos.config.routing.effective.EffectiveConfig;
import pharos.config.routing.effective.Ignored;
import pharos.config.routing.registry.ServiceRegistry;

/** Effective configurations of sidecars. */
public final class SidecarConfigs {
  private SidecarConfigs() {}

  /** What a sidecar is told; its parts are made when they are asked for. */
  public static EffectiveConfig of(
      Proxy proxy,
      Scopes scopes,
      ServiceRegistry registry,
      DestinationPolicies policies,
      MeshConfig mesh) {
    SidecarScope scope = scopes.sidecar(proxy);
    SidecarContext context = new SidecarContext(proxy, scope, registry, policies, mesh);
    SidecarListeners listeners = new SidecarListeners(context);
    return new EffectiveConfig(
        proxy,
        listeners,
        new SidecarRoutes(context, listeners),
        policies.clusters(proxy, scope),
        () -> ignored(proxy, scopes, scope, listeners, policies),
        new ClientAddresses(proxy.namespace(), registry, mesh));
  }

  private static List<Ignored> ignored(
      Proxy proxy,
      Scopes scopes,
      SidecarScope scope,
      SidecarListeners listeners,
      DestinationPolicies policies) {
    List<Ignored> all = new ArrayList<>(scope.ignored());
    all.addAll(listeners.ignored());
    all.addAll(scopes.virtualServices().hiddenFrom(proxy.namespace()));
    all.addAll(scopes.virtualServices().boundElsewhere(Set.of(VirtualService.MESH)));
    all.addAll(policies.ignored(proxy, scope));
    return all;
  }
}
