/**
 * Checks of Gateways, Sidecars and ServiceEntries: servers that lose against others, egress hosts
 * that import nothing. Start at {@link pharos.config.check.traffic.gateway.GatewayMessage}.
 */
@NullMarked
package pharos.config.check.traffic.gateway;

import org.jspecify.annotations.NullMarked;
