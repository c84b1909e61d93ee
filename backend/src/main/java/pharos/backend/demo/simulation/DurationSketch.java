package pharos.backend.demo.simulation;

import java.util.Arrays;

/**
 * Durations to within 5 %, in as many counters as the distribution is wide. Far finer than the
 * buckets of a metric, so that it can judge them.
 */
public final class DurationSketch {
  private static final double STEP = Math.log(1.05);

  private int offset;
  private long[] counts = new long[0];
  private long total;
  private double sumMillis;

  void add(double millis) {
    int index = (int) Math.floor(Math.log(Math.max(millis, 0.001)) / STEP);
    if (counts.length == 0) {
      offset = index - 8;
      counts = new long[16];
    } else if (index < offset) {
      int more = offset - index + 8;
      long[] wider = new long[counts.length + more];
      System.arraycopy(counts, 0, wider, more, counts.length);
      counts = wider;
      offset -= more;
    } else if (index - offset >= counts.length) {
      counts = Arrays.copyOf(counts, index - offset + 8);
    }
    counts[index - offset]++;
    total++;
    sumMillis += millis;
  }

  /** How many durations. */
  public long count() {
    return total;
  }

  /** Their mean in milliseconds; NaN without any. */
  public double meanMillis() {
    return sumMillis / total;
  }

  /**
   * The duration in milliseconds below which this share of them is; NaN without any.
   *
   * @param share 0–1, for example 0.95
   */
  public double quantileMillis(double share) {
    long rank = (long) Math.ceil(share * total);
    long seen = 0;
    for (int i = 0; i < counts.length; i++) {
      seen += counts[i];
      if (seen >= rank && seen > 0) {
        return Math.exp((offset + i + 0.5) * STEP);
      }
    }
    return Double.NaN;
  }

  DurationSketch copy() {
    var copy = new DurationSketch();
    copy.offset = offset;
    copy.counts = counts.clone();
    copy.total = total;
    copy.sumMillis = sumMillis;
    return copy;
  }

  /** What was added since {@code before}, an earlier state of the same sketch. */
  DurationSketch minus(DurationSketch before) {
    var rest = copy();
    for (int i = 0; i < before.counts.length; i++) {
      if (before.counts[i] > 0) {
        rest.counts[before.offset + i - offset] -= before.counts[i];
      }
    }
    rest.total -= before.total;
    rest.sumMillis -= before.sumMillis;
    return rest;
  }
}
