/**
 * Which requests can reach which route entry: for each entry an example request, or the proof that
 * the entries before it leave nothing. Start at {@link pharos.config.routing.reach.Reachability}.
 */
@NullMarked
package pharos.config.routing.reach;

import org.jspecify.annotations.NullMarked;
