/**
 * What a gateway proxy is told: which Gateways it applies, on which ports, and the routes of their
 * servers (section 4 of the routing semantics). Start at {@link
 * pharos.config.routing.compile.gateway.GatewayConfigs}.
 */
@NullMarked
package pharos.config.routing.compile.gateway;

import org.jspecify.annotations.NullMarked;
