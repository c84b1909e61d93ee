package pharos.graph.build;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import pharos.graph.Latency;
import pharos.graph.sample.LatencySample;

/** A latency histogram as rates, summed over series, with Prometheus' quantile. */
final class Histogram {
  /** By numbers only: equal samples in another order give the same sums. */
  private static final Comparator<LatencySample> ORDER =
      Comparator.comparingDouble(LatencySample::countPerSecond)
          .thenComparingDouble(LatencySample::sumPerSecond)
          .thenComparing(LatencySample::cumulativePerSecond, Arrays::compare);

  private final double[] bounds;
  private final double[] cumulative;
  private final double sum;
  private final double count;

  private Histogram(double[] bounds, double[] cumulative, double sum, double count) {
    this.bounds = bounds;
    this.cumulative = cumulative;
    this.sum = sum;
    this.count = count;
  }

  /** The sum of one sample or more. */
  static Histogram of(List<LatencySample> samples) {
    List<LatencySample> sorted = samples;
    if (samples.size() > 2) { // two doubles give the same sum either way
      sorted = new ArrayList<>(samples);
      sorted.sort(ORDER);
    }
    double[] bounds = bounds(sorted);
    double[] cumulative = new double[bounds.length];
    double sum = 0;
    double count = 0;
    for (LatencySample sample : sorted) {
      addBuckets(sample, bounds, cumulative);
      sum += sample.sumPerSecond();
      count += sample.countPerSecond();
    }
    // Rates of different series may not grow from bucket to bucket; histogram_quantile mends that.
    for (int i = 1; i < cumulative.length; i++) {
      cumulative[i] = Math.max(cumulative[i], cumulative[i - 1]);
    }
    return new Histogram(bounds, cumulative, sum, count);
  }

  private static double[] bounds(List<LatencySample> samples) {
    double[] first = samples.getFirst().upperBoundsMillis();
    if (samples.stream().allMatch(sample -> Arrays.equals(first, sample.upperBoundsMillis()))) {
      return first;
    }
    TreeSet<Double> all = new TreeSet<>();
    for (LatencySample sample : samples) {
      Arrays.stream(sample.upperBoundsMillis()).forEach(all::add);
    }
    return all.stream().mapToDouble(Double::doubleValue).toArray();
  }

  /** A bound that this sample lacks holds at least what its next lower bound holds. */
  private static void addBuckets(LatencySample sample, double[] bounds, double[] cumulative) {
    double[] own = sample.upperBoundsMillis();
    double[] rates = sample.cumulativePerSecond();
    int next = 0;
    double reached = 0;
    for (int i = 0; i < bounds.length; i++) {
      while (next < own.length && own[next] <= bounds[i]) {
        reached = rates[next];
        next++;
      }
      cumulative[i] += reached;
    }
  }

  Latency latency() {
    return new Latency(average(), quantile(0.50), quantile(0.95), quantile(0.99));
  }

  private @Nullable Double average() {
    double average = sum / count;
    return average > 0 && Double.isFinite(average) ? average : null;
  }

  /**
   * {@code histogram_quantile(q, …) > 0}: linear within the bucket that holds the rank; the highest
   * finite bound when the rank lies beyond it; nothing without a bucket {@code +Inf}, without
   * observations, or at 0.
   */
  @Nullable Double quantile(double q) {
    int last = bounds.length - 1;
    if (last < 1 || bounds[last] != Double.POSITIVE_INFINITY || !(cumulative[last] > 0)) {
      return null;
    }
    double rank = q * cumulative[last];
    int bucket = 0;
    while (bucket < last && cumulative[bucket] < rank) {
      bucket++;
    }
    double value;
    if (bucket == last) {
      value = bounds[last - 1];
    } else if (bucket == 0 && bounds[0] <= 0) {
      value = bounds[0];
    } else {
      double start = bucket == 0 ? 0 : bounds[bucket - 1];
      double below = bucket == 0 ? 0 : cumulative[bucket - 1];
      value = start + (bounds[bucket] - start) * ((rank - below) / (cumulative[bucket] - below));
    }
    return value > 0 && Double.isFinite(value) ? value : null;
  }
}
