package pharos.config.routing.compile.sidecar;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import pharos.config.istio.HostNames;
import pharos.config.istio.Hosts;
import pharos.config.istio.PortProtocol;
import pharos.config.istio.view.Destination;
import pharos.config.istio.view.HeaderOperations;
import pharos.config.istio.view.MeshService;
import pharos.config.istio.view.Origin;
import pharos.config.istio.view.VirtualService;
import pharos.config.istio.view.VirtualService.Dialect;
import pharos.config.routing.compile.ClusterNames;
import pharos.config.routing.compile.http.ProxySources;
import pharos.config.routing.compile.http.RetryPolicies;
import pharos.config.routing.compile.http.RouteContext;
import pharos.config.routing.compile.http.RouteEntries;
import pharos.config.routing.compile.scope.EgressListener;
import pharos.config.routing.compile.sidecar.VirtualHostDomains.Domains;
import pharos.config.routing.effective.Ignored;
import pharos.config.routing.effective.RouteEntry;
import pharos.config.routing.effective.RouteMatch;
import pharos.config.routing.effective.VirtualHost;

/**
 * The virtual hosts of one port: those of VirtualServices in scope order, then those of services
 * that have none (R-OB-14 to R-OB-20).
 */
final class SidecarHosts implements RouteContext.Destinations {
  private static final int HTTP_PORT = 80;

  private final SidecarContext context;
  private final EgressListener listener;
  private final int port;
  private final VirtualHostDomains domains;
  private final Map<String, MeshService> services = new LinkedHashMap<>();
  private final Set<String> owned = new LinkedHashSet<>();
  private final HostNamesTaken taken = new HostNamesTaken();
  private final Map<String, HostDraft> drafts = new LinkedHashMap<>();
  private final Map<String, List<Ignored>> early = new LinkedHashMap<>();

  /**
   * Virtual hosts of a port.
   *
   * @param port 0 when any port may be meant: HTTP proxies and Unix sockets
   */
  SidecarHosts(SidecarContext context, EgressListener listener, int port) {
    this.context = context;
    this.listener = listener;
    this.port = port;
    this.domains = context.domains();
    // R-OB-16, aliases that declare the port among them (R-OB-27); R-HTTP-41: destinations are
    // looked up among these, reduced to this port.
    for (MeshService service : port == 0 ? listener.services() : listener.services(port)) {
      MeshService.Port own = service.port(port);
      services.put(service.host(), own == null ? service : service.withPorts(List.of(own)));
    }
  }

  private record Routes(
      int port,
      List<String> literals,
      List<MeshService> services,
      List<RouteEntry> entries,
      @Nullable VirtualService owner,
      List<Ignored> ignored) {}

  /** What a port comes to: its virtual hosts by name, and remarks on hosts that have none. */
  record Built(Map<String, VirtualHost> hosts, List<Ignored> ignored) {
    static final Built NOTHING = new Built(Map.of(), List.of());

    Built {
      hosts = Collections.unmodifiableMap(new TreeMap<>(hosts)); // R-OB-21
      ignored = List.copyOf(ignored);
    }
  }

  Built build() {
    List<Routes> all = new ArrayList<>();
    for (VirtualService one : candidates()) {
      add(one, all);
    }
    for (MeshService service : services.values()) {
      if (!owned.contains(service.host()) && service.alias().isEmpty()) { // R-OB-26, R-GWAPI-26
        addDefaults(service, all);
      }
    }
    for (Routes routes : all) {
      for (MeshService service : routes.services()) {
        taken.reserve(service.host());
      }
    }
    all.forEach(this::place);
    Map<String, VirtualHost> hosts = new TreeMap<>();
    drafts.forEach((name, draft) -> {
      if (draft.reachable()) {
        hosts.put(name, draft.finish());
      }
    });
    return new Built(hosts, early.values().stream().flatMap(List::stream).toList());
  }

  /** R-OB-18: off port 80 only VirtualServices that know one of the port's services. */
  private List<VirtualService> candidates() {
    return port == 0 || port == HTTP_PORT
        ? listener.virtualServices().all()
        : listener.virtualServices().forServices(services.keySet());
  }

  private void add(VirtualService one, List<Routes> all) {
    RouteEntries.Result made =
        RouteEntries.of(
            one,
            new RouteContext(
                port,
                false,
                new ProxySources(context.proxy(), VirtualService.MESH, port),
                this,
                context.defaultRetries()));
    if (made.entries().isEmpty()) {
      noRoutes(one, made);
      return;
    }
    List<String> literals = new ArrayList<>();
    List<MeshService> found = separate(one, literals);
    if (one.dialect() == Dialect.GATEWAY_API) {
      // R-VS-12
      found = found.stream().filter(service -> mayRoute(one, service)).toList();
      if (found.isEmpty()) {
        return;
      }
    }
    Map<Integer, List<MeshService>> byPort = new TreeMap<>();
    for (MeshService service : found) {
      for (MeshService.Port own : service.ports()) {
        if (routesRequests(own)) {
          byPort.computeIfAbsent(own.number(), _ -> new ArrayList<>()).add(service);
        }
      }
    }
    if (byPort.isEmpty() && port == HTTP_PORT) {
      byPort.put(HTTP_PORT, List.of());
    }
    byPort.forEach((number, there) -> {
      all.add(new Routes(number, literals, there, made.entries(), one, made.ignored()));
      there.forEach(service -> owned.add(service.host()));
    });
  }

  private boolean mayRoute(VirtualService one, MeshService service) {
    boolean may =
        service.namespace().equals(one.namespace())
            || context.proxy().namespace().equals(one.namespace());
    if (!may) {
      note(
          service.host(),
          new Ignored(
              Origin.of(one.key()),
              "R-VS-12",
              "is in namespace %s: a mesh route counts for clients of its own namespace or for "
                      .formatted(one.namespace())
                  + "services of it"));
    }
    return may;
  }

  private static boolean routesRequests(MeshService.Port port) {
    return port.protocol().isHttp() || port.protocol() == PortProtocol.UNSUPPORTED;
  }

  /** R-OB-17, R-OB-20, R-VS-10, R-VS-11: services the hosts stand for; the rest are literals. */
  private List<MeshService> separate(VirtualService one, List<String> literals) {
    Map<String, MeshService> found = new LinkedHashMap<>();
    List<String> wildcards = new ArrayList<>();
    for (String written : one.hosts()) {
      String host = written.toLowerCase(Locale.ROOT); // R-NAME-8
      if (HostNames.isWildcard(host)) {
        wildcards.add(host);
        continue;
      }
      MeshService service = services.get(host);
      if (service == null) {
        literals.add(host);
      } else {
        found.put(host, service);
      }
    }
    for (String wildcard : wildcards) {
      if (one.dialect() == Dialect.GATEWAY_API || !attach(one, wildcard, found)) {
        literals.add(wildcard);
      }
    }
    return List.copyOf(found.values());
  }

  private boolean attach(VirtualService one, String wildcard, Map<String, MeshService> found) {
    boolean any = false;
    for (MeshService service : services.values()) {
      if (Hosts.overlap(service.host(), wildcard)) {
        any = true;
        VirtualService owner = listener.virtualServices().owner(service.host());
        if (owner == one) {
          found.putIfAbsent(service.host(), service);
        } else if (!found.containsKey(service.host())) {
          note(
              service.host(),
              new Ignored(
                  Origin.of(one.key()),
                  "R-VS-10",
                  "its host %s gives way to %s, which names the service more precisely or earlier"
                      .formatted(wildcard, owner == null ? "another" : Origin.of(owner.key()))));
        }
      }
    }
    return any;
  }

  /** R-VS-9, R-VS-19, R-HTTP-10. */
  private void noRoutes(VirtualService one, RouteEntries.Result made) {
    for (String host : one.hosts()) {
      made.ignored().forEach(ignored -> note(host, ignored));
      note(
          host,
          new Ignored(
              Origin.of(one.key()),
              "R-VS-9",
              one.http().isEmpty()
                  ? "has no http rules"
                  : "none of its rules is for this proxy and port, so it counts as absent"));
    }
  }

  /** Keeps a remark for the virtual host of a name. */
  private void note(String host, Ignored remark) {
    String name = host.toLowerCase(Locale.ROOT);
    early
        .computeIfAbsent(name, _ -> new ArrayList<>())
        .add(new Ignored(remark.origin(), remark.rule(), remark.reason(), List.of(name)));
  }

  /** R-OB-15. */
  private void addDefaults(MeshService service, List<Routes> all) {
    for (MeshService.Port own : service.ports()) {
      if (routesRequests(own)) {
        RouteEntry entry =
            new RouteEntry(
                "default",
                RouteMatch.ANY,
                new RouteEntry.Forward(
                    List.of(
                        new RouteEntry.WeightedCluster(
                            ClusterNames.outbound(own.number(), "", service.host()),
                            1,
                            HeaderOperations.NONE,
                            "")),
                    false,
                    RouteEntry.Rewrite.NONE,
                    null,
                    RetryPolicies.of(null, context.defaultRetries()),
                    List.of(),
                    503,
                    context.hashKeys(service.host(), "", own.number())),
                HeaderOperations.NONE,
                null,
                null,
                null);
        all.add(
            new Routes(own.number(), List.of(), List.of(service), List.of(entry), null, List.of()));
      }
    }
  }

  private void place(Routes routes) {
    for (String host : routes.literals()) {
      String name = host.contains(":") ? "[" + host + "]" : host;
      List<String> wished = port == 0 ? List.of(name, name + ":" + routes.port()) : List.of(name);
      place(host, new Domains(wished, Set.of()), routes);
    }
    for (MeshService service : routes.services()) {
      place(service.host(), domains.of(service, routes.port(), port == 0), routes);
    }
  }

  /** R-OB-14, R-VS-8: the first that wants a name has it, each name by itself (R-VS-13). */
  private void place(String host, Domains wished, Routes routes) {
    String name = host + ":" + routes.port();
    HostDraft first = drafts.get(name);
    if (first != null) {
      if (routes.owner() != null) {
        first.ignore(
            new Ignored(
                Origin.of(routes.owner().key()),
                "R-VS-8",
                "%s comes first for this host, and a sidecar merges nothing"
                    .formatted(first.owner()),
                List.of(host)));
      }
      return;
    }
    List<Ignored> ignored = new ArrayList<>();
    List<Ignored> remarks = early.remove(host);
    if (remarks != null) {
      ignored.addAll(remarks);
    }
    ignored.addAll(routes.ignored());
    List<String> got = taken.take(wished);
    drafts.put(
        name,
        new HostDraft(
            name,
            routes.owner() == null
                ? "the default route"
                : Origin.of(routes.owner().key()).toString(),
            port == 0 && routes.port() != HTTP_PORT
                ? got.stream().filter(domain -> domain.contains(":")).toList() // R-OB-13
                : got,
            routes.entries(),
            ignored));
  }

  @Override
  public String cluster(Destination destination) {
    return ClusterNames.of(destination, services.get(destination.host()), port);
  }

  @Override
  public List<String> hashKeys(Destination destination) {
    return context.hashKeys(destination.host(), destination.subset(), destination.port());
  }
}
