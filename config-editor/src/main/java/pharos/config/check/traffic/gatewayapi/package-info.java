/**
 * Checks of Gateway API objects and of Kubernetes Services: references that lead nowhere, ports and
 * protocols that are not what they seem. Start at {@link
 * pharos.config.check.traffic.gatewayapi.GatewayApiMessage}.
 */
@NullMarked
package pharos.config.check.traffic.gatewayapi;

import org.jspecify.annotations.NullMarked;
