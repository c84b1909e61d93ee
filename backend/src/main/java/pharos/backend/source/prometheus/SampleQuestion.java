package pharos.backend.source.prometheus;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;
import pharos.backend.source.metric.IstioMetric;
import pharos.backend.source.metric.SampleAssembly;
import pharos.backend.source.prometheus.AnswerReader.Answer;
import pharos.backend.source.prometheus.AnswerReader.Sink;
import pharos.backend.traffic.TelemetrySource.SampleQuery;
import pharos.graph.sample.Samples;

/** One refresh of the mesh: its queries, their answers, and what is missing, in words. */
final class SampleQuestion {
  private final Function<List<OneQuery>, List<Outcome>> batch;
  private final Queries queries;
  private final PrometheusSettings settings;
  private final SampleQuery query;
  private final Instant at;
  private final AtomicInteger rows = new AtomicInteger();

  SampleQuestion(
      Function<List<OneQuery>, List<Outcome>> batch,
      Queries queries,
      PrometheusSettings settings,
      SampleQuery query,
      Instant at) {
    this.batch = batch;
    this.queries = queries;
    this.settings = settings;
    this.query = query;
    this.at = at;
  }

  /** A query, where its rows go, and how many it may have. */
  record OneQuery(String endpoint, Map<String, String> form, Sink sink, IntPredicate admits) {}

  /** Either an answer or why there is none. */
  record Outcome(@Nullable Answer answer, @Nullable QueryFailed failure) {}

  /**
   * Asks everything.
   *
   * @throws QueryFailed when the requests are missing: a graph without them would show a mesh
   *     without traffic
   */
  Samples ask() throws QueryFailed {
    var assembly = new SampleAssembly();
    List<IstioMetric> metrics = new ArrayList<>();
    List<OneQuery> wanted = new ArrayList<>();
    queries
        .samples(query.namespaces(), query.window())
        .forEach((metric, expression) -> {
          metrics.add(metric);
          wanted.add(instant(metric, expression, assembly));
        });
    List<Outcome> outcomes = batch.apply(wanted);
    Set<String> warnings = new LinkedHashSet<>();
    boolean complete = true;
    for (int i = 0; i < outcomes.size(); i++) {
      IstioMetric metric = metrics.get(i);
      QueryFailed failure = outcomes.get(i).failure();
      Answer answer = outcomes.get(i).answer();
      if (failure != null && metric == IstioMetric.REQUESTS) {
        throw failure;
      }
      if (failure != null) {
        complete = false;
        warnings.add("%s is missing: %s".formatted(metric.wireName(), failure.words()));
      }
      if (answer != null) {
        complete &= !answer.cut() && answer.warnings().isEmpty();
        warnings.addAll(answer.warnings());
        if (answer.cut()) {
          warnings.add(
              "%s was cut after %d series: narrow the scope."
                  .formatted(metric.wireName(), answer.rows()));
          assembly.dropTornHistograms();
        }
      }
    }
    Samples samples = assembly.samples(at, query.window(), List.of(), complete);
    if (assembly.gaps() > 0) {
      warnings.add("%d rates were no numbers and were left out.".formatted(assembly.gaps()));
    }
    if (assembly.unreadable() > 0) {
      warnings.add(
          "%d series without usable labels were left out.".formatted(assembly.unreadable()));
    }
    return new Samples(
        samples.at(),
        samples.window(),
        samples.requests(),
        samples.latencies(),
        samples.volumes(),
        List.of(),
        List.copyOf(warnings),
        complete);
  }

  private OneQuery instant(IstioMetric metric, PromQl expression, SampleAssembly assembly) {
    return new OneQuery(
        "query",
        Map.of(
            "query",
            expression.toString(),
            "time",
            seconds(at),
            "timeout",
            settings.timeout().toMillis() + "ms"),
        (labels, time, value) -> {
          synchronized (assembly) { // answers arrive on several threads
            assembly.add(metric, labels, value);
          }
        },
        // the limit is the question's, whichever answer reaches it
        ownRows -> rows.incrementAndGet() <= settings.maxSeries());
  }

  /** Seconds since the epoch with milliseconds, as the API wants them. */
  static String seconds(Instant at) {
    long millis = at.toEpochMilli();
    return "%d.%03d".formatted(Math.floorDiv(millis, 1000L), Math.floorMod(millis, 1000L));
  }
}
