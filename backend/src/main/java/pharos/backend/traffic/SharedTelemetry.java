package pharos.backend.traffic;

import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import pharos.backend.traffic.TelemetrySource.SampleQuery;
import pharos.graph.sample.Samples;

/**
 * The newest samples per window, fetched at most once per refresh whoever asks: live views, lists
 * and the history's recorder share them. Always mesh-wide; namespaces are narrowed in the graph.
 */
final class SharedTelemetry {
  /** A window nobody asked for this long is forgotten. */
  private static final int FORGET_AFTER_REFRESHES = 24;

  private final TelemetrySource source;
  private final TrafficSettings settings;
  private final Clock clock;
  private final Map<Duration, Cell> cells = new HashMap<>();

  SharedTelemetry(TelemetrySource source, TrafficSettings settings, Clock clock) {
    this.source = source;
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * What is known of the last {@code window}.
   *
   * @return fails only when the source never answered for this window
   */
  Future<Reading> newest(Duration window) {
    Cell cell;
    Instant now = clock.instant();
    synchronized (this) {
      cell = cells.get(window);
      if (cell == null) {
        forgetUnused(now);
        if (cells.size() >= settings.maxWindows()) {
          return Future.failedFuture(
              new TrafficFailure.TooMuch(
                  "%d different windows are being watched; use one of those or wait a minute"
                      .formatted(cells.size())));
        }
        cell = new Cell(window);
        cells.put(window, cell);
      }
    }
    return cell.newest(now);
  }

  private void forgetUnused(Instant now) {
    Instant limit = now.minus(settings.refresh().multipliedBy(FORGET_AFTER_REFRESHES));
    cells.values().removeIf(cell -> cell.asked().isBefore(limit));
  }

  /**
   * Samples with their age.
   *
   * @param staleSince when the source stopped answering; null while it answers
   * @param failure why, with {@code staleSince}
   */
  record Reading(
      Samples samples, @Nullable Instant staleSince, @Nullable SourceUnavailable failure) {}

  /** One window. */
  private final class Cell {
    private final Duration window;
    private Instant asked = Instant.MIN;
    private Instant fetched = Instant.MIN;
    private @Nullable Future<Reading> running;
    private @Nullable Reading last;

    Cell(Duration window) {
      this.window = window;
    }

    synchronized Instant asked() {
      return asked;
    }

    synchronized Future<Reading> newest(Instant now) {
      asked = now;
      if (running != null) {
        return running;
      }
      // A timer that fires a little early must not find its own last answer still fresh.
      if (last != null
          && Duration.between(fetched, now)
                  .compareTo(settings.refresh().multipliedBy(4).dividedBy(5))
              < 0) {
        return Future.succeededFuture(last);
      }
      fetched = now;
      Future<Reading> fetch =
          ask()
              .map(samples -> new Reading(samples, null, null))
              .recover(this::stale)
              .onComplete(outcome -> settle(outcome.result()));
      if (!fetch.isComplete()) {
        running = fetch;
      }
      return fetch;
    }

    private Future<Samples> ask() {
      try {
        return source.samples(new SampleQuery(Set.of(), window, null));
      } catch (RuntimeException e) {
        return Future.failedFuture(e);
      }
    }

    private synchronized void settle(@Nullable Reading reading) {
      running = null;
      if (reading != null) {
        last = reading;
      }
    }

    private synchronized Future<Reading> stale(Throwable cause) {
      if (!(cause instanceof SourceUnavailable failure)) {
        return Future.failedFuture(cause);
      }
      Reading before = last;
      if (before == null) {
        return Future.failedFuture(failure);
      }
      Instant since = before.staleSince() == null ? clock.instant() : before.staleSince();
      return Future.succeededFuture(new Reading(before.samples(), since, failure));
    }
  }
}
