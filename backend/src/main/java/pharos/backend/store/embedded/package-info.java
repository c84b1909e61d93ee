/**
 * A PostgreSQL server of our own: unpacked, initialised, started on loopback, restarted when it
 * dies, and never left behind. Knows nothing of what is stored in it. Start reading at {@link
 * pharos.backend.store.embedded.EmbeddedPostgres}.
 */
@NullMarked
package pharos.backend.store.embedded;

import org.jspecify.annotations.NullMarked;
