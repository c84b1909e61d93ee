/**
 * Samples in, graph out. Pure; never asks a source and never judges beyond calling {@code
 * pharos.graph.health}. Start at {@link pharos.graph.build.TrafficGraphs}.
 */
@NullMarked
package pharos.graph.build;

import org.jspecify.annotations.NullMarked;
