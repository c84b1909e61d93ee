package pharos.backend.traffic;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import pharos.graph.sample.CallLabels;
import pharos.graph.sample.LatencySample;
import pharos.graph.sample.Protocol;
import pharos.graph.sample.Reporter;

/**
 * Durations of whole services and workloads: histograms added up over all their calls. Adding
 * histograms is exact where averaging quantiles of edges would not be.
 */
final class Durations {
  private final Map<Key, EnumMap<Reporter, Histogram>> byKey = new HashMap<>();

  private Durations() {}

  /** Added up by what each call belongs to; a call without a subject (null) is left out. */
  static Durations by(
      List<LatencySample> samples, BiFunction<LatencySample, CallLabels, @Nullable Name> subject) {
    Durations durations = new Durations();
    for (LatencySample sample : samples) {
      Name name = subject.apply(sample, sample.call());
      if (name != null) {
        durations
            .byKey
            .computeIfAbsent(new Key(name, sample.protocol()), _ -> new EnumMap<>(Reporter.class))
            .computeIfAbsent(sample.reporter(), _ -> new Histogram())
            .add(sample);
      }
    }
    return durations;
  }

  /** The duration that the most trusted of {@code order} reported; null when none did. */
  @Nullable Histogram of(Name name, Protocol protocol, Reporter... order) {
    EnumMap<Reporter, Histogram> reports = byKey.get(new Key(name, protocol));
    if (reports == null) {
      return null;
    }
    for (Reporter reporter : order) {
      Histogram histogram = reports.get(reporter);
      if (histogram != null && histogram.count > 0) {
        return histogram;
      }
    }
    return null;
  }

  /** Of a service or workload. */
  record Name(String namespace, String name) {}

  private record Key(Name name, Protocol protocol) {}

  /**
   * Several histograms added up. Those with other buckets than the first count for the mean only.
   */
  static final class Histogram {
    private double @Nullable [] bounds;
    private final List<Double> cumulative = new ArrayList<>();
    private double sum;
    private double count;

    private void add(LatencySample sample) {
      sum += sample.sumPerSecond();
      count += sample.countPerSecond();
      double[] theirs = sample.upperBoundsMillis();
      double[] rates = sample.cumulativePerSecond();
      double[] ours = bounds;
      if (ours == null) {
        bounds = theirs;
        for (double rate : rates) {
          cumulative.add(rate);
        }
      } else if (Arrays.equals(ours, theirs)) {
        for (int i = 0; i < rates.length; i++) {
          cumulative.set(i, cumulative.get(i) + rates[i]);
        }
      }
    }

    @Nullable Double average() {
      return count > 0 ? finite(sum / count) : null;
    }

    /** Interpolated within its bucket, as Prometheus' {@code histogram_quantile} does. */
    @Nullable Double quantile(double share) {
      double[] upper = bounds;
      if (upper == null || upper.length < 2) {
        return null;
      }
      double total = cumulative.getLast();
      if (!(total > 0)) {
        return null;
      }
      double rank = share * total;
      int bucket = 0;
      while (bucket < upper.length - 1 && cumulative.get(bucket) < rank) {
        bucket++;
      }
      if (bucket == upper.length - 1) {
        return finite(upper[bucket - 1]);
      }
      double lower = bucket == 0 ? 0 : upper[bucket - 1];
      double below = bucket == 0 ? 0 : cumulative.get(bucket - 1);
      double inside = cumulative.get(bucket) - below;
      return finite(inside > 0 ? lower + (upper[bucket] - lower) * (rank - below) / inside : lower);
    }

    private static @Nullable Double finite(double value) {
      return Double.isFinite(value) ? value : null;
    }
  }
}
