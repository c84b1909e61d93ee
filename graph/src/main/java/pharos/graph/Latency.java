package pharos.graph;

import org.jspecify.annotations.Nullable;

/**
 * Duration of requests in milliseconds. A value that the buckets do not give is null.
 *
 * @param avg mean
 * @param p50 median, interpolated within its bucket as {@code histogram_quantile} does
 */
public record Latency(
    @Nullable Double avg, @Nullable Double p50, @Nullable Double p95, @Nullable Double p99) {}
