/**
 * Checks: what is wrong with a set of resources, before anything is applied. One class per check; a
 * check declares the kinds it reads, sees a whole {@link pharos.config.resource.Snapshot}, and
 * reports {@link pharos.config.check.Finding}s with stable codes. Start at {@link
 * pharos.config.check.Check}.
 */
@NullMarked
package pharos.config.check;

import org.jspecify.annotations.NullMarked;
