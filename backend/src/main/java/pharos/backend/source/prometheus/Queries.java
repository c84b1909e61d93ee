package pharos.backend.source.prometheus;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import pharos.backend.source.metric.ErrorResponse;
import pharos.backend.source.metric.IstioLabel;
import pharos.backend.source.metric.IstioMetric;
import pharos.backend.source.metric.Report;
import pharos.backend.source.metric.SeriesAssembly;
import pharos.backend.traffic.TelemetrySource.LabelMatch;
import pharos.backend.traffic.TelemetrySource.SeriesQuery;
import pharos.graph.sample.CallLabels;

/**
 * The queries behind a question. Their number is fixed: twelve for a graph, whatever the
 * namespaces; seven for a chart.
 */
final class Queries {
  private final List<Matcher> scope;

  /**
   * @param scope labels that every selector gets
   */
  Queries(Map<String, String> scope) {
    var matchers = new ArrayList<Matcher>();
    new TreeMap<>(scope).forEach((name, value) -> matchers.add(Matcher.is(name, value)));
    this.scope = List.copyOf(matchers);
  }

  /** One query per metric; all of them may run at once. */
  Map<IstioMetric, PromQl> samples(Set<String> namespaces, Duration window) {
    var queries = new EnumMap<IstioMetric, PromQl>(IstioMetric.class);
    for (IstioMetric metric : IstioMetric.values()) {
      PromQl rate = mesh(metric, namespaces, window).sumBy(metric.labels());
      if (metric == IstioMetric.DURATION_BUCKET) {
        // 20 rows per idle histogram would say nothing
        Collection<IstioLabel> labels = IstioMetric.DURATION_COUNT.labels();
        PromQl count = mesh(IstioMetric.DURATION_COUNT, namespaces, window).sumBy(labels);
        rate = rate.whereBusy(count, labels);
      }
      queries.put(metric, rate);
    }
    return queries;
  }

  /** Rates of the series that begin or end in one of the namespaces; the rule of CallScope. */
  private PromQl mesh(IstioMetric metric, Set<String> namespaces, Duration window) {
    if (namespaces.isEmpty()) {
      return PromQl.rate(metric, scope, window);
    }
    return PromQl.rate(
            metric, and(Matcher.anyOf(IstioLabel.SOURCE_WORKLOAD_NAMESPACE, namespaces)), window)
        .or(
            PromQl.rate(
                metric,
                and(Matcher.anyOf(IstioLabel.DESTINATION_WORKLOAD_NAMESPACE, namespaces)),
                window))
        .or(
            PromQl.rate(
                metric,
                and(Matcher.anyOf(IstioLabel.DESTINATION_SERVICE_NAMESPACE, namespaces)),
                window))
        .or(
            PromQl.rate(
                metric,
                and(
                    Matcher.is(IstioLabel.DESTINATION_WORKLOAD_NAMESPACE, CallLabels.UNKNOWN),
                    Matcher.hostIn(IstioLabel.DESTINATION_SERVICE, namespaces)),
                window));
  }

  /** How many samples the most scraped series of requests has. */
  PromQl mostSamples(Duration looked) {
    return PromQl.mostSamples(IstioMetric.REQUESTS, scope, looked);
  }

  private List<Matcher> and(Matcher... matchers) {
    var all = new ArrayList<>(scope);
    all.addAll(List.of(matchers));
    return all;
  }

  /** One query per rate of a chart. */
  Map<SeriesAssembly.Rate, PromQl> series(SeriesQuery query) {
    var queries = new EnumMap<SeriesAssembly.Rate, PromQl>(SeriesAssembly.Rate.class);
    List<IstioLabel> by = dimension(query);
    for (SeriesAssembly.Rate rate : SeriesAssembly.Rate.values()) {
      queries.put(rate, chart(query, metric(rate), by, rate == SeriesAssembly.Rate.ERRORS));
    }
    return queries;
  }

  /** The buckets of a chart's durations, by {@code le} and dimension. */
  PromQl buckets(SeriesQuery query) {
    var by = EnumSet.of(IstioLabel.LE);
    by.addAll(dimension(query));
    return chart(query, IstioMetric.DURATION_BUCKET, by, false);
  }

  private static List<IstioLabel> dimension(SeriesQuery query) {
    @Nullable IstioLabel dimension = SeriesAssembly.dimension(query.by());
    return dimension == null ? List.of() : List.of(dimension);
  }

  private static IstioMetric metric(SeriesAssembly.Rate rate) {
    return switch (rate) {
      case REQUESTS, ERRORS -> IstioMetric.REQUESTS;
      case DURATION_SUM -> IstioMetric.DURATION_SUM;
      case DURATION_COUNT -> IstioMetric.DURATION_COUNT;
      case TCP_SENT -> IstioMetric.TCP_SENT;
      case TCP_RECEIVED -> IstioMetric.TCP_RECEIVED;
    };
  }

  private PromQl chart(
      SeriesQuery query, IstioMetric metric, Collection<IstioLabel> by, boolean errorsOnly) {
    @Nullable PromQl all = null;
    for (Set<String> reporters : Report.of(query).choices()) {
      PromQl one = reported(query, metric, reporters, errorsOnly).sumBy(by);
      all = all == null ? one : all.or(one);
    }
    return Objects.requireNonNull(all);
  }

  private PromQl reported(
      SeriesQuery query, IstioMetric metric, Set<String> reporters, boolean errorsOnly) {
    var matchers = new ArrayList<>(scope);
    matchers.add(Matcher.anyOf(IstioLabel.REPORTER, reporters));
    for (LabelMatch match : query.calls()) {
      matchers.add(Matcher.anyOf(label(match), values(match)));
    }
    if (!errorsOnly) {
      return PromQl.rate(metric, matchers, query.window());
    }
    var byCode = new ArrayList<>(matchers);
    byCode.add(
        Matcher.matches(IstioLabel.RESPONSE_CODE, new Matcher.Pattern(ErrorResponse.CODE_PATTERN)));
    matchers.add(
        Matcher.matches(
            IstioLabel.GRPC_RESPONSE_STATUS, new Matcher.Pattern(ErrorResponse.GRPC_PATTERN)));
    return PromQl.rate(metric, byCode, query.window())
        .or(PromQl.rate(metric, matchers, query.window()));
  }

  private static IstioLabel label(LabelMatch match) {
    IstioLabel label = IstioLabel.of(match.label());
    if (label == null || match.values().isEmpty()) {
      throw new IllegalArgumentException(
          "label match %s (expected: a label of Istio's standard metrics, with a value)"
              .formatted(match.label()));
    }
    return label;
  }

  private static List<String> values(LabelMatch match) {
    return match.values().stream()
        .map(value -> value.equals(CallLabels.ABSENT) ? "" : value)
        .toList();
  }
}
