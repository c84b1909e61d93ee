/**
 * What istiod tells one proxy, as plain data: listeners, route configurations, clusters. Everything
 * keeps where it came from. Made by {@code pharos.config.routing.compile}, read by {@code
 * pharos.config.routing.decide} and by the reachability analysis. Start at {@link
 * pharos.config.routing.effective.EffectiveConfig}.
 */
@NullMarked
package pharos.config.routing.effective;

import org.jspecify.annotations.NullMarked;
