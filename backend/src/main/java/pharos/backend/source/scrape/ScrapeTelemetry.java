package pharos.backend.source.scrape;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pharos.backend.source.metric.SourceHealth;
import pharos.backend.source.scrape.ScrapeClient.ScrapeFailed;
import pharos.backend.traffic.SourceStatus;
import pharos.backend.traffic.SourceStatus.State;
import pharos.backend.traffic.TelemetrySource;
import pharos.graph.sample.Samples;

/**
 * Telemetry from the proxies themselves, without Prometheus. One round after another scrapes all
 * targets; questions are answered from what the last minutes brought, never by a scrape of their
 * own. Rates are Prometheus' rates (see {@link CounterRate}), except that a source younger than the
 * window answers for its own age: a dashboard that was just started must not show a third of the
 * traffic. Because a rate needs two scrapes, the first one of a mesh is followed by a provisional
 * one after a quarter of the interval.
 */
public final class ScrapeTelemetry implements TelemetrySource, AutoCloseable {
  /** Name of the source in statuses and messages. */
  public static final String NAME = "scrape";

  private static final Logger LOG = LoggerFactory.getLogger(ScrapeTelemetry.class);
  private static final int PROBLEMS_SHOWN = 5;

  /** The second scrape of a mesh comes after this part of the interval. */
  private static final int WARM_UP_SHARE = 4;

  private final Vertx vertx;
  private final ScrapeSettings settings;
  private final ScrapeTargets port;
  private final Clock clock;
  private final ScrapeClient client;
  private final Semaphore slots;
  private final LabelPool pool = new LabelPool();
  private final Map<ScrapeTarget, TargetScrape> targets = new ConcurrentHashMap<>();
  private final SourceHealth health =
      new SourceHealth(NAME, "metrics", "The first scrape has not ended yet.");
  private final AtomicLong roundMillis = new AtomicLong();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition wake = lock.newCondition();
  private volatile Set<ScrapeTarget> listed = Set.of();
  private volatile @Nullable Instant lastRound;
  private volatile Duration interval;
  private volatile boolean running;
  private boolean changed;
  private @Nullable Thread loop;

  public ScrapeTelemetry(Vertx vertx, ScrapeSettings settings, ScrapeTargets port, Clock clock) {
    this.vertx = vertx;
    this.settings = settings;
    this.port = port;
    this.clock = clock;
    this.client = new ScrapeClient(vertx, settings);
    this.slots = new Semaphore(settings.concurrency(), true);
    this.interval = settings.intervalFor(0);
  }

  /** Begins to scrape. A mesh that was empty so far is scraped as soon as it has a target. */
  public void start() {
    running = true;
    port.onChange(this::targetsChanged);
    loop = Thread.ofVirtual().name("scrape").start(this::rounds);
  }

  private void targetsChanged() {
    lock.lock();
    try {
      changed = true;
      wake.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void rounds() {
    while (running) {
      long began = System.nanoTime();
      try {
        boolean first = round(false);
        if (first) {
          sleepUntil(began + interval.dividedBy(WARM_UP_SHARE).toNanos());
          round(true);
        }
        sleepUntil(began + interval.toNanos());
      } catch (InterruptedException stopped) {
        return;
      } catch (RuntimeException bug) {
        LOG.error("A scrape round broke off", bug);
        health.poll(State.DOWN, clock.instant(), null, "A scrape round broke off.", List.of());
      }
    }
  }

  private void sleepUntil(long nanos) throws InterruptedException {
    lock.lock();
    try {
      long left = nanos - System.nanoTime();
      while (left > 0 && running && !(changed && listed.isEmpty())) {
        left = wake.awaitNanos(left);
      }
      changed = false;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Scrapes every target once and waits for all of them.
   *
   * @param provisional whether the next round replaces this one
   * @return whether most targets were never scraped before
   */
  boolean round(boolean provisional) throws InterruptedException {
    long began = System.nanoTime();
    Set<ScrapeTarget> now = new HashSet<>(port.current());
    listed = now;
    interval = settings.intervalFor(now.size());
    long unknown = now.stream().filter(target -> !targets.containsKey(target)).count();
    for (ScrapeTarget target : now) {
      targets.computeIfAbsent(
          target, key -> new TargetScrape(key, settings, interval.toMillis(), pool));
    }
    forgetGoneTargets(now);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (ScrapeTarget target : now) {
        TargetScrape scrape = targets.get(target);
        if (scrape != null) {
          slots.acquire();
          threads.execute(() -> scrapeThenRelease(scrape, provisional));
        }
      }
    }
    roundMillis.set((System.nanoTime() - began) / 1_000_000);
    report(now);
    return unknown > now.size() / 2;
  }

  private void scrapeThenRelease(TargetScrape scrape, boolean provisional) {
    try {
      long at = clock.millis();
      scrape.took(client.fetch(scrape.target().url(), timeout()), at, provisional);
    } catch (ScrapeFailed failed) {
      scrape.failed(String.valueOf(failed.getMessage()));
    } catch (RuntimeException bug) {
      LOG.error("The answer of {} could not be read", scrape.target().url(), bug);
      scrape.failed("gave an answer that could not be read");
    } finally {
      slots.release();
    }
  }

  private Duration timeout() {
    return settings.timeout().compareTo(interval) < 0 ? settings.timeout() : interval;
  }

  /** A pod that is gone stays in past windows, as in Prometheus, until they are forgotten. */
  private void forgetGoneTargets(Set<ScrapeTarget> now) {
    long oldest = clock.millis() - settings.retention().toMillis();
    targets
        .values()
        .removeIf(scrape -> {
          synchronized (scrape.history()) {
            return !now.contains(scrape.target()) && scrape.history().newestMillis() < oldest;
          }
        });
  }

  private void report(Set<ScrapeTarget> now) {
    Instant at = clock.instant();
    int up = 0;
    var problems = new ArrayList<String>();
    for (ScrapeTarget target : now) {
      TargetScrape scrape = targets.get(target);
      if (scrape == null) {
        continue;
      }
      up += scrape.up() ? 1 : 0;
      String problem = scrape.problem();
      if (problem != null) {
        problems.add(problem);
      }
    }
    if (up > 0) {
      lastRound = at;
    }
    State state;
    String words;
    if (now.isEmpty()) {
      state = State.PARTIAL;
      words = "No proxy was found to scrape.";
    } else if (up == 0) {
      state = State.DOWN;
      words = "None of %d proxies answered.".formatted(now.size());
    } else if (up < now.size()) {
      state = State.PARTIAL;
      words = "%d of %d proxies did not answer.".formatted(now.size() - up, now.size());
    } else if (!problems.isEmpty()) {
      state = State.PARTIAL;
      words = "%d of %d proxies gave lines that were left out.".formatted(problems.size(), up);
    } else {
      state = State.OK;
      words = "All %d proxies answered.".formatted(up);
    }
    health.poll(state, at, up > 0 ? at : null, words, shortened(problems));
  }

  private static List<String> shortened(List<String> problems) {
    var sorted = problems.stream().sorted().limit(PROBLEMS_SHOWN).toList();
    if (problems.size() <= PROBLEMS_SHOWN) {
      return sorted;
    }
    var all = new ArrayList<>(sorted);
    all.add("and %d more".formatted(problems.size() - PROBLEMS_SHOWN));
    return all;
  }

  @Override
  public Future<Samples> samples(SampleQuery query) {
    return vertx.executeBlocking(() -> answers().samples(query), false);
  }

  @Override
  public Future<Series> series(SeriesQuery query) {
    return vertx.executeBlocking(() -> answers().series(query), false);
  }

  private ScrapeAnswers answers() {
    return new ScrapeAnswers(
        List.copyOf(targets.values()), clock.instant(), settings.retention(), status());
  }

  @Override
  public SourceStatus status() {
    var facts = new TreeMap<String, String>();
    facts.put("targets", Integer.toString(listed.size()));
    facts.put(
        "up",
        Long.toString(
            targets.values().stream()
                .filter(scrape -> scrape.up() && listed.contains(scrape.target()))
                .count()));
    facts.put("interval", interval.toString());
    facts.put("retention", settings.retention().toString());
    facts.put("lastRound", Duration.ofMillis(roundMillis.get()).toString());
    SourceStatus status = health.status(facts);
    Instant last = lastRound;
    boolean old =
        last != null
            && last.plus(interval.multipliedBy(3)).plusSeconds(1).isBefore(clock.instant());
    if (old && status.state() != State.DOWN) {
      return new SourceStatus(
          NAME,
          "metrics",
          State.STALE,
          status.observedAt(),
          last,
          "The last scrape that worked ended at %s.".formatted(last),
          status.warnings(),
          facts);
    }
    return status;
  }

  /** Stops scraping and closes the connections; waits for a round under way, at most 10 s. */
  @Override
  public void close() {
    running = false;
    targetsChanged();
    Thread thread = loop;
    if (thread != null) {
      thread.interrupt();
      try {
        thread.join(Duration.ofSeconds(10));
      } catch (InterruptedException impatient) {
        Thread.currentThread().interrupt();
      }
    }
    client.close();
  }
}
