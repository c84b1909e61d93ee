/**
 * What a sidecar is told about outbound calls (section 3 of the routing semantics). Start at {@link
 * pharos.config.routing.compile.sidecar.SidecarConfigs}.
 */
@NullMarked
package pharos.config.routing.compile.sidecar;

import org.jspecify.annotations.NullMarked;
