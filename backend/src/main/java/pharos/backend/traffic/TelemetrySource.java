package pharos.backend.traffic;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import pharos.graph.sample.Samples;

/**
 * Port: supplies mesh-wide telemetry. Two adapters that watch the same traffic give the same
 * samples within scrape error. Failures are {@link SourceUnavailable}; a partial answer is not a
 * failure, it says so in {@link Samples}.
 */
public interface TelemetrySource {

  /**
   * All call samples of one window. The number of upstream queries does not depend on the
   * namespaces.
   */
  Future<Samples> samples(SampleQuery query);

  /** Values over time for one node or edge. */
  Future<Series> series(SeriesQuery query);

  /** Present health and age. Cheap; called on every frame. */
  SourceStatus status();

  /**
   * What to ask.
   *
   * @param namespaces calls that begin or end in one of these; empty means the whole mesh
   * @param window over which rates are computed
   * @param at end of the window; null means now
   */
  record SampleQuery(Set<String> namespaces, Duration window, @Nullable Instant at) {
    public SampleQuery {
      namespaces = Set.copyOf(namespaces);
    }
  }

  /**
   * Which values over time.
   *
   * @param calls all of these labels must match; a label with several values matches any of them
   * @param reporter null: the source's report where there is one, per direction of the question
   * @param by one series per value of this dimension
   */
  record SeriesQuery(
      List<LabelMatch> calls,
      @Nullable String reporter,
      By by,
      Instant from,
      Instant to,
      Duration step,
      Duration window) {
    public SeriesQuery {
      calls = List.copyOf(calls);
    }

    /** Dimension of a series. */
    public enum By {
      NONE,
      DESTINATION_VERSION,
      SOURCE_VERSION,
      RESPONSE_CODE
    }
  }

  /**
   * One label and the values it may have, for example {@code destination_workload} in {@code
   * [reviews-v1]}.
   */
  record LabelMatch(String label, Set<String> values) {
    public LabelMatch {
      values = Set.copyOf(values);
    }
  }

  /**
   * Values over time.
   *
   * @param complete false when part of the range could not be answered
   */
  record Series(List<OneSeries> series, List<String> warnings, boolean complete) {
    public Series {
      series = List.copyOf(series);
      warnings = List.copyOf(warnings);
    }
  }

  /**
   * One line of a chart.
   *
   * @param labels the dimension's value, for example {@code version=v1}; empty for {@code By.NONE}
   * @param unit {@code perSecond}, {@code share}, {@code ms} or {@code bytesPerSecond}
   */
  record OneSeries(Measure measure, Map<String, String> labels, String unit, List<Point> points) {
    public OneSeries {
      labels = Map.copyOf(labels);
      points = List.copyOf(points);
    }
  }

  /** What a series measures. */
  enum Measure {
    REQUESTS,
    ERRORS,
    AVERAGE,
    P50,
    P95,
    P99,
    TCP_SENT,
    TCP_RECEIVED
  }

  /** A moment and its value; a null value is a gap: unknown, not zero. */
  record Point(Instant at, @Nullable Double value) {}
}
