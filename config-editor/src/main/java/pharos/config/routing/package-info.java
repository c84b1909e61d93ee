/**
 * The routing engine: what a proxy of the mesh does with one request, and why (the rules are those
 * of the routing semantics, cited as R-HTTP-41 and the like). Two halves: {@code compile} turns
 * resources and a proxy into its {@link pharos.config.routing.effective.EffectiveConfig}, {@code
 * decide} puts a request through it. Start at {@link pharos.config.routing.Decision}.
 */
@NullMarked
package pharos.config.routing;

import org.jspecify.annotations.NullMarked;
