/**
 * The command {@code pharos check}: reads files, asks {@code pharos.config.check}, prints. Start at
 * {@link pharos.backend.check.CheckCommand}.
 */
@NullMarked
package pharos.backend.check;

import org.jspecify.annotations.NullMarked;
