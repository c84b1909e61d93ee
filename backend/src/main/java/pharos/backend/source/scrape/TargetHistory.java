package pharos.backend.source.scrape;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import pharos.backend.source.metric.LabelValues;

/**
 * What one target said in the last minutes: a fixed number of slots, one per kept scrape, shared by
 * all its series. The newest three minutes keep every scrape; older ones are thinned to one per 20
 * s, but never across a restart, because a restart that is thinned away would be a lost increase. A
 * provisional scrape gives way to the next one, so that scrapes stay evenly spaced: rate() judges
 * by their mean distance how far it may extrapolate. Callers hold the object's monitor.
 */
final class TargetHistory {
  private static final long FULL_MILLIS = 180_000;
  private static final long COARSE_MILLIS = 20_000;

  private final long retentionMillis;
  private final long[] times;
  private final boolean[] restarts;
  private final boolean[] provisional;
  private final int[] order;
  private int size;
  private long lastSweepMillis;
  private final List<Column> columns = new ArrayList<>();

  TargetHistory(long intervalMillis, long retentionMillis) {
    this.retentionMillis = retentionMillis;
    int capacity = capacity(intervalMillis, retentionMillis);
    times = new long[capacity];
    restarts = new boolean[capacity];
    provisional = new boolean[capacity];
    order = new int[capacity];
    for (int i = 0; i < capacity; i++) {
      order[i] = i;
    }
  }

  private static int capacity(long intervalMillis, long retentionMillis) {
    long full = Math.min(FULL_MILLIS, retentionMillis) / intervalMillis;
    long coarse = Math.max(0, retentionMillis - FULL_MILLIS) / COARSE_MILLIS;
    return (int) Math.min(4_000, full + coarse + 8);
  }

  int capacity() {
    return times.length;
  }

  List<Column> columns() {
    return columns;
  }

  void add(Column column, long nowMillis) {
    column.seen(nowMillis);
    columns.add(column);
  }

  /** A free slot for a scrape of now, with no value in any column. {@link #commit} keeps it. */
  int begin(long nowMillis) {
    thin(nowMillis);
    if (size == order.length) {
      release(0);
    }
    int slot = order[size];
    for (Column column : columns) {
      column.clear(slot);
    }
    return slot;
  }

  /** Keeps the slot of the last {@link #begin}. A clock that went back drops what lies ahead. */
  void commit(int slot, long nowMillis) {
    while (size > 0 && times[order[size - 1]] >= nowMillis) {
      release(size - 1);
    }
    // release() moved freed slots behind the one in hand
    int at = size;
    while (order[at] != slot) {
      at++;
    }
    order[at] = order[size];
    order[size] = slot;
    times[slot] = nowMillis;
    restarts[slot] = size > 0 && anyRestarted(order[size - 1], slot);
    provisional[slot] = false;
    size++;
    dropProvisional();
  }

  /** The newest scrape gives way to the next one. */
  void markProvisional() {
    if (size > 0) {
      provisional[order[size - 1]] = true;
    }
  }

  /** Where a counter restarted on either side, the scrape in between is needed. */
  private void dropProvisional() {
    int at = size - 2;
    if (at > 0 && provisional[order[at]] && !restarts[order[at]] && !restarts[order[at + 1]]) {
      release(at);
    }
  }

  private boolean anyRestarted(int before, int after) {
    for (Column column : columns) {
      if (column.restarted(before, after)) {
        return true;
      }
    }
    return false;
  }

  private void thin(long nowMillis) {
    while (size > 0 && times[order[0]] < nowMillis - retentionMillis) {
      release(0);
    }
    for (int i = 1; i < size - 1; i++) {
      long age = nowMillis - times[order[i]];
      boolean dense = times[order[i + 1]] - times[order[i - 1]] <= COARSE_MILLIS;
      boolean nearRestart = restarts[order[i]] || restarts[order[i + 1]];
      if (age <= FULL_MILLIS) {
        return;
      }
      if (dense && !nearRestart) {
        release(i);
        i--;
      }
    }
  }

  /** Frees the slot at a position of the order. */
  private void release(int position) {
    int slot = order[position];
    System.arraycopy(order, position + 1, order, position, order.length - position - 1);
    order[order.length - 1] = slot;
    size--;
  }

  /** Drops series unseen for the whole retention; tells of each. At most once a minute. */
  boolean sweep(long nowMillis, Consumer<Column> dropped) {
    if (nowMillis - lastSweepMillis < 60_000) {
      return false;
    }
    lastSweepMillis = nowMillis;
    return columns.removeIf(column -> {
      boolean gone = column.seenMillis() < nowMillis - retentionMillis;
      if (gone) {
        dropped.accept(column);
      }
      return gone;
    });
  }

  /** Time of the newest scrape, 0 when there is none. */
  long newestMillis() {
    return size == 0 ? 0 : times[order[size - 1]];
  }

  /** Time of the oldest kept scrape, {@link Long#MAX_VALUE} when there is none. */
  long oldestMillis() {
    return size == 0 ? Long.MAX_VALUE : times[order[0]];
  }

  /** The kept scrapes from one moment to another, both included. */
  Window window(long fromMillis, long toMillis) {
    int first = 0;
    while (first < size && times[order[first]] < fromMillis) {
      first++;
    }
    int end = first;
    while (end < size && times[order[end]] <= toMillis) {
      end++;
    }
    return new Window(first, end, fromMillis, toMillis);
  }

  /** Some scrapes in a row; rates are computed over them. */
  final class Window {
    private final int first;
    private final int end;
    private final long fromMillis;
    private final long toMillis;
    private final CounterRate rate = new CounterRate();

    Window(int first, int end, long fromMillis, long toMillis) {
      this.first = first;
      this.end = end;
      this.fromMillis = fromMillis;
      this.toMillis = toMillis;
    }

    /** Whether a rate is possible at all. */
    boolean enough() {
      return end - first >= 2;
    }

    /** Per second; NaN when the window holds fewer than two values. */
    double perSecond(CounterColumn column) {
      rate.reset();
      for (int i = first; i < end; i++) {
        double value = column.get(order[i]);
        if (!Double.isNaN(value)) {
          rate.sample(times[order[i]], value);
        }
      }
      return rate.perSecond(fromMillis, toMillis);
    }

    /** Per second for one part of a histogram; NaN when the window holds fewer than two values. */
    double perSecond(HistogramColumn column, int part) {
      rate.reset();
      for (int i = first; i < end; i++) {
        double value = column.get(part, order[i]);
        if (!Double.isNaN(value)) {
          rate.sample(times[order[i]], value);
        }
      }
      return rate.perSecond(fromMillis, toMillis);
    }

    /** Hands each rate that exists to {@code sink}; histograms as a whole. */
    void rates(Column column, Rates sink) {
      LabelValues labels = column.grouped();
      switch (column) {
        case CounterColumn counter -> sink.counter(counter, labels, perSecond(counter));
        case HistogramColumn histogram -> {
          double count = perSecond(histogram, HistogramColumn.COUNT);
          if (!(count > 0)) {
            return; // no requests, no duration; NaN ends here too
          }
          var cumulative = new double[histogram.bounds().length];
          for (int bucket = 0; bucket < cumulative.length; bucket++) {
            cumulative[bucket] = perSecond(histogram, bucket);
          }
          sink.histogram(
              histogram, labels, cumulative, perSecond(histogram, HistogramColumn.SUM), count);
        }
      }
    }
  }

  /** Takes the rates of one window. */
  interface Rates {
    void counter(CounterColumn column, LabelValues labels, double perSecond);

    void histogram(
        HistogramColumn column,
        LabelValues labels,
        double[] cumulativePerSecond,
        double sumPerSecond,
        double countPerSecond);
  }
}
