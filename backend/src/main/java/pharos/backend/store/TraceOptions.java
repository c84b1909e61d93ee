package pharos.backend.store;

import java.time.Duration;

/**
 * How long traces are kept.
 *
 * @param retention after the start of a segment
 * @param maxBytes of all segments together, indexes included; the oldest hours go first
 */
public record TraceOptions(Duration retention, long maxBytes) {}
