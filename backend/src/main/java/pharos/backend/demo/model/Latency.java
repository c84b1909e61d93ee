package pharos.backend.demo.model;

import java.util.random.RandomGenerator;

/**
 * A log-normal distribution of durations, the usual shape of service times: most are near the
 * median, a few take several times as long.
 *
 * @param medianMillis half of the draws are below
 * @param sigma standard deviation of the logarithm; 0 makes every draw the median
 */
public record Latency(double medianMillis, double sigma) {
  private static final double STANDARD_NORMAL_P99 = 2.3263;

  public Latency {
    if (!(medianMillis >= 0) || !(sigma >= 0)) {
      throw new IllegalArgumentException(
          "latency with median %s ms and sigma %s (expected: both at least 0)"
              .formatted(medianMillis, sigma));
    }
  }

  /** The distribution with this median and 99th percentile, both in milliseconds. */
  public static Latency of(double medianMillis, double p99Millis) {
    return new Latency(medianMillis, Math.log(p99Millis / medianMillis) / STANDARD_NORMAL_P99);
  }

  /** One draw, in microseconds. */
  public long sampleMicros(RandomGenerator random) {
    return (long) (medianMillis * 1000 * Math.exp(sigma * random.nextGaussian()));
  }
}
