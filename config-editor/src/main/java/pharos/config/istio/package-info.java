/**
 * Istio's rules about names, visibility, selection and protocols that checks and routing share.
 * Pure functions over resources. Start at {@link pharos.config.istio.Hosts}.
 */
@NullMarked
package pharos.config.istio;

import org.jspecify.annotations.NullMarked;
