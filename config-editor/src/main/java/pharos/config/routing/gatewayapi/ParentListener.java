package pharos.config.routing.gatewayapi;

import java.util.List;
import java.util.Set;
import pharos.config.istio.view.Gateway;
import pharos.config.resource.ResourceKey;

/**
 * A listener that routes can attach to.
 *
 * @param gateway the Gateway object
 * @param internalName of the view: {@code namespace/gateway~…~listener}
 * @param section its name
 * @param protocol as written
 * @param hostname as written; empty for any
 * @param serverHosts {@code namespace/hostname}, one per namespace that may attach (R-GWAPI-3)
 * @param kinds of routes that may attach
 * @param mode of TLS; PASSTHROUGH also without TLS
 */
record ParentListener(
    ResourceKey gateway,
    String internalName,
    String section,
    int port,
    String protocol,
    String hostname,
    List<String> serverHosts,
    Set<ResourceKey.Kind> kinds,
    Gateway.Mode mode) {
  ParentListener {
    serverHosts = List.copyOf(serverHosts);
    kinds = Set.copyOf(kinds);
  }
}
