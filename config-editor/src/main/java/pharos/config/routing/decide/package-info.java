/**
 * Puts a request through what a proxy was told: listener, filter chain, virtual host, route,
 * clusters (section 8 of the routing semantics), and says why. A configuration is made ready once
 * and then asked as often as wanted, by any thread. It must never compile resources: that is {@code
 * pharos.config.routing.compile}. Start at {@link pharos.config.routing.decide.Decider}.
 */
@NullMarked
package pharos.config.routing.decide;

import org.jspecify.annotations.NullMarked;
