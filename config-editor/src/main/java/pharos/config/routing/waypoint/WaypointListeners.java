package pharos.config.routing.waypoint;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import pharos.config.istio.PortProtocol;
import pharos.config.istio.view.HttpRoute;
import pharos.config.istio.view.MeshService;
import pharos.config.istio.view.Origin;
import pharos.config.istio.view.StreamRoute;
import pharos.config.istio.view.VirtualService;
import pharos.config.routing.effective.Listener;

/** A listener per address and port of the services of a waypoint (R-AMB-4, R-AMB-9). */
final class WaypointListeners {
  private final Map<String, List<Listener.Chain>> chains = new LinkedHashMap<>();
  private final Map<String, Listener> shapes = new LinkedHashMap<>();
  private final WaypointServices services;

  WaypointListeners(WaypointServices services) {
    this.services = services;
  }

  /** Adds the listeners of a port of a service. */
  void add(MeshService service, MeshService.Port port, List<VirtualService> applying) {
    Listener.Target http =
        new Listener.Http(WaypointServices.httpCluster(service, port.number()), false);
    Listener.Target tcp = new Listener.Tcp(shares(service, port.number(), applying));
    for (String address : addresses(service)) {
      boolean network = address.contains("/");
      String bind = network ? Listener.ANY_ADDRESS : address;
      List<String> destinations = network ? List.of(address) : List.of();
      boolean sniffed = port.protocol() == PortProtocol.UNSUPPORTED;
      if (WaypointServices.readsHttp(port)) {
        add(
            bind,
            port,
            new Listener.Match(
                List.of(),
                destinations,
                sniffed ? Listener.Protocol.PLAINTEXT_HTTP : Listener.Protocol.ANY),
            http,
            service);
      }
      if (WaypointServices.readsTcp(port)) {
        add(
            bind,
            port,
            new Listener.Match(List.of(), destinations, Listener.Protocol.ANY),
            tcp,
            service);
      }
    }
  }

  /** A service without an address is found by its host, as clients' proxies name it. */
  static List<String> addresses(MeshService service) {
    return service.addresses().isEmpty() ? List.of(service.host()) : service.addresses();
  }

  private void add(
      String bind,
      MeshService.Port port,
      Listener.Match match,
      Listener.Target target,
      MeshService service) {
    String name = Listener.name(bind, port.number());
    shapes.putIfAbsent(name, new Listener(name, bind, port.number(), List.of(), null, null));
    chains
        .computeIfAbsent(name, _ -> new ArrayList<>())
        .add(new Listener.Chain(match, target, Origin.of(service.key())));
  }

  private List<Listener.Share> shares(
      MeshService service, int port, List<VirtualService> applying) {
    @Nullable StreamRoute rule = WaypointRules.stream(applying, service, port);
    if (rule == null || rule.route().isEmpty()) {
      return List.of(new Listener.Share(WaypointServices.tcpCluster(service, port), 1));
    }
    if (rule.route().size() == 1) {
      return List.of(
          new Listener.Share(services.cluster(rule.route().getFirst().destination(), port), 1));
    }
    List<Listener.Share> shares = new ArrayList<>();
    for (HttpRoute.WeightedDestination destination : rule.route()) {
      if (destination.weight() > 0) {
        shares.add(
            new Listener.Share(
                services.cluster(destination.destination(), port), destination.weight()));
      }
    }
    return shares;
  }

  /** All listeners. */
  List<Listener> all() {
    List<Listener> all = new ArrayList<>();
    shapes.forEach((name, shape) ->
        all.add(
            new Listener(
                name,
                shape.address(),
                shape.port(),
                chains.getOrDefault(name, List.of()),
                null,
                null)));
    return all;
  }
}
