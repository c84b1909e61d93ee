package pharos.config.routing.effective;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A route configuration: virtual hosts, of which exactly one answers a request (R-ENV-4).
 *
 * @param name {@code 9080}, {@code http.8080}, {@code https.443.https.gw.ns}, …
 * @param rejected why the proxy refuses it (R-ENV-43), or null
 */
public record RouteConfiguration(
    String name, List<VirtualHost> virtualHosts, @Nullable String rejected) {
  public RouteConfiguration {
    virtualHosts = List.copyOf(virtualHosts);
  }
}
