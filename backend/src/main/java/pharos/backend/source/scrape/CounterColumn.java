package pharos.backend.source.scrape;

import java.util.Arrays;
import pharos.backend.source.metric.IstioMetric;
import pharos.backend.source.metric.LabelValues;

/** One counter. A slot without a value holds NaN. */
final class CounterColumn extends Column {
  private final double[] values;

  CounterColumn(IstioMetric metric, LabelValues labels, LabelValues grouped, int capacity) {
    super(metric, labels, grouped);
    values = new double[capacity];
    Arrays.fill(values, Double.NaN);
  }

  void set(int slot, double value) {
    values[slot] = value;
  }

  double get(int slot) {
    return values[slot];
  }

  @Override
  void clear(int slot) {
    values[slot] = Double.NaN;
  }

  @Override
  boolean restarted(int before, int after) {
    return values[after] < values[before];
  }
}
