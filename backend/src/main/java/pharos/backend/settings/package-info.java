/**
 * The configuration: what can be set, within which range, and what it is set to. Reads files and
 * environment once at start; nothing here changes afterwards. Start reading at {@link
 * pharos.backend.settings.Keys}.
 */
@NullMarked
package pharos.backend.settings;

import org.jspecify.annotations.NullMarked;
