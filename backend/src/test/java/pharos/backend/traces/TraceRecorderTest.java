package pharos.backend.traces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import pharos.backend.traces.RecorderLimits.Acknowledge;

class TraceRecorderTest {
  private static final Instant NOW = Instant.parse("2026-11-25T10:00:00Z");
  private static final long WAIT_SECONDS = 30;

  private final SlowStore store = new SlowStore();

  @Test
  void take_untilCommitted_isNotAnswered() throws Exception {
    try (TraceRecorder recorder = recorder(Acknowledge.COMMIT, 100)) {
      Future<Void> taken = recorder.take(spans("1 1 - server a op 0 1"), 1);
      Promise<Void> commit = store.next();
      assertThat(taken.isComplete()).isFalse();
      commit.complete();
      taken.await(WAIT_SECONDS, TimeUnit.SECONDS);
      assertThat(recorder.facts()).containsEntry("stored", "1").containsEntry("waiting", "0");
    }
  }

  @Test
  void take_onEnqueue_isAnsweredAtOnce() throws Exception {
    try (TraceRecorder recorder = recorder(Acknowledge.ENQUEUE, 100)) {
      assertThat(recorder.take(spans("1 1 - server a op 0 1"), 1).succeeded()).isTrue();
      store.next().complete();
    }
  }

  @Test
  void take_moreThanMayWait_isRefusedAndCounted() throws Exception {
    try (TraceRecorder recorder = recorder(Acknowledge.COMMIT, 2)) {
      Future<Void> first = recorder.take(spans("1 1 - server a op 0 1\n1 2 1 client a op 0 1"), 2);
      Promise<Void> commit = store.next();
      assertThat(recorder.take(spans("2 1 - server a op 0 1"), 1).cause())
          .isInstanceOfSatisfying(
              TraceFailure.NotNow.class, failure -> assertThat(failure.overload()).isTrue());
      assertThat(recorder.facts()).containsEntry("storeRefused", "1");
      commit.complete();
      first.await(WAIT_SECONDS, TimeUnit.SECONDS);
      Future<Void> again = recorder.take(spans("2 1 - server a op 0 1"), 1);
      store.next().complete();
      again.await(WAIT_SECONDS, TimeUnit.SECONDS);
    }
  }

  @Test
  void take_thatTheStoreFails_isToldAndCounted() throws Exception {
    try (TraceRecorder recorder = recorder(Acknowledge.COMMIT, 100)) {
      Future<Void> taken = recorder.take(spans("1 1 - server a op 0 1"), 1);
      store.next().fail("away");
      assertThatThrownBy(() -> taken.await(WAIT_SECONDS, TimeUnit.SECONDS))
          .isInstanceOfSatisfying(
              TraceFailure.NotNow.class, failure -> assertThat(failure.overload()).isFalse());
      assertThat(recorder.facts()).containsEntry("storeLost", "1").containsEntry("waiting", "0");
    }
  }

  @Test
  void take_spansOfOneTraceThatComeTogether_areOneSegment() throws Exception {
    try (TraceRecorder recorder = recorder(Acknowledge.ENQUEUE, 100)) {
      recorder.take(spans("1 1 - client a op 0 9"), 1);
      recorder.take(spans("1 2 1 server b op 1 8\n2 1 - server a op 0 1"), 2);
      store.next().complete();
      assertThat(store.appended.stream().mapToInt(Segment::spans).sum()).isEqualTo(3);
      assertThat(store.appended).hasSizeBetween(2, 3); // 3 if the writer was faster than the test
    }
  }

  @Test
  void keeps_whatCanBeFound() {
    try (TraceRecorder recorder = recorder(Acknowledge.COMMIT, 100)) {
      assertThat(recorder.keeps(micros(NOW), NOW)).isTrue();
      assertThat(recorder.keeps(micros(NOW.minus(Duration.ofDays(3))), NOW)).isFalse();
      assertThat(recorder.keeps(micros(NOW.plus(Duration.ofDays(1))), NOW)).isFalse();
      assertThat(recorder.keeps(Long.MAX_VALUE / 1_000, NOW)).isFalse();
      assertThat(recorder.keeps(-5, NOW)).isFalse();
    }
  }

  private static long micros(Instant at) {
    return at.toEpochMilli() * 1_000;
  }

  private static List<ResourceSpans> spans(String lines) {
    return SpanRows.of(NOW, lines);
  }

  private TraceRecorder recorder(Acknowledge acknowledge, int maxWaiting) {
    return new TraceRecorder(
        store,
        (namespace, pod) -> Optional.empty(),
        new RecorderLimits(
            1,
            1_000,
            Duration.ofMillis(100),
            maxWaiting,
            1 << 20,
            Duration.ofSeconds(WAIT_SECONDS),
            Duration.ofDays(2),
            acknowledge));
  }

  /** Commits when the test says so. */
  private static final class SlowStore implements TraceStore {
    private final LinkedBlockingQueue<Promise<Void>> commits = new LinkedBlockingQueue<>();
    private final List<Segment> appended = new ArrayList<>();

    Promise<Void> next() throws InterruptedException {
      Promise<Void> commit = commits.poll(WAIT_SECONDS, TimeUnit.SECONDS);
      if (commit == null) {
        throw new AssertionError("nothing was appended");
      }
      return commit;
    }

    @Override
    public Future<Void> append(List<Segment> segments) {
      appended.addAll(segments);
      Promise<Void> commit = Promise.promise();
      commits.add(commit);
      return commit.future();
    }

    @Override
    public Future<List<Candidate>> candidates(Question question) {
      throw new AssertionError("a recorder does not search");
    }

    @Override
    public Future<Map<TraceId, List<Found>>> segments(
        Collection<TraceId> traces, Set<Integer> tokens, long fromMicros, long toMicros) {
      throw new AssertionError("a recorder does not read");
    }

    @Override
    public Future<List<Segment.Name>> names() {
      throw new AssertionError("a recorder does not read");
    }
  }
}
