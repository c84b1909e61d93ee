/**
 * Traces as a feature: what spans say about themselves, how they are recorded, found and explained.
 * The model is OpenTelemetry's. Knows neither HTTP nor SQL: {@link
 * pharos.backend.traces.TraceStore} is the port to what keeps them. Start reading at {@link
 * pharos.backend.traces.Traces}.
 */
@NullMarked
package pharos.backend.traces;

import org.jspecify.annotations.NullMarked;
