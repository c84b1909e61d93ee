package pharos.backend.source.scrape;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import pharos.backend.source.metric.LabelValues;

/**
 * One instance per distinct label value and label set: a mesh repeats the same few thousand names
 * in every series. Bounded: a full pool starts afresh, which costs memory but nothing else.
 */
final class LabelPool {
  private static final int LIMIT = 500_000;

  private final Map<String, String> strings = new ConcurrentHashMap<>();
  private final Map<LabelValues, LabelValues> labels = new ConcurrentHashMap<>();

  String string(String value) {
    return pooled(strings, value);
  }

  LabelValues labels(LabelValues value) {
    return pooled(labels, value);
  }

  private static <T> T pooled(Map<T, T> pool, T value) {
    T known = pool.get(value);
    if (known != null) {
      return known;
    }
    if (pool.size() >= LIMIT) {
      pool.clear();
    }
    T earlier = pool.putIfAbsent(value, value);
    return earlier == null ? value : earlier;
  }
}
