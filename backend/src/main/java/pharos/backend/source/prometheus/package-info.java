/**
 * Telemetry from anything that answers Prometheus' HTTP API: Prometheus, Thanos, Mimir,
 * VictoriaMetrics. Never builds PromQL from strings ({@link
 * pharos.backend.source.prometheus.PromQl} escapes) and never holds an answer as a tree. Start at
 * {@link pharos.backend.source.prometheus.PrometheusTelemetry}.
 */
@NullMarked
package pharos.backend.source.prometheus;

import org.jspecify.annotations.NullMarked;
