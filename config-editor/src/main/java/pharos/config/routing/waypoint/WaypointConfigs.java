package pharos.config.routing.waypoint;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import pharos.config.istio.MeshConfig;
import pharos.config.istio.PortProtocol;
import pharos.config.istio.view.MeshService;
import pharos.config.istio.view.VirtualService;
import pharos.config.resource.ResourceKey;
import pharos.config.routing.Proxy;
import pharos.config.routing.compile.DestinationPolicies;
import pharos.config.routing.compile.DestinationPolicies.ServicesInScope;
import pharos.config.routing.compile.scope.Scopes;
import pharos.config.routing.effective.EffectiveConfig;
import pharos.config.routing.effective.Ignored;
import pharos.config.routing.effective.Listeners;
import pharos.config.routing.effective.RouteConfiguration;
import pharos.config.routing.effective.RouteConfigurations;

/** What a waypoint is told (R-AMB-4 to R-AMB-11). */
public final class WaypointConfigs {
  private WaypointConfigs() {}

  /**
   * The configuration of a waypoint; one that serves nothing when no Gateway makes it one. Sidecars
   * do not narrow what it knows (R-AMB-11).
   */
  public static EffectiveConfig of(
      Proxy waypoint,
      WaypointBindings bindings,
      Scopes scopes,
      DestinationPolicies policies,
      MeshConfig mesh) {
    // R-AMB-10: rules with a workloadSelector do not count, whatever the labels of the pod.
    Proxy client =
        new Proxy(
            Proxy.Kind.WAYPOINT,
            waypoint.namespace(),
            Map.of(),
            waypoint.addresses(),
            waypoint.locality());
    ResourceKey gateway = bindings.waypointOf(waypoint);
    ServicesInScope scope = scopes.gateway(waypoint.namespace());
    WaypointServices services =
        new WaypointServices(gateway == null ? List.of() : bindings.servicesOf(gateway), scope);
    List<VirtualService> meshWide =
        scopes.virtualServices().onGateway(VirtualService.MESH, waypoint.namespace());
    WaypointRoutes routes = new WaypointRoutes(client, services, policies, mesh);
    WaypointListeners listeners = new WaypointListeners(services);
    List<RouteConfiguration> configurations = new ArrayList<>();
    for (MeshService service : services.own()) {
      List<VirtualService> applying = WaypointRules.of(service, meshWide, waypoint.namespace());
      for (MeshService.Port port : service.ports()) {
        if (!served(service, port)) {
          continue;
        }
        listeners.add(service, port, applying);
        if (WaypointServices.readsHttp(port)) {
          configurations.add(routes.of(service, port.number(), applying));
        }
      }
    }
    return new EffectiveConfig(
        waypoint,
        Listeners.of(listeners.all(), null),
        RouteConfigurations.of(configurations),
        new WaypointClusters(services, policies.clusters(client, scope)),
        () -> ignored(bindings, scopes, waypoint.namespace()),
        addresses(services));
  }

  private static List<Ignored> ignored(WaypointBindings bindings, Scopes scopes, String namespace) {
    List<Ignored> all = new ArrayList<>(bindings.ignored());
    all.addAll(scopes.virtualServices().hiddenFrom(namespace));
    all.sort(
        Comparator.comparing((Ignored one) -> one.origin().object())
            .thenComparing(one -> one.origin().path().toString()));
    return all;
  }

  /** No UDP; what is resolved by name only as HTTP or TLS. */
  private static boolean served(MeshService service, MeshService.Port port) {
    if (service.resolution() == MeshService.Resolution.DYNAMIC_DNS) {
      return port.protocol() == PortProtocol.HTTP || port.protocol() == PortProtocol.TLS;
    }
    return port.protocol() != PortProtocol.UDP;
  }

  /** Clients of any namespace: the full host, or the name with its namespace. */
  private static EffectiveConfig.Addresses addresses(WaypointServices services) {
    Map<String, String> byName = new LinkedHashMap<>();
    for (MeshService service : services.own()) {
      String address = WaypointListeners.addresses(service).getFirst();
      byName.putIfAbsent(service.host(), address);
      if (service.registry() == MeshService.Registry.KUBERNETES) {
        String shortName = service.key().name() + "." + service.namespace();
        byName.putIfAbsent(shortName, address);
        byName.putIfAbsent(shortName + ".svc", address);
        byName.putIfAbsent(service.key().name(), address);
      }
    }
    return (name, port) -> {
      String bare = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
      return byName.get(bare);
    };
  }
}
