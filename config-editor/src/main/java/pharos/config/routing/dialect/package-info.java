/**
 * What Gateway API objects and Ingresses come to: the views that user-written Istio objects also
 * give. Made by {@code pharos.config.routing.gatewayapi} and {@code pharos.config.routing.ingress},
 * read by {@code pharos.config.routing.compile}. Start at {@link
 * pharos.config.routing.dialect.Translated}.
 */
@NullMarked
package pharos.config.routing.dialect;

import org.jspecify.annotations.NullMarked;
