package pharos.backend.source.scrape;

import pharos.backend.source.metric.IstioMetric;
import pharos.backend.source.metric.LabelValues;

/**
 * The history of one series (or one histogram) of one target: a value per slot of the target's
 * {@link TargetHistory}, in which all series of the target share their times.
 */
abstract sealed class Column permits CounterColumn, HistogramColumn {
  private final IstioMetric metric;
  private final LabelValues labels;
  private final LabelValues grouped;
  private long seenMillis;

  /**
   * @param labels every label that Pharos reads
   * @param grouped those of them that tell samples apart
   */
  Column(IstioMetric metric, LabelValues labels, LabelValues grouped) {
    this.metric = metric;
    this.labels = labels;
    this.grouped = grouped;
  }

  final IstioMetric metric() {
    return metric;
  }

  final LabelValues labels() {
    return labels;
  }

  final LabelValues grouped() {
    return grouped;
  }

  final long seenMillis() {
    return seenMillis;
  }

  final void seen(long millis) {
    seenMillis = millis;
  }

  /** Marks the slot as without a value. */
  abstract void clear(int slot);

  /** Whether the counter went down between two slots; false when either has no value. */
  abstract boolean restarted(int before, int after);
}
