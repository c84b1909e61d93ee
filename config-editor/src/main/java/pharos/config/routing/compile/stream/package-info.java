/**
 * From {@code tcp} and {@code tls} rules to filter chains (section 6 of the routing semantics).
 * Start at {@link pharos.config.routing.compile.stream.SidecarStreams}.
 */
@NullMarked
package pharos.config.routing.compile.stream;

import org.jspecify.annotations.NullMarked;
