/**
 * Checks of what VirtualServices are bound to: hosts and whom they mean, delegates, and who sees
 * them. Start at {@link pharos.config.check.traffic.binding.BindingMessage}.
 */
@NullMarked
package pharos.config.check.traffic.binding;

import org.jspecify.annotations.NullMarked;
