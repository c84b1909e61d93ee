package pharos.backend.source.otlp;

import java.time.Duration;

/**
 * How much span intake may cost.
 *
 * @param maxBodyBytes of one request as it arrives
 * @param maxDecodedBytes of one request after decompression
 * @param maxRatio decoded bytes per byte that arrived: more is a bomb
 * @param maxConcurrent requests that are decoded at once; more are told to come back
 * @param maxSpans kept; the oldest make room
 * @param keep how long a span is kept
 */
public record IntakeLimits(
    int maxBodyBytes,
    int maxDecodedBytes,
    int maxRatio,
    int maxConcurrent,
    int maxSpans,
    Duration keep) {

  /** 8 MiB, 32 MiB, 100:1, 8 at once, 100,000 spans of 10 minutes. */
  public static final IntakeLimits DEFAULT =
      new IntakeLimits(8 << 20, 32 << 20, 100, 8, 100_000, Duration.ofMinutes(10));
}
