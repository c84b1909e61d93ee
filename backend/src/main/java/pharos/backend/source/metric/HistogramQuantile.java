package pharos.backend.source.metric;

import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** PromQL's {@code histogram_quantile} over cumulative buckets. */
final class HistogramQuantile {
  private HistogramQuantile() {}

  /**
   * The value below which {@code share} of the observations lie, interpolated within its bucket;
   * the second largest bound when it lies in the last bucket.
   *
   * @param cumulative by upper bound; the last must be positive infinity
   * @return null when there is no observation, or no bucket without a bound
   */
  static @Nullable Double of(double share, SortedMap<Double, Double> cumulative) {
    if (cumulative.size() < 2 || cumulative.lastKey() != Double.POSITIVE_INFINITY) {
      return null;
    }
    double observations = 0;
    for (double count : cumulative.values()) {
      observations = Math.max(observations, count);
    }
    if (observations <= 0) {
      return null;
    }
    double rank = share * observations;
    double lower = 0;
    double below = 0;
    for (Map.Entry<Double, Double> bucket : cumulative.entrySet()) {
      double upper = bucket.getKey();
      // rates of buckets are extrapolated one by one and may fall by a hair
      double count = Math.max(below, bucket.getValue());
      if (count >= rank) {
        if (upper == Double.POSITIVE_INFINITY) {
          return lower;
        }
        return count == below
            ? upper
            : lower + (upper - lower) * ((rank - below) / (count - below));
      }
      lower = upper;
      below = count;
    }
    return lower;
  }
}
