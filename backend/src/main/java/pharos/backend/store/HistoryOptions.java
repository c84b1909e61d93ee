package pharos.backend.store;

import java.time.Duration;

/**
 * How much of the past is kept.
 *
 * @param interval between two frames
 * @param fineRetention how long every frame is kept
 * @param retention how long one frame per minute is kept
 * @param maxBytes of all frames together, indexes included
 */
public record HistoryOptions(
    Duration interval, Duration fineRetention, Duration retention, long maxBytes) {}
