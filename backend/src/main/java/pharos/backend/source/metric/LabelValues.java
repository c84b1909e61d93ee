package pharos.backend.source.metric;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import pharos.graph.sample.CallLabels;

/**
 * The values of one series' labels. Prometheus does not tell an empty label from a missing one, so
 * neither does this: both are {@link CallLabels#ABSENT}. Not modified once handed on.
 */
@SuppressWarnings("EnumOrdinal") // an array by label is what 400,000 series can afford
public final class LabelValues {
  private static final int COUNT = IstioLabel.values().length;

  private final @Nullable String[] values = new @Nullable String[COUNT];

  /** Sets one value; an empty one is the same as none. */
  public void set(IstioLabel label, String value) {
    values[label.ordinal()] = value.isEmpty() ? null : value;
  }

  /** The value, {@link CallLabels#ABSENT} when the series does not have the label. */
  public String get(IstioLabel label) {
    String value = values[label.ordinal()];
    return value == null ? CallLabels.ABSENT : value;
  }

  /** The value, null when the series does not have the label. */
  public @Nullable String orNull(IstioLabel label) {
    return values[label.ordinal()];
  }

  /** A copy that keeps only the labels which tell samples of {@code metric} apart. */
  public LabelValues only(IstioMetric metric) {
    var kept = new LabelValues();
    for (IstioLabel label : metric.labels()) {
      kept.values[label.ordinal()] = values[label.ordinal()];
    }
    return kept;
  }

  /** A copy without one label. */
  public LabelValues without(IstioLabel label) {
    var kept = new LabelValues();
    System.arraycopy(values, 0, kept.values, 0, COUNT);
    kept.values[label.ordinal()] = null;
    return kept;
  }

  CallLabels call() {
    return new CallLabels(
        get(IstioLabel.SOURCE_CLUSTER),
        get(IstioLabel.SOURCE_WORKLOAD_NAMESPACE),
        get(IstioLabel.SOURCE_WORKLOAD),
        get(IstioLabel.SOURCE_CANONICAL_SERVICE),
        get(IstioLabel.SOURCE_CANONICAL_REVISION),
        get(IstioLabel.APP),
        get(IstioLabel.DESTINATION_CLUSTER),
        get(IstioLabel.DESTINATION_SERVICE_NAMESPACE),
        get(IstioLabel.DESTINATION_SERVICE),
        get(IstioLabel.DESTINATION_SERVICE_NAME),
        get(IstioLabel.DESTINATION_WORKLOAD_NAMESPACE),
        get(IstioLabel.DESTINATION_WORKLOAD),
        get(IstioLabel.DESTINATION_CANONICAL_SERVICE),
        get(IstioLabel.DESTINATION_CANONICAL_REVISION));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LabelValues that && Arrays.equals(values, that.values);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    var text = new StringBuilder("{");
    for (IstioLabel label : IstioLabel.values()) {
      String value = values[label.ordinal()];
      if (value != null) {
        text.append(text.length() > 1 ? "," : "").append(label.wireName()).append('=');
        text.append(value);
      }
    }
    return text.append('}').toString();
  }
}
