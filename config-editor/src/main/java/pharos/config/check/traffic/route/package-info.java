/**
 * Checks of the rules of VirtualServices: weights, timeouts, rewrites, faults, conditions. Start at
 * {@link pharos.config.check.traffic.route.RouteMessage}.
 */
@NullMarked
package pharos.config.check.traffic.route;

import org.jspecify.annotations.NullMarked;
