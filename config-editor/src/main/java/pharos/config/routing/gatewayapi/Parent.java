package pharos.config.routing.gatewayapi;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import pharos.config.istio.Hosts;
import pharos.config.istio.view.VirtualService;

/** What accepted a route. */
sealed interface Parent {

  /** The gateway that the VirtualService binds to. */
  String gateway();

  /** Whether the route may serve a host here. */
  Service serves(String routeHost);

  /** Whether a parent lets a route serve a host. */
  sealed interface Service {}

  /** It does. */
  record Served() implements Service {}

  /** It has no name in common with the host. */
  record Apart() implements Service {}

  /** The host belongs to another listener, by its host name. */
  record TakenBy(String hostname) implements Service {}

  /**
   * A listener of a Gateway.
   *
   * @param others host names of the other listeners of the same Gateway, port and protocol
   */
  record Listener(ParentListener listener, Set<String> others) implements Parent {
    public Listener {
      others = Set.copyOf(others);
    }

    @Override
    public String gateway() {
      return listener.internalName();
    }

    /**
     * Host name isolation (R-GWAPI-5): a wildcard listener leaves a host to another one whose host
     * name covers it and is at least as long.
     */
    @Override
    public Service serves(String routeHost) {
      String ours = listener.hostname();
      boolean overlaps = ours.isEmpty() || Hosts.overlap(routeHost, ours);
      if (!overlaps) {
        return new Apart();
      }
      if (!ours.isEmpty() && !ours.startsWith("*")) {
        return new Served();
      }
      return others.stream()
          .filter(other -> ours.length() <= other.length() && Hosts.subsetOf(routeHost, other))
          .max(Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder()))
          .<Service>map(TakenBy::new)
          .orElse(new Served());
    }
  }

  /**
   * A Service or ServiceEntry, for calls inside the mesh (R-GWAPI-25).
   *
   * @param hosts of the Service or ServiceEntry
   * @param port of the Service that the route is for; 0 for all
   */
  record Mesh(List<String> hosts, int port) implements Parent {
    public Mesh {
      hosts = List.copyOf(hosts);
    }

    @Override
    public String gateway() {
      return VirtualService.MESH;
    }

    @Override
    public Service serves(String routeHost) {
      return new Served();
    }
  }
}
