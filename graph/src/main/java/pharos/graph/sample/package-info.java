/**
 * What a telemetry source supplies: rates per labelled series, and what is known of the cluster. A
 * source translates labels and does no arithmetic between reporters; that is {@code
 * pharos.graph.build}'s work. Start at {@link pharos.graph.sample.Samples}.
 */
@NullMarked
package pharos.graph.sample;

import org.jspecify.annotations.NullMarked;
