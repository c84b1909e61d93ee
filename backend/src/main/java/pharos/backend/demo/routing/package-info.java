/**
 * Where the demo mesh's proxies send a request, by the Istio objects of the moment. Pure: objects
 * and a request in, a decision out. Start at {@link pharos.backend.demo.routing.RequestRouter};
 * {@link pharos.backend.demo.routing.ObjectRouter} reads the objects.
 */
@NullMarked
package pharos.backend.demo.routing;

import org.jspecify.annotations.NullMarked;
