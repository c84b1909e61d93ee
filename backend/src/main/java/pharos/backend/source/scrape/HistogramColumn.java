package pharos.backend.source.scrape;

import java.util.Arrays;
import pharos.backend.source.metric.IstioMetric;
import pharos.backend.source.metric.LabelValues;

/**
 * One histogram: its buckets, sum and count. Buckets are integers, kept as 32-bit differences from
 * a 64-bit base per bucket, which halves what 20 buckets × 20,000 histograms cost.
 */
final class HistogramColumn extends Column {
  /** Part number of {@code _sum}; buckets count from 0. */
  static final int SUM = -1;

  /** Part number of {@code _count}. */
  static final int COUNT = -2;

  private static final int NO_VALUE = Integer.MIN_VALUE;

  private final int capacity;
  private final double[] sums;
  private final double[] counts;
  private double[] bounds = {};
  private long[] bases = {};

  /** Bucket by bucket, each of {@link #capacity} slots. */
  private int[] buckets = {};

  HistogramColumn(LabelValues labels, LabelValues grouped, int capacity) {
    super(IstioMetric.DURATION_BUCKET, labels, grouped);
    this.capacity = capacity;
    sums = new double[capacity];
    counts = new double[capacity];
    Arrays.fill(sums, Double.NaN);
    Arrays.fill(counts, Double.NaN);
  }

  /** The number of the bucket with this bound; buckets are numbered as they are first seen. */
  int bucket(double bound) {
    for (int i = 0; i < bounds.length; i++) {
      if (bounds[i] == bound) {
        return i;
      }
    }
    int bucket = bounds.length;
    bounds = Arrays.copyOf(bounds, bucket + 1);
    bounds[bucket] = bound;
    bases = Arrays.copyOf(bases, bucket + 1);
    buckets = Arrays.copyOf(buckets, buckets.length + capacity);
    Arrays.fill(buckets, bucket * capacity, buckets.length, NO_VALUE);
    return bucket;
  }

  double[] bounds() {
    return bounds;
  }

  void set(int part, int slot, double value) {
    switch (part) {
      case SUM -> sums[slot] = value;
      case COUNT -> counts[slot] = value;
      default -> setBucket(part, slot, (long) value);
    }
  }

  private void setBucket(int bucket, int slot, long value) {
    long difference = value - bases[bucket];
    if (difference > Integer.MAX_VALUE || difference <= NO_VALUE) {
      rebase(bucket, value);
      difference = 0;
    }
    buckets[bucket * capacity + slot] = (int) difference;
  }

  private void rebase(int bucket, long base) {
    long shift = bases[bucket] - base;
    for (int at = bucket * capacity; at < (bucket + 1) * capacity; at++) {
      long moved = buckets[at] + shift;
      boolean fits = buckets[at] != NO_VALUE && moved <= Integer.MAX_VALUE && moved > NO_VALUE;
      buckets[at] = fits ? (int) moved : NO_VALUE;
    }
    bases[bucket] = base;
  }

  /** NaN where there is no value. */
  double get(int part, int slot) {
    return switch (part) {
      case SUM -> sums[slot];
      case COUNT -> counts[slot];
      default -> {
        int value = buckets[part * capacity + slot];
        yield value == NO_VALUE ? Double.NaN : bases[part] + value;
      }
    };
  }

  @Override
  void clear(int slot) {
    sums[slot] = Double.NaN;
    counts[slot] = Double.NaN;
    for (int at = slot; at < buckets.length; at += capacity) {
      buckets[at] = NO_VALUE;
    }
  }

  @Override
  boolean restarted(int before, int after) {
    return counts[after] < counts[before];
  }
}
