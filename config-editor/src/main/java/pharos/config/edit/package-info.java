/**
 * Changes of objects as values: what a person means becomes operations on an object, which leave
 * everything else alone, and which are printed as patches and as an edit of the text that the
 * person sees. Pure. Start reading at {@link pharos.config.edit.ObjectEditor}.
 */
@NullMarked
package pharos.config.edit;

import org.jspecify.annotations.NullMarked;
