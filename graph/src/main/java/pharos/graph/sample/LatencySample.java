package pharos.graph.sample;

import java.util.Arrays;

/**
 * One histogram of {@code istio_request_duration_milliseconds} as rates, already summed over codes
 * and flags.
 *
 * @param upperBoundsMillis {@code le} of each bucket, ascending; the last is positive infinity
 * @param cumulativePerSecond rate of each bucket, cumulative as Prometheus counts, same length
 * @param sumPerSecond rate of {@code _sum}: milliseconds spent per second
 * @param countPerSecond rate of {@code _count}: requests per second
 */
@SuppressWarnings(
    "ArrayRecordComponent") // 20 buckets × 20,000 series: lists of boxed doubles would not fit
public record LatencySample(
    Reporter reporter,
    CallLabels call,
    Protocol protocol,
    double[] upperBoundsMillis,
    double[] cumulativePerSecond,
    double sumPerSecond,
    double countPerSecond) {

  public LatencySample {
    upperBoundsMillis = upperBoundsMillis.clone();
    cumulativePerSecond = cumulativePerSecond.clone();
    if (upperBoundsMillis.length != cumulativePerSecond.length) {
      throw new IllegalArgumentException(
          "histogram with %d bounds and %d buckets (expected: the same number)"
              .formatted(upperBoundsMillis.length, cumulativePerSecond.length));
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LatencySample that
        && reporter == that.reporter
        && call.equals(that.call)
        && protocol == that.protocol
        && Arrays.equals(upperBoundsMillis, that.upperBoundsMillis)
        && Arrays.equals(cumulativePerSecond, that.cumulativePerSecond)
        && sumPerSecond == that.sumPerSecond
        && countPerSecond == that.countPerSecond;
  }

  @Override
  public int hashCode() {
    return call.hashCode() * 31 + Arrays.hashCode(cumulativePerSecond);
  }
}
