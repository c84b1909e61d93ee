/**
 * Typed views of the objects that routing reads: a {@link pharos.config.istio.view.VirtualService},
 * a Gateway, a DestinationRule … as istiod sees them after decoding, with the path of each rule in
 * its object. Other dialects (Gateway API, Ingress) are translated into the same views.
 */
@NullMarked
package pharos.config.istio.view;

import org.jspecify.annotations.NullMarked;
