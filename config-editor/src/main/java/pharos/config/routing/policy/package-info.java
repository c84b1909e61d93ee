/**
 * Which DestinationRule a client sees for a service, what it is merged from, and which policy it
 * comes to for a port and a subset (sections 7.1 to 7.3 of the routing semantics). Values and pure
 * functions. Start at {@link pharos.config.routing.policy.RuleIndex}.
 */
@NullMarked
package pharos.config.routing.policy;

import org.jspecify.annotations.NullMarked;
