package pharos.config.routing.gatewayapi;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import pharos.config.istio.Hosts;
import pharos.config.istio.view.Destination;
import pharos.config.istio.view.HeaderOperations;
import pharos.config.istio.view.HttpRoute;
import pharos.config.istio.view.Origin;
import pharos.config.istio.view.StreamRoute;
import pharos.config.istio.view.VirtualService;
import pharos.config.resource.Fields;
import pharos.config.resource.Node;
import pharos.config.resource.Path;
import pharos.config.routing.effective.Ignored;

/** TLSRoutes and TCPRoutes (R-GWAPI-31). */
final class StreamVirtualServices {
  private static final String ANY_HOST = "*";

  /** Never exists, so that connections are refused when no backend has weight. */
  private static final HttpRoute.WeightedDestination NOWHERE =
      new HttpRoute.WeightedDestination(
          new Destination("internal.cluster.local", "zero-weight", 65535),
          0,
          HeaderOperations.NONE);

  private final Attachments attachments;
  private final Backends backends;
  private final Set<Ignored> notes;

  StreamVirtualServices(Attachments attachments, Backends backends, Set<Ignored> notes) {
    this.attachments = attachments;
    this.backends = backends;
    this.notes = notes;
  }

  /** One VirtualService per parent. */
  List<VirtualService> ofTcpRoute(RouteObject route) {
    List<VirtualService> views = new ArrayList<>();
    for (Parent parent : attachments.of(route)) {
      switch (parent) {
        case Parent.Listener listener ->
            views.add(tcp(route, listener, ANY_HOST, routes(route, false, null, 0)));
        case Parent.Mesh mesh -> {
          List<StreamRoute> routes = routes(route, true, null, mesh.port());
          mesh.hosts().forEach(host -> views.add(tcp(route, mesh, host, routes)));
        }
      }
    }
    return views;
  }

  /** One VirtualService per parent and host: by SNI, or by connection where TLS ends. */
  List<VirtualService> ofTlsRoute(RouteObject route) {
    List<VirtualService> views = new ArrayList<>();
    for (Parent parent : attachments.of(route)) {
      switch (parent) {
        case Parent.Listener listener -> {
          boolean terminates = listener.listener().mode().terminates();
          List<StreamRoute> routes = routes(route, false, terminates ? null : route.hostnames(), 0);
          for (String host : route.hostnames()) {
            views.add(
                terminates
                    ? tcp(route, listener, host, routes)
                    : tls(route, listener, host, routes));
          }
        }
        case Parent.Mesh mesh -> {
          for (String host : mesh.hosts()) {
            views.add(
                tls(route, mesh, host, routes(route, true, snis(route, mesh, host), mesh.port())));
          }
        }
      }
    }
    return views;
  }

  /** Inside the mesh: the route's host names that fit, or the parent's when it names none. */
  private static List<String> snis(RouteObject route, Parent.Mesh mesh, String host) {
    List<String> hostnames =
        route.hostnames().equals(List.of(ANY_HOST)) ? mesh.hosts() : route.hostnames();
    return hostnames.size() < 2
        ? hostnames
        : hostnames.stream().filter(name -> Hosts.overlap(host, name)).toList();
  }

  /**
   * The rules in order, or none when one of them has an error.
   *
   * @param snis null for routing by connection alone
   */
  private List<StreamRoute> routes(
      RouteObject route, boolean mesh, @Nullable List<String> snis, int port) {
    List<StreamRoute> routes = new ArrayList<>();
    List<Node> rules = route.rules();
    try {
      for (int i = 0; i < rules.size(); i++) {
        Path path = RouteObject.RULES.index(i);
        Origin origin = Origin.rule(route.key(), path, i);
        List<Node> refs = Fields.items(rules.get(i), "backendRefs");
        List<HttpRoute.WeightedDestination> destinations =
            Backends.totalWeight(refs) == 0
                ? List.of(NOWHERE)
                : backends.weighted(
                    new Backends.Rule(route, mesh, origin), refs, path.key("backendRefs"));
        routes.add(new StreamRoute(match(snis, port, origin), destinations, origin));
      }
    } catch (RuleRefused refused) {
      notes.add(
          new Ignored(
              new Origin(route.key(), refused.path(), -1, -1, null),
              "R-GWAPI-14",
              "all rules of the route are dropped: " + refused.reason()));
      return List.of();
    }
    return routes;
  }

  private static List<StreamRoute.Match> match(
      @Nullable List<String> snis, int port, Origin origin) {
    if (snis == null && port == 0) {
      return List.of();
    }
    List<String> names = snis == null ? List.of() : snis;
    return List.of(new StreamRoute.Match(names, List.of(), port, Map.of(), "", List.of(), origin));
  }

  private static VirtualService tls(
      RouteObject route, Parent parent, String host, List<StreamRoute> routes) {
    return view(route, parent, host, routes, List.of());
  }

  private static VirtualService tcp(
      RouteObject route, Parent parent, String host, List<StreamRoute> routes) {
    return view(route, parent, host, List.of(), routes);
  }

  private static VirtualService view(
      RouteObject route, Parent parent, String host, List<StreamRoute> tls, List<StreamRoute> tcp) {
    return new VirtualService(
        route.key(),
        route.created(),
        List.of(host),
        List.of(parent.gateway()),
        List.of(),
        List.of(),
        tls,
        tcp,
        VirtualService.Dialect.GATEWAY_API);
  }
}
