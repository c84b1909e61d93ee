package pharos.config.routing.compile.sidecar;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import pharos.config.istio.PortProtocol;
import pharos.config.istio.view.MeshService;
import pharos.config.istio.view.MeshService.Registry;
import pharos.config.istio.view.Sidecar;
import pharos.config.routing.compile.ClusterNames;
import pharos.config.routing.compile.scope.EgressListener;
import pharos.config.routing.compile.stream.SidecarStreams;
import pharos.config.routing.compile.stream.StreamTargets;
import pharos.config.routing.effective.Cluster.Endpoint;
import pharos.config.routing.effective.Ignored;
import pharos.config.routing.effective.Listener;
import pharos.config.routing.effective.Listener.Chain;
import pharos.config.routing.effective.Listener.Match;
import pharos.config.routing.effective.Listeners;

/** The outbound listeners of a sidecar, port by port (R-OB-4 to R-OB-11, R-OB-31). */
final class SidecarListeners implements Listeners {
  /** Where intercepted connections arrive (R-OB-1). */
  static final int OUTBOUND_PORT = 15001;

  private static final String LOCAL = "127.0.0.1";
  private static final PortProtocol SNIFFED = PortProtocol.UNSUPPORTED;

  private final SidecarContext context;
  private final UnknownTraffic unknown;
  private final VirtualHostDomains domains;
  private final Map<Integer, List<Listener>> made = new ConcurrentHashMap<>();
  private final Map<Integer, List<Ignored>> ignored = new ConcurrentHashMap<>();

  SidecarListeners(SidecarContext context) {
    this.context = context;
    this.unknown = new UnknownTraffic(context.scope());
    this.domains = context.domains();
  }

  @Override
  public List<Integer> ports() {
    TreeSet<Integer> ports = new TreeSet<>(List.of(OUTBOUND_PORT));
    if (context.mesh().httpProxyPort() > 0) {
      ports.add(context.mesh().httpProxyPort());
    }
    for (EgressListener listener : context.scope().listeners()) {
      Sidecar.Port port = listener.port();
      if (port == null) {
        listener.ports().forEach(ports::add);
      } else {
        ports.add(port.number());
      }
    }
    ports.removeIf(port -> on(port).isEmpty());
    return List.copyOf(ports);
  }

  @Override
  public List<Listener> on(int port) {
    List<Listener> known = made.get(port);
    return known == null ? made.computeIfAbsent(port, this::build) : known;
  }

  /** Services, and rules, that found no place on the listeners that they are for (R-OB-9). */
  List<Ignored> ignored() {
    List<Ignored> all = new ArrayList<>();
    ports().forEach(port -> all.addAll(ignored.getOrDefault(port, List.of())));
    return all;
  }

  @Override
  public Listener fallback() {
    return unknown.listener();
  }

  private List<Listener> build(int port) {
    if (port == OUTBOUND_PORT) {
      // R-OB-1: a connection to the interception port itself would come back forever.
      Chain nowhere = new Chain(Match.ANY, StreamTargets.to(ClusterNames.BLACK_HOLE), null);
      return List.of(
          new Listener(
              Listener.name(Listener.ANY_ADDRESS, port),
              Listener.ANY_ADDRESS,
              port,
              List.of(nowhere),
              null,
              null));
    }
    Map<String, ListenerDraft> drafts = new LinkedHashMap<>();
    if (port > 0 && port == context.mesh().httpProxyPort()) {
      ListenerDraft proxy = new ListenerDraft(LOCAL, port, PortProtocol.HTTP_PROXY);
      proxy.http(SidecarRoutes.HTTP_PROXY);
      proxy.lock();
      drafts.put(LOCAL, proxy);
    }
    for (EgressListener listener : context.scope().listeners()) {
      Sidecar.Port own = listener.port();
      if (own == null) {
        drafts.values().forEach(ListenerDraft::lock); // R-OB-10
        for (MeshService service : listener.services(port)) {
          MeshService.Port servicePort = service.port(port);
          if (servicePort != null) {
            addService(listener, service, servicePort, drafts);
          }
        }
      } else if (own.number() == port) {
        PortProtocol protocol = PortProtocol.parse(own.protocol());
        for (MeshService service : listener.services()) {
          add(new Wish(listener, service, port, protocol, bind(listener)), drafts);
        }
      }
    }
    Map<String, Listener> byAddress = new TreeMap<>();
    List<Ignored> dropped = new ArrayList<>();
    drafts.forEach((address, draft) -> {
      byAddress.put(address, draft.finish(unknown.chain()));
      dropped.addAll(draft.ignored());
    });
    ignored.put(port, List.copyOf(dropped));
    return List.copyOf(byAddress.values());
  }

  /** R-OB-4: what a Sidecar binds; clients that dial the listener find it on the loopback. */
  private static String bind(EgressListener listener) {
    return listener.bind().isEmpty() && !listener.captured() ? LOCAL : listener.bind();
  }

  /** One service that wants to be on a listener. */
  private record Wish(
      EgressListener listener, MeshService service, int port, PortProtocol protocol, String bind) {}

  /** R-OB-31: headless services of opaque ports listen where their endpoints are. */
  private void addService(
      EgressListener listener,
      MeshService service,
      MeshService.Port port,
      Map<String, ListenerDraft> drafts) {
    String bind = bind(listener);
    Wish wish = new Wish(listener, service, port.number(), port.protocol(), bind);
    if (!bind.isEmpty() || !service.listensPerEndpoint(port)) {
      add(wish, drafts);
      return;
    }
    List<Endpoint> endpoints = context.registry().endpoints(service, port);
    if (endpoints.isEmpty()
        && service.registry() != Registry.KUBERNETES
        && service.selector().isEmpty()) {
      add(wish, drafts);
      return;
    }
    for (Endpoint endpoint : endpoints) {
      if (!context.proxy().addresses().contains(endpoint.address())
          && isAddress(endpoint.address())) {
        add(
            new Wish(listener, service, port.number(), port.protocol(), endpoint.address()),
            drafts);
      }
    }
  }

  /** A WorkloadEntry may have a host name instead. */
  private static boolean isAddress(String text) {
    return text.contains(":") || text.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9'));
  }

  private void add(Wish wish, Map<String, ListenerDraft> drafts) {
    MeshService service = wish.service();
    PortProtocol protocol = wish.protocol();
    if (!service.alias().isEmpty() || protocol == PortProtocol.UDP) {
      return; // R-OB-26, R-OB-2
    }
    if (!wish.bind().isEmpty()) {
      add(wish, wish.bind(), List.of(), drafts);
    } else if (protocol.isHttp() || service.addresses().isEmpty()) {
      add(wish, Listener.ANY_ADDRESS, List.of(), drafts);
    } else {
      for (String address : service.addresses()) {
        if (address.contains("/")) {
          add(wish, Listener.ANY_ADDRESS, List.of(address), drafts);
        } else {
          add(wish, address, List.of(), drafts);
        }
      }
    }
  }

  private void add(
      Wish wish, String address, List<String> subnets, Map<String, ListenerDraft> drafts) {
    ListenerDraft draft =
        drafts.computeIfAbsent(
            address, _ -> new ListenerDraft(address, wish.port(), wish.protocol()));
    if (!draft.accepts(wish.service(), wish.protocol())) {
      return;
    }
    if (!wish.protocol().isHttp()) {
      draft.streams(
          wish.service(),
          new SidecarStreams(
                  context.proxy(),
                  wish.service(),
                  wish.listener().virtualServices().overlapping(wish.service().host()),
                  context.scope(),
                  wish.port(),
                  wish.protocol(),
                  address,
                  subnets,
                  domains.serverNames(wish.service()))
              .chains());
    }
    if (wish.protocol().isHttp() || wish.protocol() == SNIFFED) {
      draft.http(routes(wish, address));
    }
  }

  /** R-OB-7. */
  private static String routes(Wish wish, String address) {
    if (wish.port() == 0) {
      return address;
    }
    return wish.protocol() == SNIFFED && !address.equals(Listener.ANY_ADDRESS)
        ? wish.service().host() + ":" + wish.port()
        : Integer.toString(wish.port());
  }

  /** Names of route configurations that listeners use. */
  List<String> routeNames() {
    TreeSet<String> names = new TreeSet<>();
    List<Listener> all = new ArrayList<>();
    ports().forEach(port -> all.addAll(on(port)));
    all.add(fallback());
    for (Listener listener : all) {
      for (Chain chain : listener.chains()) {
        if (chain.target() instanceof Listener.Http http) {
          names.add(http.routeConfiguration());
        }
      }
    }
    return List.copyOf(names);
  }

  /** Whether some listener of a port uses a route configuration. */
  boolean uses(int port, String name) {
    return on(port).stream()
        .flatMap(listener -> listener.chains().stream())
        .anyMatch(chain ->
            chain.target() instanceof Listener.Http http && http.routeConfiguration().equals(name));
  }
}
