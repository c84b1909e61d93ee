/**
 * The field catalogue: which fields every kind has, of which type, within which bounds, and what
 * each is for. The data are the {@code .schema} files beside this package's classes; {@link
 * pharos.config.schema.Catalogue} is where to start. Pure: it reads only its own resources.
 */
@NullMarked
package pharos.config.schema;

import org.jspecify.annotations.NullMarked;
