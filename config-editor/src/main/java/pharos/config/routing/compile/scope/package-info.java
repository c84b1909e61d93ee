/**
 * What a proxy knows: visible services and VirtualServices, narrowed by Sidecars (sections 1.3, 1.4
 * and 2.1 of the routing semantics). Start at {@link pharos.config.routing.compile.scope.Scopes}.
 */
@NullMarked
package pharos.config.routing.compile.scope;

import org.jspecify.annotations.NullMarked;
