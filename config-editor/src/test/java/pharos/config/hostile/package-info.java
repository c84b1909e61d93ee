/**
 * Documents that somebody wrote to do harm, through the whole door: bytes, reader, every check.
 * {@code HostileDocumentsTest} proves that nothing breaks, {@code HostileBench} how long it takes.
 */
@NullMarked
package pharos.config.hostile;

import org.jspecify.annotations.NullMarked;
