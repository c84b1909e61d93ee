package pharos.backend.source.prometheus;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import pharos.backend.source.metric.SourceHealth;
import pharos.backend.traffic.SourceStatus;
import pharos.backend.traffic.SourceStatus.State;
import pharos.backend.traffic.SourceUnavailable;
import pharos.backend.traffic.TelemetrySource;
import pharos.graph.sample.Samples;

/**
 * Telemetry from a Prometheus-compatible server. A question first asks for the server's time: that
 * is the probe, and the moment at which all queries of the question are evaluated. Times are the
 * server's.
 */
public final class PrometheusTelemetry implements TelemetrySource, AutoCloseable {
  /** Name of the source in statuses and messages. */
  public static final String NAME = "prometheus";

  private static final Duration SKEW_SHOWN = Duration.ofSeconds(2);
  private static final Duration OLD_AFTER = Duration.ofMinutes(2);

  private final PrometheusSettings settings;
  private final Clock clock;
  private final PrometheusApi api;
  private final Circuit circuit;
  private final Queries queries;
  private final Semaphore inAll = new Semaphore(PrometheusSettings.MAX_CONCURRENT_IN_ALL, true);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final SourceHealth health =
      new SourceHealth(NAME, "metrics", "Prometheus has not been asked yet.");
  private volatile @Nullable Duration skew;
  private volatile @Nullable Duration lastAnswer;
  private volatile @Nullable Duration scrapeInterval;
  private volatile @Nullable Instant intervalAsked;

  public PrometheusTelemetry(Vertx vertx, PrometheusSettings settings, Clock clock) {
    this(vertx, settings, clock, RandomGenerator.getDefault());
  }

  PrometheusTelemetry(
      Vertx vertx, PrometheusSettings settings, Clock clock, RandomGenerator random) {
    this.settings = settings;
    this.clock = clock;
    this.api = new PrometheusApi(vertx, settings);
    this.circuit = new Circuit(clock, random);
    this.queries = new Queries(settings.queryScope());
  }

  @Override
  public Future<Samples> samples(SampleQuery query) {
    return onVirtualThread(() -> samplesNow(query));
  }

  @Override
  public Future<Series> series(SeriesQuery query) {
    return onVirtualThread(() -> seriesNow(query));
  }

  private Samples samplesNow(SampleQuery query) {
    Instant began = clock.instant();
    Instant serverNow = probe();
    Instant at = query.at() == null ? serverNow : query.at();
    var question = new SampleQuestion(this::batch, queries, settings, query, at);
    Samples samples;
    try {
      samples = question.ask();
    } catch (QueryFailed failed) {
      throw unavailable(failed);
    }
    circuit.succeeded();
    lastAnswer = Duration.between(began, clock.instant());
    var warnings = new ArrayList<>(samples.warnings());
    warnAboutSkew(warnings);
    warnAboutWindow(query.window(), at, warnings);
    health.poll(
        samples.complete() ? State.OK : State.PARTIAL,
        clock.instant(),
        began,
        samples.complete()
            ? "Prometheus answers."
            : "Prometheus answers in part: " + String.join(" ", samples.warnings()),
        warnings);
    return new Samples(
        samples.at(),
        samples.window(),
        samples.requests(),
        samples.latencies(),
        samples.volumes(),
        samples.spans(),
        warnings,
        samples.complete());
  }

  private Series seriesNow(SeriesQuery query) {
    admit();
    try {
      Series series = new SeriesQuestion(this::batch, queries, settings, query).ask();
      circuit.succeeded();
      return series;
    } catch (QueryFailed failed) {
      throw unavailable(failed);
    }
  }

  /** The server's clock; fails at once while the circuit is open. */
  private Instant probe() {
    admit();
    Instant before = clock.instant();
    double seconds;
    try {
      seconds = scalar(PromQl.time(), null);
    } catch (QueryFailed failed) {
      throw unavailable(failed);
    }
    if (!Double.isFinite(seconds)) {
      throw unavailable(new QueryFailed(false, "Prometheus did not tell its time."));
    }
    Instant after = clock.instant();
    Instant server = Instant.ofEpochMilli(Math.round(seconds * 1000));
    skew = Duration.between(before.plus(Duration.between(before, after).dividedBy(2)), server);
    return server;
  }

  private void admit() {
    Duration wait = circuit.waitFor();
    if (!wait.isZero()) {
      throw new SourceUnavailable(
          NAME,
          "Prometheus did not answer several times; the next try is in %d s."
              .formatted(Math.max(1, wait.toSeconds())));
    }
  }

  private SourceUnavailable unavailable(QueryFailed failed) {
    if (failed.silent()) {
      circuit.failed();
    } else {
      circuit.succeeded();
    }
    health.poll(State.DOWN, clock.instant(), null, failed.words(), List.of());
    return new SourceUnavailable(NAME, failed.words(), failed);
  }

  private double scalar(PromQl expression, @Nullable Instant at) throws QueryFailed {
    var form = new TreeMap<>(Map.of("query", expression.toString()));
    if (at != null) {
      form.put("time", SampleQuestion.seconds(at));
    }
    var value = new double[] {Double.NaN};
    inAll.acquireUninterruptibly();
    try {
      var answer = api.ask("query", form, (labels, t, v) -> value[0] = v, rows -> true);
      return Double.isNaN(answer.scalar()) ? value[0] : answer.scalar();
    } finally {
      inAll.release();
    }
  }

  /** Runs queries of one question, a few at once; the results are in the order of the queries. */
  private List<SampleQuestion.Outcome> batch(List<SampleQuestion.OneQuery> wanted) {
    var own = new Semaphore(settings.maxConcurrent());
    var running = new ArrayList<java.util.concurrent.Future<SampleQuestion.Outcome>>();
    for (SampleQuestion.OneQuery query : wanted) {
      running.add(threads.submit(() -> limited(own, query)));
    }
    var outcomes = new ArrayList<SampleQuestion.Outcome>();
    for (var one : running) {
      try {
        outcomes.add(one.get());
      } catch (ExecutionException bug) {
        throw new IllegalStateException("a query broke off", bug.getCause());
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
        throw new SourceUnavailable(NAME, "The query was given up.", stopped);
      }
    }
    return outcomes;
  }

  private SampleQuestion.Outcome limited(Semaphore own, SampleQuestion.OneQuery query) {
    own.acquireUninterruptibly();
    try {
      inAll.acquireUninterruptibly();
      try {
        return new SampleQuestion.Outcome(
            api.ask(query.endpoint(), query.form(), query.sink(), query.admits()), null);
      } catch (QueryFailed failed) {
        return new SampleQuestion.Outcome(null, failed);
      } finally {
        inAll.release();
      }
    } finally {
      own.release();
    }
  }

  private void warnAboutSkew(List<String> warnings) {
    Duration off = skew;
    if (off != null && off.abs().compareTo(SKEW_SHOWN) > 0) {
      warnings.add(
          "Prometheus' clock is %s s %s ours."
              .formatted(off.abs().toSeconds(), off.isNegative() ? "behind" : "ahead of"));
    }
  }

  /** A rate needs two scrapes in the window: a shorter window shows a mesh without traffic. */
  private void warnAboutWindow(Duration window, Instant at, List<String> warnings) {
    Instant asked = intervalAsked;
    if (asked == null || asked.plus(Duration.ofMinutes(10)).isBefore(clock.instant())) {
      intervalAsked = clock.instant();
      try {
        Duration looked = Duration.ofMinutes(5);
        double most = scalar(queries.mostSamples(looked), at);
        if (most >= 2) {
          scrapeInterval = Duration.ofMillis(Math.round(looked.toMillis() / most));
        }
      } catch (QueryFailed unknown) {
        // the interval stays unknown, which only costs the warning
      }
    }
    Duration interval = scrapeInterval;
    if (interval != null && window.compareTo(interval.multipliedBy(2)) < 0) {
      warnings.add(
          "Prometheus scrapes about every %d s; a window of %d s is too short for rates."
              .formatted(Math.round(interval.toMillis() / 1e3), window.toSeconds()));
    }
  }

  @Override
  public SourceStatus status() {
    var facts = new TreeMap<String, String>();
    facts.put("url", settings.url().toString());
    put(facts, "clockSkew", skew);
    put(facts, "lastAnswer", lastAnswer);
    put(facts, "scrapeInterval", scrapeInterval);
    SourceStatus status = health.status(facts);
    Instant observed = status.observedAt();
    if (status.state() == State.OK
        && observed != null
        && observed.plus(OLD_AFTER).isBefore(clock.instant())) {
      return new SourceStatus(
          NAME,
          "metrics",
          State.STALE,
          observed,
          observed.plus(OLD_AFTER),
          "Prometheus was last asked at %s.".formatted(observed),
          status.warnings(),
          facts);
    }
    return status;
  }

  private static void put(Map<String, String> facts, String name, @Nullable Duration value) {
    if (value != null) {
      facts.put(name, value.toString());
    }
  }

  /** Answers on the caller's event loop where there is one. */
  private <T> Future<T> onVirtualThread(Callable<T> question) {
    Context caller = Vertx.currentContext();
    Promise<T> promise = Promise.promise();
    threads.execute(() -> {
      Runnable completion;
      try {
        T answer = question.call();
        completion = () -> promise.tryComplete(answer);
      } catch (Exception failure) {
        completion = () -> promise.tryFail(failure);
      }
      if (caller == null) {
        completion.run();
      } else {
        Runnable onCaller = completion;
        caller.runOnContext(ignored -> onCaller.run());
      }
    });
    return promise.future();
  }

  @Override
  public void close() {
    threads.shutdownNow();
    api.close();
  }
}
