package pharos.backend.source.scrape;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import pharos.backend.source.metric.CallScope;
import pharos.backend.source.metric.ErrorResponse;
import pharos.backend.source.metric.IstioLabel;
import pharos.backend.source.metric.LabelValues;
import pharos.backend.source.metric.Report;
import pharos.backend.source.metric.SampleAssembly;
import pharos.backend.source.metric.SeriesAssembly;
import pharos.backend.source.metric.SeriesAssembly.Rate;
import pharos.backend.traffic.SourceStatus;
import pharos.backend.traffic.SourceStatus.State;
import pharos.backend.traffic.SourceUnavailable;
import pharos.backend.traffic.TelemetrySource.LabelMatch;
import pharos.backend.traffic.TelemetrySource.SampleQuery;
import pharos.backend.traffic.TelemetrySource.Series;
import pharos.backend.traffic.TelemetrySource.SeriesQuery;
import pharos.graph.sample.Samples;

/** Answers questions from the histories of all targets, as they are at one moment. */
final class ScrapeAnswers {
  private final List<TargetScrape> targets;
  private final Instant now;
  private final Duration retention;
  private final SourceStatus status;

  ScrapeAnswers(List<TargetScrape> targets, Instant now, Duration retention, SourceStatus status) {
    this.targets = targets;
    this.now = now;
    this.retention = retention;
    this.status = status;
  }

  /** All rates of one window, which is shortened to what has been seen. */
  Samples samples(SampleQuery query) {
    if (status.state() == State.DOWN && query.at() == null) {
      throw new SourceUnavailable(ScrapeTelemetry.NAME, status.detail());
    }
    Instant at = query.at() == null ? now : query.at();
    long asked = at.toEpochMilli();
    long oldest = oldestMillis();
    long from = Math.max(asked - query.window().toMillis(), oldest);
    // A young source knows what was between its scrapes, and nothing to extrapolate the rest from.
    long to = from == oldest ? Math.min(asked, newestMillis()) : asked;
    if (from >= asked) {
      throw new SourceUnavailable(
          ScrapeTelemetry.NAME,
          targets.isEmpty()
              ? "No proxy was found to scrape."
              : "Nothing is remembered of %s; direct scrape remembers %d minutes."
                  .formatted(at, retention.toMinutes()));
    }
    var warnings = new ArrayList<String>();
    boolean complete = status.state() == State.OK || status.state() == State.STARTING;
    if (!complete) {
      warnings.add(status.detail());
      warnings.addAll(status.warnings());
    }
    if (query.window().compareTo(retention) > 0) {
      warnings.add(
          "Direct scrape remembers %d minutes; the rates are over that time."
              .formatted(retention.toMinutes()));
    }
    var assembly = new SampleAssembly();
    var scope = new CallScope(query.namespaces());
    boolean any = false;
    for (TargetScrape target : targets) {
      any |= from < to && collect(target, from, to, scope, assembly);
    }
    if (!any) {
      throw new SourceUnavailable(
          ScrapeTelemetry.NAME, "A rate needs two scrapes, and the second has not ended yet.");
    }
    if (assembly.unreadable() > 0) {
      warnings.add(
          "%d series without usable labels were left out.".formatted(assembly.unreadable()));
    }
    return assembly.samples(at, Duration.ofMillis(to - from), warnings, complete);
  }

  private long oldestMillis() {
    long oldest = Long.MAX_VALUE;
    for (TargetScrape target : targets) {
      synchronized (target.history()) {
        oldest = Math.min(oldest, target.history().oldestMillis());
      }
    }
    return oldest;
  }

  private long newestMillis() {
    long newest = 0;
    for (TargetScrape target : targets) {
      synchronized (target.history()) {
        newest = Math.max(newest, target.history().newestMillis());
      }
    }
    return newest;
  }

  /** Whether the target had enough scrapes in the window. */
  private static boolean collect(
      TargetScrape target, long from, long to, CallScope scope, SampleAssembly assembly) {
    var sink =
        new TargetHistory.Rates() {
          @Override
          public void counter(CounterColumn column, LabelValues labels, double perSecond) {
            if (!Double.isNaN(perSecond)) {
              assembly.add(column.metric(), labels, perSecond);
            }
          }

          @Override
          public void histogram(
              HistogramColumn column,
              LabelValues labels,
              double[] cumulativePerSecond,
              double sumPerSecond,
              double countPerSecond) {
            assembly.addHistogram(
                labels, column.bounds(), cumulativePerSecond, sumPerSecond, countPerSecond);
          }
        };
    synchronized (target.history()) {
      TargetHistory.Window window = target.history().window(from, to);
      if (!window.enough()) {
        return false;
      }
      for (Column column : target.history().columns()) {
        if (scope.holds(column.grouped())) {
          window.rates(column, sink);
        }
      }
      return true;
    }
  }

  /** Rates over time of the matching series. */
  Series series(SeriesQuery query) {
    SeriesAssembly all = new SeriesAssembly(query);
    for (Set<String> reporters : Report.of(query).choices()) {
      var one = new SeriesAssembly(query);
      for (TargetScrape target : targets) {
        collect(target, query, reporters, one);
      }
      all.fillFrom(one);
    }
    var warnings = new ArrayList<String>();
    boolean begun = query.from().toEpochMilli() >= oldestMillis();
    if (!begun && query.from().isBefore(now.minus(retention))) {
      warnings.add("Direct scrape remembers %d minutes.".formatted(retention.toMinutes()));
    }
    if (status.state() == State.PARTIAL || status.state() == State.DOWN) {
      warnings.add(status.detail());
    }
    return new Series(all.series(), warnings, warnings.isEmpty());
  }

  private static void collect(
      TargetScrape target, SeriesQuery query, Set<String> reporters, SeriesAssembly into) {
    IstioLabel dimension = SeriesAssembly.dimension(query.by());
    synchronized (target.history()) {
      List<Column> columns =
          target.history().columns().stream()
              .filter(column -> matches(column.labels(), query.calls(), reporters))
              .toList();
      if (columns.isEmpty()) {
        return;
      }
      for (int point = 0; point < into.points(); point++) {
        long to = into.at(point).toEpochMilli();
        TargetHistory.Window window = target.history().window(to - query.window().toMillis(), to);
        if (window.enough()) {
          var sink = new PointRates(into, dimension, point);
          for (Column column : columns) {
            window.rates(column, sink);
          }
        }
      }
    }
  }

  private static boolean matches(
      LabelValues labels, List<LabelMatch> matches, Set<String> reporters) {
    if (!reporters.contains(labels.get(IstioLabel.REPORTER))) {
      return false;
    }
    for (LabelMatch match : matches) {
      IstioLabel label = IstioLabel.of(match.label());
      if (label == null || !match.values().contains(labels.get(label))) {
        return false;
      }
    }
    return true;
  }

  /** Adds the rates of one moment to a chart. */
  private record PointRates(SeriesAssembly into, @Nullable IstioLabel dimension, int point)
      implements TargetHistory.Rates {

    @Override
    public void counter(CounterColumn column, LabelValues labels, double perSecond) {
      String value = value(column);
      switch (column.metric()) {
        case REQUESTS -> {
          into.add(Rate.REQUESTS, value, point, perSecond);
          if (ErrorResponse.is(column.labels())) {
            into.add(Rate.ERRORS, value, point, perSecond);
          }
        }
        case TCP_SENT -> into.add(Rate.TCP_SENT, value, point, perSecond);
        case TCP_RECEIVED -> into.add(Rate.TCP_RECEIVED, value, point, perSecond);
        case DURATION_BUCKET,
            DURATION_SUM,
            DURATION_COUNT,
            TCP_OPENED,
            TCP_CLOSED,
            REQUEST_BYTES,
            RESPONSE_BYTES,
            REQUEST_MESSAGES,
            RESPONSE_MESSAGES -> {
          // no line of the chart
        }
      }
    }

    @Override
    public void histogram(
        HistogramColumn column,
        LabelValues labels,
        double[] cumulativePerSecond,
        double sumPerSecond,
        double countPerSecond) {
      String value = value(column);
      into.add(Rate.DURATION_SUM, value, point, sumPerSecond);
      into.add(Rate.DURATION_COUNT, value, point, countPerSecond);
      for (int bucket = 0; bucket < cumulativePerSecond.length; bucket++) {
        into.addBucket(value, column.bounds()[bucket], point, cumulativePerSecond[bucket]);
      }
    }

    private @Nullable String value(Column column) {
      return dimension == null ? null : column.labels().orNull(dimension);
    }
  }
}
