/**
 * The analyzers of istioctl, one class each, by their public names (analysis catalog, section 5).
 * The list is {@link pharos.config.check.istio.IstioChecks}.
 */
@NullMarked
package pharos.config.check.istio;

import org.jspecify.annotations.NullMarked;
