/**
 * What a sidecar is told about calls to its own pod. It routes little: a port, a protocol, one
 * route (R-VS-18). Start at {@link pharos.config.routing.compile.inbound.InboundConfigs}.
 */
@NullMarked
package pharos.config.routing.compile.inbound;

import org.jspecify.annotations.NullMarked;
