/** Benchmarks on generated meshes; {@code ./pharos bench check} runs them. */
@NullMarked
package pharos.config.bench;

import org.jspecify.annotations.NullMarked;
