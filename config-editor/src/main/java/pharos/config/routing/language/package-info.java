/**
 * Sets of texts that conditions on requests describe, as automata: whether some text satisfies
 * several conditions and fails others, and which. Texts are printable ASCII, which is what paths,
 * hosts and nearly all header values are. Start at {@link
 * pharos.config.routing.language.WordSearch}.
 */
@NullMarked
package pharos.config.routing.language;

import org.jspecify.annotations.NullMarked;
