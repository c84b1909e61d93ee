/**
 * The space of requests: what a request is made of (path, method, headers, query parameters, …),
 * conditions on these parts, and whether some request meets all conditions of one rule and none of
 * others. Works on the structure of the conditions, never by probing. Start at {@link
 * pharos.config.routing.space.RegionSearch}.
 */
@NullMarked
package pharos.config.routing.space;

import org.jspecify.annotations.NullMarked;
