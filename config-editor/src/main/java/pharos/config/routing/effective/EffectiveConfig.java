package pharos.config.routing.effective;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import pharos.config.routing.Proxy;

/**
 * What one proxy was told, and what was left out of it.
 *
 * @param proxy whose configuration it is; proxies with the same answers share one
 * @param listeners for outbound calls (sidecar), for clients (gateway), for services (waypoint)
 * @param routeConfigurations by name
 * @param clusters all that exist; a name a route uses may be missing (R-OB-42)
 * @param ignored objects and parts of objects that take no part, and why
 * @param namespaceDefaults what unqualified service names mean to clients of this proxy
 */
public record EffectiveConfig(
    Proxy proxy,
    Listeners listeners,
    Map<String, RouteConfiguration> routeConfigurations,
    Clusters clusters,
    List<Ignored> ignored,
    Addresses namespaceDefaults) {
  public EffectiveConfig {
    routeConfigurations = Map.copyOf(routeConfigurations);
    ignored = List.copyOf(ignored);
  }

  /**
   * Clusters by name. May make a cluster when it is first asked for; equal calls, equal answers.
   */
  public interface Clusters {
    /** The cluster, or null when the proxy has none of that name. */
    @Nullable Cluster find(String name);

    /** Names of all clusters, sorted. */
    List<String> names();
  }

  /** Resolves an authority as the client's DNS would. */
  @FunctionalInterface
  public interface Addresses {
    /**
     * The address that a name stands for on a port.
     *
     * @param name Host without its port, as sent
     * @return an IP; null when the name is no service or has no address of its own
     */
    @Nullable String resolve(String name, int port);
  }
}
