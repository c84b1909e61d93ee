/**
 * Ambient mode (section 10 of the routing rules): which services a waypoint serves, and what it is
 * told. Start at {@link pharos.config.routing.waypoint.WaypointBindings}.
 */
@NullMarked
package pharos.config.routing.waypoint;

import org.jspecify.annotations.NullMarked;
