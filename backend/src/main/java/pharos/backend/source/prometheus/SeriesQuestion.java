package pharos.backend.source.prometheus;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import pharos.backend.source.metric.IstioLabel;
import pharos.backend.source.metric.LabelValues;
import pharos.backend.source.metric.SampleAssembly;
import pharos.backend.source.metric.SeriesAssembly;
import pharos.backend.source.prometheus.AnswerReader.Sink;
import pharos.backend.source.prometheus.SampleQuestion.OneQuery;
import pharos.backend.source.prometheus.SampleQuestion.Outcome;
import pharos.backend.traffic.TelemetrySource.Series;
import pharos.backend.traffic.TelemetrySource.SeriesQuery;

/** The lines of one chart, from range queries. */
final class SeriesQuestion {
  private static final int MAX_ROWS = 5_000;

  private final Function<List<OneQuery>, List<Outcome>> batch;
  private final Queries queries;
  private final PrometheusSettings settings;
  private final SeriesQuery query;
  private final SeriesAssembly assembly;

  SeriesQuestion(
      Function<List<OneQuery>, List<Outcome>> batch,
      Queries queries,
      PrometheusSettings settings,
      SeriesQuery query) {
    this.batch = batch;
    this.queries = queries;
    this.settings = settings;
    this.query = query;
    this.assembly = new SeriesAssembly(query);
  }

  /**
   * Asks everything.
   *
   * @throws QueryFailed when every query failed
   */
  Series ask() throws QueryFailed {
    IstioLabel dimension = SeriesAssembly.dimension(query.by());
    List<String> names = new ArrayList<>();
    List<OneQuery> wanted = new ArrayList<>();
    queries
        .series(query)
        .forEach((rate, expression) -> {
          names.add(rate.name().toLowerCase(Locale.ROOT).replace('_', ' '));
          wanted.add(
              range(
                  expression,
                  (labels, time, value) ->
                      point(time, p -> assembly.add(rate, of(labels, dimension), p, value))));
        });
    names.add("duration buckets");
    wanted.add(
        range(
            queries.buckets(query),
            (labels, time, value) -> {
              double bound = SampleAssembly.bound(labels.orNull(IstioLabel.LE));
              if (!Double.isNaN(bound)) {
                point(time, p -> assembly.addBucket(of(labels, dimension), bound, p, value));
              }
            }));
    return series(names, batch.apply(wanted));
  }

  private static @Nullable String of(LabelValues labels, @Nullable IstioLabel dimension) {
    return dimension == null ? null : labels.orNull(dimension);
  }

  private void point(double time, IntConsumer add) {
    int point = assembly.point(time);
    if (point >= 0) {
      synchronized (assembly) { // answers arrive on several threads
        add.accept(point);
      }
    }
  }

  private Series series(List<String> names, List<Outcome> outcomes) throws QueryFailed {
    Set<String> warnings = new LinkedHashSet<>();
    boolean complete = true;
    QueryFailed last = null;
    int answers = 0;
    for (int i = 0; i < outcomes.size(); i++) {
      Outcome outcome = outcomes.get(i);
      if (outcome.answer() != null) {
        answers++;
        warnings.addAll(outcome.answer().warnings());
        if (outcome.answer().cut()) {
          complete = false;
          warnings.add(
              "%s was cut after %d series: narrow the scope."
                  .formatted(names.get(i), outcome.answer().rows()));
        }
      } else if (outcome.failure() != null) {
        complete = false;
        last = outcome.failure();
        warnings.add("%s is missing: %s".formatted(names.get(i), last.words()));
      }
    }
    if (answers == 0 && last != null) {
      throw last;
    }
    return new Series(assembly.series(), List.copyOf(warnings), complete);
  }

  private OneQuery range(PromQl expression, Sink sink) {
    return new OneQuery(
        "query_range",
        Map.of(
            "query",
            expression.toString(),
            "start",
            SampleQuestion.seconds(query.from()),
            "end",
            SampleQuestion.seconds(query.to()),
            "step",
            SampleQuestion.seconds(Instant.EPOCH.plus(query.step())),
            "timeout",
            settings.timeout().toMillis() + "ms"),
        sink,
        rows -> rows < MAX_ROWS);
  }
}
