package pharos.config.routing.effective;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A route configuration: virtual hosts, of which exactly one answers a request (R-ENV-4).
 *
 * @param name {@code 9080}, {@code http.8080}, {@code https.443.https.gw.ns}, …
 * @param rejected why the proxy refuses it (R-ENV-43), or null
 * @param ignored what would have had a virtual host here and has none, with its hosts
 */
public record RouteConfiguration(
    String name, List<VirtualHost> virtualHosts, @Nullable String rejected, List<Ignored> ignored) {
  public RouteConfiguration {
    virtualHosts = List.copyOf(virtualHosts);
    ignored = List.copyOf(ignored);
  }

  /** One where nothing is missing. */
  public RouteConfiguration(
      String name, List<VirtualHost> virtualHosts, @Nullable String rejected) {
    this(name, virtualHosts, rejected, List.of());
  }
}
