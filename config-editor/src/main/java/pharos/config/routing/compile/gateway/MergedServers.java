package pharos.config.routing.compile.gateway;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import pharos.config.istio.Selectors;
import pharos.config.istio.view.Gateway;
import pharos.config.istio.view.ObjectOrder;
import pharos.config.routing.effective.Ignored;

/** The Gateways that a proxy applies, and which of their servers get a place (section 4.2). */
final class MergedServers {
  private static final int PRIVILEGED = 1024;

  private final GatewayContext context;
  private final boolean unprivileged;
  private final ListeningPorts ports;
  private final Map<Place, List<BoundServer>> byPlace =
      new TreeMap<>(Comparator.comparingInt(Place::port).thenComparing(Place::bind));
  private final Map<String, List<BoundServer>> byRouteName = new LinkedHashMap<>();
  private final Map<Place, HostsUsed> tlsHosts = new HashMap<>();
  private final List<Gateway> applied = new ArrayList<>();
  private final List<Ignored> ignored = new ArrayList<>();

  /** Where a server listens; what listens elsewhere never conflicts (R-GW-8). */
  record Place(int port, String bind) {}

  /**
   * Merges what applies.
   *
   * @param gateways all of the mesh
   * @param managed names of those that Gateway API made with pods of their own (R-GW-4)
   */
  MergedServers(GatewayContext context, Collection<Gateway> gateways, Set<String> managed) {
    this.context = context;
    this.unprivileged = context.registry().unprivileged(context.proxy());
    this.ports = new ListeningPorts(context.proxy(), context.registry());
    List<Gateway> selected =
        gateways.stream().filter(this::applies).sorted(ObjectOrder.GATEWAYS).toList(); // R-GW-3
    boolean strict = selected.stream().anyMatch(gateway -> managed.contains(gateway.name()));
    for (Gateway gateway : selected) {
      if (strict
          && gateway.services() == null
          && !gateway.key().namespace().equals(context.proxy().namespace())) {
        gateway
            .servers()
            .forEach(server ->
                refuse(
                    server,
                    "R-GW-4",
                    "pods of a managed gateway apply no Gateway of another namespace"));
      } else {
        applied.add(gateway);
        gateway.servers().forEach(server -> add(gateway, server));
      }
    }
  }

  /** R-GW-1, R-GWAPI-1. */
  private boolean applies(Gateway gateway) {
    return gateway.services() == null
        ? Selectors.matches(gateway.selector(), context.proxy().labels())
        : ports.selectedBy(gateway.services());
  }

  private void add(Gateway gateway, Gateway.Server server) {
    List<Integer> listening = ports.of(gateway, server.port());
    if (listening.isEmpty()) {
      refuse(server, "R-GW-6", "no Service of the gateway has port %d".formatted(server.port()));
    }
    for (int port : listening) {
      if (port > 0 && port < PRIVILEGED && unprivileged) {
        refuse(
            server,
            "R-GW-7",
            "the pod may not listen on port %d (expected: a Service whose targetPort is at least %d)"
                .formatted(port, PRIVILEGED));
      } else {
        add(new BoundServer(gateway, server, port));
      }
    }
  }

  private void add(BoundServer bound) {
    Place place = new Place(bound.port(), bound.server().bind());
    if (bound.server().tls() != null) {
      List<String> duplicates =
          tlsHosts.computeIfAbsent(place, _ -> new HostsUsed()).take(bound.server().hosts());
      if (!duplicates.isEmpty()) {
        refuse(
            bound.server(),
            "R-GW-11",
            "an older TLS server on port %d has host %s already, so this whole server counts for "
                    .formatted(bound.port(), String.join(", ", duplicates))
                + "nothing");
        return;
      }
    }
    List<BoundServer> there = byPlace.getOrDefault(place, List.of());
    BoundServer plain = there.stream().filter(other -> !other.tls()).findFirst().orElse(null);
    String name = bound.routeName();
    if (plain != null && !(plain.plainHttp() && bound.plainHttp())) {
      refuse(
          bound.server(),
          "R-GW-10",
          "%s on port %d cannot join %s, which was there first"
              .formatted(bound.server().protocol(), bound.port(), plain.server().origin()));
      return;
    }
    if (name != null && !bound.plainHttp() && used(there, name)) {
      refuse(
          bound.server(),
          "R-GW-10",
          "another HTTPS server of this Gateway has the same port number and name");
      return;
    }
    byPlace.computeIfAbsent(place, _ -> new ArrayList<>()).add(bound);
    if (name != null) {
      byRouteName.computeIfAbsent(name, _ -> new ArrayList<>()).add(bound);
    }
  }

  private static boolean used(List<BoundServer> there, String name) {
    return there.stream().anyMatch(other -> name.equals(other.routeName()));
  }

  private void refuse(Gateway.Server server, String rule, String reason) {
    ignored.add(
        new Ignored(
            server.origin(),
            rule,
            reason,
            server.hosts().stream().map(host -> host.substring(host.indexOf('/') + 1)).toList()));
  }

  /** Servers by where they listen. */
  Map<Place, List<BoundServer>> byPlace() {
    return byPlace;
  }

  /** Names of route configurations. */
  List<String> routeNames() {
    return byRouteName.keySet().stream().sorted().toList();
  }

  /** Servers of a route configuration in merge order, or null when there is none of the name. */
  @Nullable List<BoundServer> byRouteName(String name) {
    return byRouteName.get(name);
  }

  /** Gateways that the proxy applies, oldest first. */
  List<Gateway> applied() {
    return applied;
  }

  /** Servers without a place. */
  List<Ignored> ignored() {
    return ignored;
  }
}
