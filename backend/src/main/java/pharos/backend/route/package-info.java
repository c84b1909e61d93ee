/**
 * What the mesh would do with requests, as a command ({@code pharos route}) and as JSON. The
 * deciding is {@code pharos.config.routing.decide}. Start at {@link
 * pharos.backend.route.RouteCommand}.
 */
@NullMarked
package pharos.backend.route;

import org.jspecify.annotations.NullMarked;
