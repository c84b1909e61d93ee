package pharos.config.routing.compile;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import pharos.config.routing.effective.Ignored;
import pharos.config.routing.effective.RouteConfiguration;
import pharos.config.routing.effective.RouteEntry;
import pharos.config.routing.effective.VirtualHost;

/** Route configurations, with what makes Envoy refuse one. */
public final class RouteConfigs {
  private RouteConfigs() {}

  /**
   * A route configuration of these hosts.
   *
   * @param ignored what has no virtual host and might have had one
   */
  public static RouteConfiguration of(String name, List<VirtualHost> hosts, List<Ignored> ignored) {
    return new RouteConfiguration(name, hosts, rejection(hosts), ignored);
  }

  /** R-ENV-43, R-ENV-4: one entry, or domain, that Envoy cannot take spoils the configuration. */
  private static @Nullable String rejection(List<VirtualHost> hosts) {
    Map<String, VirtualHost> domains = new HashMap<>();
    for (VirtualHost host : hosts) {
      for (String domain : host.domains()) {
        VirtualHost other = domains.putIfAbsent(domain, host);
        if (other != null) {
          return "virtual hosts %s and %s both have domain %s"
              .formatted(other.name(), host.name(), domain);
        }
      }
      for (RouteEntry entry : host.routes()) {
        if (entry.action() instanceof RouteEntry.Invalid invalid) {
          return "virtual host %s, %s: %s"
              .formatted(
                  host.name(),
                  entry.origin() == null ? entry.name() : entry.origin(),
                  invalid.reason());
        }
      }
    }
    return null;
  }
}
