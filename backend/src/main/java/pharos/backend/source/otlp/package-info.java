/**
 * Intake of spans over OTLP/HTTP: decodes, keeps the proxies' spans of the last minutes in bounded
 * memory, and tells which calls they show. Never answers HTTP itself and never blocks on a reader.
 * Start at {@link pharos.backend.source.otlp.SpanIntake}.
 */
@NullMarked
package pharos.backend.source.otlp;

import org.jspecify.annotations.NullMarked;
