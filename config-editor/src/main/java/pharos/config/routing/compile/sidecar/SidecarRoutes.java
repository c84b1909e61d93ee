package pharos.config.routing.compile.sidecar;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import pharos.config.routing.compile.RouteConfigs;
import pharos.config.routing.compile.scope.EgressListener;
import pharos.config.routing.effective.RouteConfiguration;
import pharos.config.routing.effective.RouteConfigurations;
import pharos.config.routing.effective.VirtualHost;

/** The route configurations of a sidecar, made when they are asked for. */
final class SidecarRoutes implements RouteConfigurations {
  /** R-OB-7: of the mesh's HTTP proxy listener. */
  static final String HTTP_PROXY = "http_proxy";

  private final SidecarContext context;
  private final SidecarListeners listeners;
  private final UnknownTraffic unknown;
  private final Map<String, RouteConfiguration> made = new ConcurrentHashMap<>();
  private final Map<Integer, SidecarHosts.Built> hosts = new ConcurrentHashMap<>();

  SidecarRoutes(SidecarContext context, SidecarListeners listeners) {
    this.context = context;
    this.listeners = listeners;
    this.unknown = new UnknownTraffic(context.scope());
  }

  @Override
  public List<String> names() {
    return listeners.routeNames();
  }

  @Override
  public @Nullable RouteConfiguration find(String name) {
    RouteConfiguration known = made.get(name);
    if (known != null) {
      return known;
    }
    RouteConfiguration built = build(name);
    if (built == null) {
      return null;
    }
    RouteConfiguration other = made.putIfAbsent(name, built);
    return other == null ? built : other;
  }

  private @Nullable RouteConfiguration build(String name) {
    if (name.equals(UnknownTraffic.BY_NAME)) {
      return listeners.fallback().chains().isEmpty()
          ? null
          : RouteConfigs.of(name, List.of(unknown.host()), List.of());
    }
    if (name.equals(HTTP_PROXY)) {
      return listeners.uses(context.mesh().httpProxyPort(), name) ? anyPort(name, 0) : null;
    }
    int colon = name.lastIndexOf(':');
    int port = number(name.substring(colon + 1));
    if (port < 0) {
      return listeners.uses(0, name) ? anyPort(name, 0) : null; // a Unix socket
    }
    if (!listeners.uses(port, name)) {
      return null;
    }
    if (colon >= 0) {
      return alone(name, port);
    }
    EgressListener answering = context.scope().answering(port, name);
    return answering != null && answering.anyPort() ? anyPort(name, port) : shared(name, port);
  }

  private static int number(String text) {
    return !text.isEmpty() && text.length() < 6 && text.chars().allMatch(Character::isDigit)
        ? Integer.parseInt(text)
        : -1;
  }

  private RouteConfiguration shared(String name, int port) {
    return withUnknown(name, hosts(port));
  }

  /** R-OB-24: unknown Hosts have a virtual host of their own; known ones never fall to it. */
  private RouteConfiguration withUnknown(String name, SidecarHosts.Built known) {
    List<VirtualHost> all = new ArrayList<>(known.hosts().values());
    all.add(unknown.host());
    return RouteConfigs.of(name, all, known.ignored());
  }

  /** R-OB-13: HTTP proxies and Unix sockets serve all ports. */
  private RouteConfiguration anyPort(String name, int listenerPort) {
    EgressListener listener = context.scope().answering(listenerPort, name);
    return withUnknown(
        name,
        listener == null
            ? SidecarHosts.Built.NOTHING
            : new SidecarHosts(context, listener, 0).build());
  }

  /** R-OB-8: one service whatever the Host, and nothing for unknown ones. */
  private RouteConfiguration alone(String name, int port) {
    SidecarHosts.Built built = hosts(port);
    VirtualHost own = built.hosts().get(name);
    if (own != null) {
      return RouteConfigs.of(name, List.of(HostDraft.alone(own)), List.of());
    }
    List<VirtualHost> all = List.copyOf(built.hosts().values());
    // Its names all went to other hosts. istiod then sends every host of the port.
    return RouteConfigs.of(
        name, all.size() == 1 ? List.of(HostDraft.alone(all.getFirst())) : all, List.of());
  }

  private SidecarHosts.Built hosts(int port) {
    SidecarHosts.Built known = hosts.get(port);
    return known == null ? hosts.computeIfAbsent(port, this::buildHosts) : known;
  }

  private SidecarHosts.Built buildHosts(int port) {
    EgressListener listener = context.scope().answering(port, "");
    return listener == null
        ? SidecarHosts.Built.NOTHING
        : new SidecarHosts(context, listener, port).build();
  }
}
