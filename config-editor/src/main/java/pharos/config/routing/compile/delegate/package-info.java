/**
 * Root VirtualServices with the rules of their delegates put in (section 2.3 of the routing
 * semantics). Start at {@link pharos.config.routing.compile.delegate.Delegates}.
 */
@NullMarked
package pharos.config.routing.compile.delegate;

import org.jspecify.annotations.NullMarked;
