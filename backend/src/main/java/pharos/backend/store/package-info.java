/**
 * PostgreSQL: pool, migrations and one class per aggregate. All SQL of Pharos is below this
 * package. Knows the features' ports and nothing of HTTP. Start reading at {@link
 * pharos.backend.store.Database}.
 */
@NullMarked
package pharos.backend.store;

import org.jspecify.annotations.NullMarked;
