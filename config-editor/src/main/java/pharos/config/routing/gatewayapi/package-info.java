/**
 * Kubernetes Gateway API objects as Istio's own: what istiod makes of Gateways, HTTPRoutes,
 * GRPCRoutes, TLSRoutes and TCPRoutes before the ordinary rules apply (section 9 of the routing
 * rules). A pure translation of a snapshot; files come without the defaults that an API server
 * fills in, so they are filled in here. Start at {@link
 * pharos.config.routing.gatewayapi.GatewayApi}.
 */
@NullMarked
package pharos.config.routing.gatewayapi;

import org.jspecify.annotations.NullMarked;
