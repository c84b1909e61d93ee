/**
 * Benchmarks of the graph. They measure and print; they never fail a build. Start at {@link
 * pharos.graph.bench.GraphBench}.
 */
@NullMarked
package pharos.graph.bench;

import org.jspecify.annotations.NullMarked;
