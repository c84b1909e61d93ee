/**
 * The service graph and its nouns. Values and pure functions only: no clock, no network, no
 * logging. Start reading at {@link pharos.graph.TrafficGraph}; {@code sample} holds what a source
 * supplies, {@code build} turns it into a graph, {@code health} judges it, {@code view} filters,
 * groups and compares it.
 */
@NullMarked
package pharos.graph;

import org.jspecify.annotations.NullMarked;
