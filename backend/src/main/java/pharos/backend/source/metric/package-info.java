/**
 * What both metric adapters know of Istio's standard metrics: names, labels, scope, and how rows
 * become samples. Never fetches anything and never merges two reporters. Start at {@link
 * pharos.backend.source.metric.SampleAssembly}.
 */
@NullMarked
package pharos.backend.source.metric;

import org.jspecify.annotations.NullMarked;
