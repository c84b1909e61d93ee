package pharos.config.routing.compile.sidecar;

import java.util.ArrayList;
import java.util.List;
import pharos.config.routing.effective.Ignored;
import pharos.config.routing.effective.RouteEntry;
import pharos.config.routing.effective.VirtualHost;

/** A virtual host while it is not known yet what else would have liked its place. */
final class HostDraft {
  private final String name;
  private final String owner;
  private final List<String> domains;
  private final List<RouteEntry> routes;
  private final List<Ignored> ignored;

  /**
   * A virtual host with a name that is free.
   *
   * @param owner for people: who gave the routes
   */
  HostDraft(
      String name,
      String owner,
      List<String> domains,
      List<RouteEntry> routes,
      List<Ignored> ignored) {
    this.name = name;
    this.owner = owner;
    this.domains = domains;
    this.routes = routes;
    this.ignored = new ArrayList<>(ignored);
  }

  String owner() {
    return owner;
  }

  void ignore(Ignored one) {
    ignored.add(one);
  }

  boolean reachable() {
    return !domains.isEmpty();
  }

  VirtualHost finish() {
    return new VirtualHost(name, domains, routes, false, ignored);
  }

  /** The same for a route configuration that is this host's alone (R-OB-8). */
  static VirtualHost alone(VirtualHost host) {
    return new VirtualHost(
        host.name(), List.of("*"), host.routes(), host.requireTls(), host.ignored());
  }
}
