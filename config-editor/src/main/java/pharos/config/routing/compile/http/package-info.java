/**
 * From the HTTP rules of a VirtualService to route entries (section 5 of the routing semantics):
 * the same for sidecars, gateways and waypoints, which differ in their {@link
 * pharos.config.routing.compile.http.RouteContext}. Start at {@link
 * pharos.config.routing.compile.http.RouteEntries}.
 */
@NullMarked
package pharos.config.routing.compile.http;

import org.jspecify.annotations.NullMarked;
