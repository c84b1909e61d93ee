package pharos.config.routing.waypoint;

import java.util.ArrayList;
import java.util.List;
import pharos.config.istio.MeshConfig;
import pharos.config.istio.view.Destination;
import pharos.config.istio.view.HeaderOperations;
import pharos.config.istio.view.MeshRetries;
import pharos.config.istio.view.MeshService;
import pharos.config.istio.view.Origin;
import pharos.config.istio.view.VirtualService;
import pharos.config.routing.Proxy;
import pharos.config.routing.compile.DestinationPolicies;
import pharos.config.routing.compile.RouteConfigs;
import pharos.config.routing.compile.http.RetryPolicies;
import pharos.config.routing.compile.http.RouteContext;
import pharos.config.routing.compile.http.RouteEntries;
import pharos.config.routing.effective.Ignored;
import pharos.config.routing.effective.RouteConfiguration;
import pharos.config.routing.effective.RouteEntry;
import pharos.config.routing.effective.RouteMatch;
import pharos.config.routing.effective.VirtualHost;

/**
 * The routes of one port of one service: those of all its VirtualServices one after the other, for
 * every Host (R-AMB-4 to R-AMB-7).
 */
final class WaypointRoutes {
  private final Proxy proxy;
  private final WaypointServices services;
  private final DestinationPolicies policies;
  private final MeshConfig mesh;

  WaypointRoutes(
      Proxy proxy, WaypointServices services, DestinationPolicies policies, MeshConfig mesh) {
    this.proxy = proxy;
    this.services = services;
    this.policies = policies;
    this.mesh = mesh;
  }

  RouteConfiguration of(MeshService service, int port, List<VirtualService> applying) {
    RouteContext context =
        new RouteContext(
            port,
            false,
            new WaypointRules.Sources(proxy.namespace(), port),
            new Destinations(port),
            MeshRetries.of(mesh));
    List<RouteEntry> entries = new ArrayList<>();
    List<Ignored> ignored = new ArrayList<>();
    VirtualService catchAll = null;
    for (VirtualService virtualService : applying) {
      if (virtualService.http().isEmpty()) {
        continue;
      }
      if (catchAll != null) {
        ignored.add(
            new Ignored(
                Origin.of(virtualService.key()),
                "R-AMB-5",
                "comes after %s, which takes every request".formatted(catchAll.key().origin())));
        continue;
      }
      RouteEntries.Result made = RouteEntries.of(virtualService, context);
      entries.addAll(made.entries());
      ignored.addAll(made.ignored());
      if (!made.entries().isEmpty() && made.entries().getLast().match().catchAll()) {
        catchAll = virtualService;
      }
    }
    if (entries.isEmpty()) {
      entries.add(defaultRoute(service, port));
    }
    boolean byName = service.resolution() == MeshService.Resolution.DYNAMIC_DNS;
    VirtualHost virtualHost =
        new VirtualHost(
            "inbound|http|" + port,
            List.of(byName ? service.host() : "*"),
            entries,
            false,
            ignored);
    return RouteConfigs.of(
        WaypointServices.httpCluster(service, port), List.of(virtualHost), List.of());
  }

  /** R-AMB-7. */
  private RouteEntry defaultRoute(MeshService service, int port) {
    return new RouteEntry(
        "default",
        RouteMatch.ANY,
        new RouteEntry.Forward(
            List.of(
                new RouteEntry.WeightedCluster(
                    WaypointServices.httpCluster(service, port), 1, HeaderOperations.NONE, "")),
            false,
            RouteEntry.Rewrite.NONE,
            null,
            RetryPolicies.of(null, MeshRetries.of(mesh)),
            List.of(),
            503,
            policies.hashKeys(proxy, service, "", port)),
        HeaderOperations.NONE,
        null,
        null,
        null);
  }

  private final class Destinations implements RouteContext.Destinations {
    private final int port;

    Destinations(int port) {
      this.port = port;
    }

    @Override
    public String cluster(Destination destination) {
      return services.cluster(destination, port);
    }

    @Override
    public List<String> hashKeys(Destination destination) {
      MeshService service = services.find(destination.host());
      return service == null
          ? List.of()
          : policies.hashKeys(proxy, service, destination.subset(), destination.port());
    }
  }
}
