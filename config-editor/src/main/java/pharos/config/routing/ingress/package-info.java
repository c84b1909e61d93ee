/**
 * Kubernetes Ingresses of Istio's class as Gateways and VirtualServices, the way istiod reads them
 * (R-GW-40). Start at {@link pharos.config.routing.ingress.Ingresses}.
 */
@NullMarked
package pharos.config.routing.ingress;

import org.jspecify.annotations.NullMarked;
