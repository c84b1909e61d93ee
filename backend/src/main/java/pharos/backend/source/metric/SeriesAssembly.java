package pharos.backend.source.metric;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import pharos.backend.traffic.TelemetrySource.Measure;
import pharos.backend.traffic.TelemetrySource.OneSeries;
import pharos.backend.traffic.TelemetrySource.Point;
import pharos.backend.traffic.TelemetrySource.SeriesQuery;
import pharos.backend.traffic.TelemetrySource.SeriesQuery.By;

/**
 * Collects rates over time and makes the lines of a chart of them: requests, share of errors, mean
 * and quantiles of durations, TCP bytes. A moment without a rate is a gap. Used by one thread.
 */
public final class SeriesAssembly {
  /** Above that Prometheus refuses a range query, and no screen is that wide. */
  public static final int MAX_POINTS = 11_000;

  private static final double[] QUANTILES = {0.5, 0.95, 0.99};
  private static final Measure[] QUANTILE_MEASURES = {Measure.P50, Measure.P95, Measure.P99};

  private final SeriesQuery query;
  private final int points;
  private final Map<String, Line> lines = new TreeMap<>();

  public SeriesAssembly(SeriesQuery query) {
    this.query = query;
    this.points = points(query);
  }

  /** The kinds of rates that a chart is made of. */
  public enum Rate {
    REQUESTS,
    ERRORS,
    DURATION_SUM,
    DURATION_COUNT,
    TCP_SENT,
    TCP_RECEIVED
  }

  /**
   * How many moments the query asks for.
   *
   * @throws IllegalArgumentException when there are none or more than {@link #MAX_POINTS}
   */
  public static int points(SeriesQuery query) {
    long step = query.step().toMillis();
    long span = query.to().toEpochMilli() - query.from().toEpochMilli();
    if (step <= 0 || span < 0 || query.window().toMillis() <= 0) {
      throw new IllegalArgumentException(
          "series from %s to %s, step %s, window %s (expected: from before to, positive step and window)"
              .formatted(query.from(), query.to(), query.step(), query.window()));
    }
    long points = span / step + 1;
    if (points > MAX_POINTS) {
      throw new IllegalArgumentException(
          "series of %d points (expected: at most %d; choose a longer step)"
              .formatted(points, MAX_POINTS));
    }
    return (int) points;
  }

  /** The label that a dimension is taken from, null for none. */
  public static @Nullable IstioLabel dimension(By by) {
    return switch (by) {
      case NONE -> null;
      case DESTINATION_VERSION -> IstioLabel.DESTINATION_CANONICAL_REVISION;
      case SOURCE_VERSION -> IstioLabel.SOURCE_CANONICAL_REVISION;
      case RESPONSE_CODE -> IstioLabel.RESPONSE_CODE;
    };
  }

  /** The number of the point at that moment; -1 when the moment is none of the query's. */
  public int point(double epochSeconds) {
    double millis = epochSeconds * 1000 - query.from().toEpochMilli();
    long point = Math.round(millis / query.step().toMillis());
    return point >= 0 && point < points ? (int) point : -1;
  }

  /** Moment of a point. */
  public Instant at(int point) {
    return query.from().plusMillis(point * query.step().toMillis());
  }

  /** Number of points. */
  public int points() {
    return points;
  }

  /** Adds to one rate at one point. */
  public void add(Rate rate, @Nullable String dimensionValue, int point, double perSecond) {
    if (Double.isFinite(perSecond) && perSecond >= 0) {
      addTo(line(dimensionValue).rates.computeIfAbsent(rate, key -> gaps()), point, perSecond);
    }
  }

  /** Adds to one bucket of a histogram at one point. */
  public void addBucket(
      @Nullable String dimensionValue, double upperBoundMillis, int point, double perSecond) {
    if (Double.isFinite(perSecond) && perSecond >= 0) {
      addTo(
          line(dimensionValue).buckets.computeIfAbsent(upperBoundMillis, key -> gaps()),
          point,
          perSecond);
    }
  }

  /** Fills the gaps of each rate with those of another answer. */
  public void fillFrom(SeriesAssembly other) {
    other.lines.forEach((value, theirs) -> {
      Line ours = lines.computeIfAbsent(value, key -> new Line());
      theirs.rates.forEach(
          (rate, values) -> fill(ours.rates.computeIfAbsent(rate, key -> gaps()), values));
      theirs.buckets.forEach(
          (bound, values) -> fill(ours.buckets.computeIfAbsent(bound, key -> gaps()), values));
    });
  }

  /** The lines that have a value anywhere. */
  public List<OneSeries> series() {
    var all = new ArrayList<OneSeries>();
    lines.forEach((value, line) -> lines(all, labels(value), line));
    return all;
  }

  private void lines(List<OneSeries> all, Map<String, String> labels, Line line) {
    double[] requests = line.of(Rate.REQUESTS);
    double[] errors = line.of(Rate.ERRORS);
    double[] sums = line.of(Rate.DURATION_SUM);
    double[] counts = line.of(Rate.DURATION_COUNT);
    add(all, Measure.REQUESTS, labels, "perSecond", p -> known(requests, p));
    if (query.by() != By.RESPONSE_CODE) {
      add(all, Measure.ERRORS, labels, "share", p -> errorShare(requests, errors, p));
    }
    add(all, Measure.AVERAGE, labels, "ms", p -> ratio(sums, counts, p));
    for (int q = 0; q < QUANTILES.length; q++) {
      double share = QUANTILES[q];
      add(all, QUANTILE_MEASURES[q], labels, "ms", p -> quantile(line, share, p));
    }
    double[] sent = line.of(Rate.TCP_SENT);
    double[] received = line.of(Rate.TCP_RECEIVED);
    add(all, Measure.TCP_SENT, labels, "bytesPerSecond", p -> known(sent, p));
    add(all, Measure.TCP_RECEIVED, labels, "bytesPerSecond", p -> known(received, p));
  }

  private void add(
      List<OneSeries> all,
      Measure measure,
      Map<String, String> labels,
      String unit,
      IntFunction<@Nullable Double> value) {
    var line = new ArrayList<Point>(points);
    boolean any = false;
    for (int p = 0; p < points; p++) {
      Double at = value.apply(p);
      any |= at != null;
      line.add(new Point(at(p), at));
    }
    if (any) {
      all.add(new OneSeries(measure, labels, unit, line));
    }
  }

  private Map<String, String> labels(String value) {
    return switch (query.by()) {
      case NONE -> Map.of();
      case DESTINATION_VERSION, SOURCE_VERSION -> Map.of("version", value);
      case RESPONSE_CODE -> Map.of("code", value);
    };
  }

  private Line line(@Nullable String dimensionValue) {
    return lines.computeIfAbsent(
        dimensionValue == null ? "unknown" : dimensionValue, key -> new Line());
  }

  private static @Nullable Double known(double[] values, int point) {
    return Double.isNaN(values[point]) ? null : values[point];
  }

  /** A moment with requests and no failed one has no error series; that is a zero, no gap. */
  private static @Nullable Double errorShare(double[] requests, double[] errors, int point) {
    if (!(requests[point] > 0)) {
      return null;
    }
    return Double.isNaN(errors[point]) ? 0 : Math.min(1, errors[point] / requests[point]);
  }

  private static @Nullable Double ratio(double[] sums, double[] counts, int point) {
    return counts[point] > 0 && !Double.isNaN(sums[point]) ? sums[point] / counts[point] : null;
  }

  private static @Nullable Double quantile(Line line, double share, int point) {
    SortedMap<Double, Double> cumulative = new TreeMap<>();
    line.buckets.forEach((bound, values) -> {
      if (!Double.isNaN(values[point])) {
        cumulative.put(bound, values[point]);
      }
    });
    return HistogramQuantile.of(share, cumulative);
  }

  private static void addTo(double[] values, int point, double perSecond) {
    values[point] = Double.isNaN(values[point]) ? perSecond : values[point] + perSecond;
  }

  private static void fill(double[] ours, double[] theirs) {
    for (int p = 0; p < ours.length; p++) {
      if (Double.isNaN(ours[p])) {
        ours[p] = theirs[p];
      }
    }
  }

  private double[] gaps() {
    var values = new double[points];
    Arrays.fill(values, Double.NaN);
    return values;
  }

  private final class Line {
    final Map<Rate, double[]> rates = new HashMap<>();
    final Map<Double, double[]> buckets = new TreeMap<>();

    double[] of(Rate rate) {
      double[] values = rates.get(rate);
      return values == null ? gaps() : values;
    }
  }
}
