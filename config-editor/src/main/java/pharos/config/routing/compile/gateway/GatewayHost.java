package pharos.config.routing.compile.gateway;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import pharos.config.routing.compile.gateway.GatewayRoutes.Binding;
import pharos.config.routing.compile.http.RouteEntries;
import pharos.config.routing.effective.Ignored;
import pharos.config.routing.effective.RouteEntry;
import pharos.config.routing.effective.VirtualHost;

/** A virtual host of a gateway while VirtualServices are merged into it (R-VS-14, R-VS-15). */
final class GatewayHost {
  private final String name;
  private final String domain;
  private final Set<Binding> appended = new HashSet<>();
  private final List<RouteEntry> routes = new ArrayList<>();
  private final List<Ignored> ignored = new ArrayList<>();
  private boolean requireTls;

  GatewayHost(String name, String domain) {
    this.name = name;
    this.domain = domain;
  }

  /** R-GW-20: once one server asks for it, it holds for the host. */
  void requireTls() {
    requireTls = true;
  }

  /** R-VS-16: a second time through another server of the same Gateway could change nothing. */
  void append(Binding binding, RouteEntries.Result entries) {
    if (appended.add(binding)) {
      routes.addAll(entries.entries());
      ignored.addAll(entries.ignored());
    }
  }

  /** R-VS-14, R-GW-17, R-HTTP-9: catch-alls go last, both groups keep their order. */
  VirtualHost finish() {
    List<RouteEntry> sorted = new ArrayList<>(routes.size());
    routes.stream().filter(entry -> !entry.match().catchAll()).forEach(sorted::add);
    routes.stream().filter(entry -> entry.match().catchAll()).forEach(sorted::add);
    return new VirtualHost(name, List.of(domain), sorted, requireTls, ignored);
  }
}
