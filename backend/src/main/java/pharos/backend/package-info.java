/**
 * The process: command line, wiring, settings. Everything that does I/O lives below this package;
 * the arithmetic lives in {@code pharos.graph} and {@code pharos.config}. Start reading at {@link
 * pharos.backend.Main}.
 */
@NullMarked
package pharos.backend;

import org.jspecify.annotations.NullMarked;
