/**
 * Thresholds in, judgement out, with the reason in words. Pure; never measures. Start at {@link
 * pharos.graph.health.HealthPolicy}.
 */
@NullMarked
package pharos.graph.health;

import org.jspecify.annotations.NullMarked;
