package pharos.backend.source.prometheus;

import static java.util.stream.Collectors.joining;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import pharos.backend.source.metric.IstioLabel;
import pharos.backend.source.metric.IstioMetric;

/**
 * An expression of PromQL. The only way to make one: no constructor and no method takes PromQL as
 * text, so a value from outside can end up inside quotes and nowhere else. Immutable.
 */
final class PromQl {
  private final String text;

  private PromQl(String text) {
    this.text = text;
  }

  /** The server's clock, as a scalar. */
  static PromQl time() {
    return new PromQl("time()");
  }

  /** {@code rate(metric{matchers}[window])}. */
  static PromQl rate(IstioMetric metric, List<Matcher> matchers, Duration window) {
    return new PromQl("rate(" + selector(metric, matchers) + "[" + duration(window) + "])");
  }

  /** {@code max(count_over_time(metric[window]))}: how often a series was scraped. */
  static PromQl mostSamples(IstioMetric metric, List<Matcher> matchers, Duration window) {
    return new PromQl(
        "max(count_over_time(" + selector(metric, matchers) + "[" + duration(window) + "]))");
  }

  private static String selector(IstioMetric metric, List<Matcher> matchers) {
    return metric.wireName() + matchers.stream().map(Matcher::text).collect(joining(",", "{", "}"));
  }

  /** {@code this or other}: all of this, and what only the other has. */
  PromQl or(PromQl other) {
    return new PromQl(text + " or " + other.text);
  }

  /** {@code sum by (labels) (this)}. */
  PromQl sumBy(Collection<IstioLabel> labels) {
    return new PromQl("sum by (" + names(labels) + ") (" + text + ")");
  }

  /** {@code this and on (labels) (other > 0)}: drops what the other says is idle. */
  PromQl whereBusy(PromQl other, Collection<IstioLabel> labels) {
    return new PromQl(text + " and on (" + names(labels) + ") (" + other.text + " > 0)");
  }

  private static String names(Collection<IstioLabel> labels) {
    return labels.stream().map(IstioLabel::wireName).collect(joining(","));
  }

  /** Milliseconds: every duration has one spelling, and no fraction is lost. */
  private static String duration(Duration duration) {
    if (duration.toMillis() <= 0) {
      throw new IllegalArgumentException(
          "PromQL duration %s (expected: at least 1 ms)".formatted(duration));
    }
    return duration.toMillis() + "ms";
  }

  /** The expression as Prometheus reads it. */
  @Override
  public String toString() {
    return text;
  }
}
