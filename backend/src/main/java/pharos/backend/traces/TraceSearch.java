package pharos.backend.traces;

import io.vertx.core.Future;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import pharos.backend.traces.TraceStore.Candidate;
import pharos.backend.traces.TraceStore.Found;
import pharos.backend.traces.TraceStore.Place;
import pharos.backend.traces.TraceStore.Question;

/**
 * One search: candidates of the index, the newest first, looked at until enough traces match, the
 * range ends, or the search has cost enough. Then it says how far back it came.
 */
final class TraceSearch {
  /** Spans of one trace rarely begin further apart; a longer trace is found by its parts. */
  private static final long HALF_TRACE_MICROS = Duration.ofHours(1).toNanos() / 1_000;

  private static final int BATCH = 64;
  private static final int MAX_CANDIDATES = 4_000;
  private static final Duration MAX_TIME = Duration.ofSeconds(3);

  /** Each slice is looked at before the next longer one, so that recent answers come fast. */
  private static final List<Duration> SLICES =
      List.of(
          Duration.ofMinutes(10), Duration.ofHours(1), Duration.ofHours(6), Duration.ofHours(24));

  private final TraceStore store;
  private final PodOwners pods;
  private final InstantSource clock;
  private final TraceQuestion question;
  private final Set<Integer> tokens;
  private final long leastMicros;
  private final Instant began;
  private final List<TraceSummary> found = new ArrayList<>();
  private int looked;
  private Place at;

  TraceSearch(TraceStore store, PodOwners pods, InstantSource clock, TraceQuestion question) {
    this.store = store;
    this.pods = pods;
    this.clock = clock;
    this.question = question;
    this.tokens = question.expression().tokens();
    this.leastMicros = question.expression().leastNanos() / 1_000;
    this.began = clock.instant();
    Place after = question.after();
    this.at = after == null ? new Place(micros(question.to()) + 1, null) : after;
  }

  Future<TracePage> run() {
    return step(0);
  }

  private Future<TracePage> step(int slice) {
    long end = micros(question.from());
    long from =
        slice < SLICES.size()
            ? Math.max(end, micros(question.to()) - SLICES.get(slice).toNanos() / 1_000)
            : end;
    return store
        .candidates(new Question(tokens, leastMicros, from, at, BATCH))
        .compose(candidates -> {
          if (candidates.isEmpty()) {
            return from <= end ? Future.succeededFuture(page(true)) : step(slice + 1);
          }
          return look(candidates).compose(next -> next ? step(slice) : stop());
        });
  }

  private Future<TracePage> stop() {
    return Future.succeededFuture(page(false));
  }

  /** Whether to go on. */
  private Future<Boolean> look(List<Candidate> candidates) {
    Set<TraceId> ids = new LinkedHashSet<>();
    candidates.forEach(candidate -> ids.add(candidate.trace()));
    return store
        .segments(
            ids,
            tokens,
            candidates.getLast().startMicros() - HALF_TRACE_MICROS,
            candidates.getFirst().startMicros() + HALF_TRACE_MICROS)
        .compose(segments -> judge(candidates, segments));
  }

  private Future<Boolean> judge(List<Candidate> candidates, Map<TraceId, List<Found>> segments) {
    for (Candidate candidate : candidates) {
      if (found.size() >= question.limit()
          || looked >= MAX_CANDIDATES
          || Duration.between(began, clock.instant()).compareTo(MAX_TIME) > 0) {
        return Future.succeededFuture(false);
      }
      looked++;
      at = candidate.place();
      List<Found> parts = segments.getOrDefault(candidate.trace(), List.of());
      if (isNewest(candidate, parts)) {
        try {
          judge(candidate.trace(), parts);
        } catch (IOException e) {
          return Future.failedFuture(e);
        }
      }
    }
    return Future.succeededFuture(true);
  }

  /** A trace of several segments is met several times, and shown at its newest matching one. */
  private static boolean isNewest(Candidate candidate, List<Found> parts) {
    return parts.stream()
        .filter(Found::matching)
        .allMatch(part -> part.startMicros() <= candidate.startMicros());
  }

  private void judge(TraceId id, List<Found> parts) throws IOException {
    boolean shown = found.stream().anyMatch(each -> each.id().equals(id));
    if (shown) {
      return; // two segments that begin at the same time
    }
    TraceFacts trace = TraceFacts.read(id, parts.stream().map(Found::payload).toList(), pods);
    Expression.Verdict verdict = question.expression().on(trace);
    if (verdict.matches()) {
      found.add(TraceSummary.of(trace, verdict.spans()));
    }
  }

  private TracePage page(boolean whole) {
    @Nullable Place next = whole ? null : at;
    return new TracePage(found, whole ? question.from() : instant(at.startMicros()), next);
  }

  private static long micros(Instant at) {
    return Math.addExact(at.getEpochSecond() * 1_000_000, at.getNano() / 1_000);
  }

  private static Instant instant(long micros) {
    return Instant.ofEpochSecond(
        Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1_000L);
  }
}
