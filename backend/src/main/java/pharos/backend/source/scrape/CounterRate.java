package pharos.backend.source.scrape;

/**
 * PromQL's {@code rate()} over one counter, fed sample by sample in order of time. Follows
 * Prometheus' {@code extrapolatedRate} (promql/functions.go) so that both sources give the same
 * numbers: two samples at least; a value below its predecessor is a restart and counts from zero;
 * the increase is stretched to the window's edges, but by half an interval only where the edge is
 * further than 1.1 intervals away, and never to before the counter would have been zero. The first
 * value of a series that is born inside the window is no increase: nobody knows when it happened.
 */
final class CounterRate {
  private int samples;
  private double firstValue;
  private double lastValue;
  private long firstMillis;
  private long lastMillis;
  private double restarts;

  void reset() {
    samples = 0;
    restarts = 0;
  }

  void sample(long millis, double value) {
    if (samples == 0) {
      firstMillis = millis;
      firstValue = value;
    } else if (value < lastValue) {
      restarts += lastValue;
    }
    samples++;
    lastMillis = millis;
    lastValue = value;
  }

  /** Per second over the window; NaN when there are fewer than two samples. */
  double perSecond(long fromMillis, long toMillis) {
    if (samples < 2 || lastMillis <= firstMillis) {
      return Double.NaN;
    }
    double increase = lastValue - firstValue + restarts;
    if (increase <= 0) {
      return 0;
    }
    double sampled = lastMillis - firstMillis;
    double toStart = firstMillis - fromMillis;
    double toEnd = toMillis - lastMillis;
    double betweenSamples = sampled / (samples - 1);
    if (firstValue >= 0) {
      toStart = Math.min(toStart, sampled * (firstValue / increase));
    }
    double threshold = betweenSamples * 1.1;
    double stretched =
        sampled
            + (toStart < threshold ? toStart : betweenSamples / 2)
            + (toEnd < threshold ? toEnd : betweenSamples / 2);
    return increase * (stretched / sampled) * 1000 / (toMillis - fromMillis);
  }
}
