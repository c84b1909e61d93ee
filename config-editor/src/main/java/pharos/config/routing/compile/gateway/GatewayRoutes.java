package pharos.config.routing.compile.gateway;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import pharos.config.istio.HostNames;
import pharos.config.istio.view.HttpRoute;
import pharos.config.istio.view.MeshRetries;
import pharos.config.istio.view.Origin;
import pharos.config.istio.view.VirtualService;
import pharos.config.routing.compile.RouteConfigs;
import pharos.config.routing.compile.http.ProxySources;
import pharos.config.routing.compile.http.RouteContext;
import pharos.config.routing.compile.http.RouteEntries;
import pharos.config.routing.effective.Ignored;
import pharos.config.routing.effective.RouteConfiguration;
import pharos.config.routing.effective.RouteConfigurations;
import pharos.config.routing.effective.VirtualHost;

/** The route configurations of a gateway (section 4.3), made when they are asked for. */
final class GatewayRoutes implements RouteConfigurations {
  private final GatewayContext context;
  private final MergedServers merged;
  private final HttpRoute.@Nullable Retries defaultRetries;
  private final Map<String, RouteConfiguration> made = new ConcurrentHashMap<>();

  GatewayRoutes(GatewayContext context, MergedServers merged) {
    this.context = context;
    this.merged = merged;
    this.defaultRetries = MeshRetries.of(context.mesh());
  }

  @Override
  public List<String> names() {
    return merged.routeNames();
  }

  @Override
  public @Nullable RouteConfiguration find(String name) {
    RouteConfiguration known = made.get(name);
    if (known != null) {
      return known;
    }
    List<BoundServer> servers = merged.byRouteName(name);
    return servers == null ? null : made.computeIfAbsent(name, _ -> build(name, servers));
  }

  private RouteConfiguration build(String name, List<BoundServer> servers) {
    Map<String, GatewayHost> hosts = new LinkedHashMap<>();
    Map<Binding, RouteEntries.Result> routes = new HashMap<>();
    Set<Binding> absent = new HashSet<>();
    List<Ignored> ignored = new ArrayList<>();
    for (BoundServer server : servers) { // R-GW-14
      String gateway = server.gateway().name();
      for (VirtualService one :
          context.virtualServices().onGateway(gateway, context.proxy().namespace())) {
        List<String> common = intersection(server, one);
        if (common.isEmpty()) {
          continue;
        }
        Binding binding = new Binding(gateway, one);
        RouteEntries.Result entries =
            routes.computeIfAbsent(binding, _ -> entries(server, one)); // R-GW-13
        if (!entries.entries().isEmpty()) {
          common.forEach(host -> host(hosts, host, server).append(binding, entries));
        } else if (absent.add(binding)) {
          noRoutes(one, common, entries, ignored);
        }
      }
      if (server.redirects()) {
        // R-GW-20: also hosts that no VirtualService has; one with a namespace stays as written.
        server.server().hosts().forEach(host -> host(hosts, host, server));
      }
    }
    return RouteConfigs.of(name, finish(hosts, servers.getFirst().server().port()), ignored);
  }

  /** R-HTTP-10: its hosts get nothing from it. */
  private static void noRoutes(
      VirtualService one, List<String> hosts, RouteEntries.Result entries, List<Ignored> ignored) {
    entries
        .ignored()
        .forEach(
            part -> ignored.add(new Ignored(part.origin(), part.rule(), part.reason(), hosts)));
    ignored.add(
        new Ignored(
            Origin.of(one.key()),
            "R-HTTP-10",
            one.http().isEmpty()
                ? "has no http rules"
                : "none of its rules is for this gateway, so it counts as absent",
            hosts));
  }

  /** A VirtualService on a Gateway; VirtualServices are told apart by identity. */
  record Binding(String gateway, VirtualService virtualService) {
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Binding binding
          && binding.virtualService == virtualService
          && binding.gateway.equals(gateway);
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(virtualService) * 31 + gateway.hashCode();
    }
  }

  /** R-GW-15, R-GW-19, R-GW-21: each host of both lists is a virtual host of its own. */
  static List<String> intersection(BoundServer server, VirtualService one) {
    return HostNames.intersection(
        HostNames.forNamespace(server.server().hosts(), one.namespace()), one.hosts());
  }

  /** R-GW-16: the port is the server's, not the one that is listened on. */
  private RouteEntries.Result entries(BoundServer server, VirtualService one) {
    int port = server.server().port();
    return RouteEntries.of(
        one,
        new RouteContext(
            port,
            server.tls(),
            new ProxySources(context.proxy(), server.gateway().name(), port),
            new GatewayDestinations(context, one.namespace(), port),
            defaultRetries));
  }

  private static GatewayHost host(
      Map<String, GatewayHost> hosts, String written, BoundServer server) {
    String domain = written.toLowerCase(Locale.ROOT);
    GatewayHost host =
        hosts.computeIfAbsent(
            domain, _ -> new GatewayHost(domain + ":" + server.server().port(), domain));
    if (server.redirects()) {
      host.requireTls();
    }
    return host;
  }

  private static List<VirtualHost> finish(Map<String, GatewayHost> hosts, int port) {
    if (hosts.isEmpty()) {
      // R-GW-18
      return List.of(
          new VirtualHost("blackhole:" + port, List.of("*"), List.of(), false, List.of()));
    }
    return hosts.values().stream()
        .map(GatewayHost::finish)
        .sorted(Comparator.comparing(VirtualHost::name))
        .toList();
  }
}
