package pharos.config.routing.effective;

import java.util.List;
import org.jspecify.annotations.Nullable;
import pharos.config.routing.Proxy;

/**
 * What one proxy was told, and what was left out of it. Its parts are made when they are first
 * asked for and never change.
 *
 * @param proxy whose configuration it is; proxies with the same answers share one
 * @param listeners for outbound calls (sidecar), for clients (gateway), for services (waypoint)
 * @param routes route configurations by name
 * @param clusters all that exist; a name a route uses may be missing (R-OB-42)
 * @param ignored objects and parts of objects that take no part in anything, and why; what takes no
 *     part in one virtual host stands there
 * @param addresses what service names mean to clients of this proxy
 */
public record EffectiveConfig(
    Proxy proxy,
    Listeners listeners,
    RouteConfigurations routes,
    Clusters clusters,
    IgnoredParts ignored,
    Addresses addresses) {

  /**
   * Clusters by name. May make a cluster when it is first asked for; equal calls, equal answers.
   */
  public interface Clusters {
    /** The cluster, or null when the proxy has none of that name. */
    @Nullable Cluster find(String name);

    /** Names of all clusters, sorted. */
    List<String> names();
  }

  /** What takes no part. */
  @FunctionalInterface
  public interface IgnoredParts {
    /** Everything, by object and place. */
    List<Ignored> all();
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
