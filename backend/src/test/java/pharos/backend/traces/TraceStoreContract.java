package pharos.backend.traces;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import pharos.backend.traces.TraceStore.Candidate;
import pharos.backend.traces.TraceStore.Found;
import pharos.backend.traces.TraceStore.Place;
import pharos.backend.traces.TraceStore.Question;

/** What every store of traces does. */
public abstract class TraceStoreContract {
  private static final Instant ZERO = Instant.parse("2026-11-25T10:00:00Z");
  private static final long ZERO_MICROS = ZERO.getEpochSecond() * 1_000_000;
  private static final Place END = new Place(Long.MAX_VALUE, null);

  /** An empty store. */
  protected abstract TraceStore store() throws Exception;

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
  }

  private static List<Segment> segments(String lines) {
    return Segments.of(SpanRows.of(ZERO, lines), (namespace, pod) -> Optional.empty());
  }

  @Test
  void candidates_ofTokens_areTheNewestThatHaveAll() throws Exception {
    TraceStore store = store();
    await(
        store.append(
            segments(
                """
                1 1 - server web get 1000 1900 user=jason
                2 1 - server web get 2000 2100
                3 1 - server pay get 3000 3100 user=jason
                4 1 - server web get 4000 4100 user=jason
                5 1 - server web get 9000000 9000001
                """)));
    Set<Integer> tokens = Set.of(Tokens.of("service", "web"), Tokens.of("user", "jason"));
    assertThat(await(store.candidates(new Question(tokens, 0, 0, END, 10))))
        .containsExactly(candidate(4, 4000), candidate(1, 1000));
    assertThat(await(store.candidates(new Question(tokens, 500_000, 0, END, 10))))
        .containsExactly(candidate(1, 1000));
    assertThat(await(store.candidates(new Question(Set.of(), 0, 0, END, 2))))
        .containsExactly(candidate(5, 9_000_000), candidate(4, 4000));
    Place afterFour = new Place(ZERO_MICROS + 4_000_000, new TraceId(0, 4));
    assertThat(
            await(
                store.candidates(
                    new Question(Set.of(), 0, ZERO_MICROS + 2_000_000, afterFour, 10))))
        .containsExactly(candidate(3, 3000), candidate(2, 2000));
  }

  @Test
  void candidates_thatBeginTogether_haveAnOrderToGoOnIn() throws Exception {
    TraceStore store = store();
    await(
        store.append(segments("1 1 - server a b 5 6\n2 1 - server a b 5 6\n3 1 - server a b 5 6")));
    List<Candidate> first = await(store.candidates(new Question(Set.of(), 0, 0, END, 2)));
    List<Candidate> rest =
        await(store.candidates(new Question(Set.of(), 0, 0, first.getLast().place(), 2)));
    assertThat(first).containsExactly(candidate(3, 5), candidate(2, 5));
    assertThat(rest).containsExactly(candidate(1, 5));
  }

  @Test
  void segments_ofATrace_areAllThatArrivedWhenever() throws Exception {
    TraceStore store = store();
    await(store.append(segments("1 1 - client web get 0 50\n2 1 - client web get 0 50")));
    await(store.append(segments("1 2 1 server pay get 10 40 user=jason")));
    Map<TraceId, List<Found>> found =
        await(
            store.segments(
                Set.of(new TraceId(0, 1)), Set.of(Tokens.of("user", "jason")), 0, Long.MAX_VALUE));
    assertThat(found).containsOnlyKeys(new TraceId(0, 1));
    List<Found> parts = found.getOrDefault(new TraceId(0, 1), List.of());
    assertThat(parts).hasSize(2);
    assertThat(parts).extracting(Found::matching).containsExactlyInAnyOrder(true, false);
    for (Found part : parts) {
      assertThat(part.payload().spans()).hasSize(1);
    }
  }

  @Test
  void segment_withMoreThanTheIndexHolds_isACandidateOfEverySearch() throws Exception {
    StringBuilder line = new StringBuilder("1 1 - server web get 1 2");
    for (int i = 0; i < 2_500; i++) {
      line.append(" k").append(i).append("=v");
    }
    TraceStore store = store();
    await(store.append(segments(line.toString())));
    assertThat(
            await(store.candidates(new Question(Set.of(Tokens.of("k2499", "v")), 0, 0, END, 10))))
        .hasSize(1);
  }

  @Test
  void names_areWhatWasRecorded() throws Exception {
    TraceStore store = store();
    await(store.append(segments("1 1 - server web get 0 1 user=jason\n2 1 - server web put 0 1")));
    await(store.append(segments("3 1 - server web get 0 1 user=kim")));
    assertThat(await(store.names()))
        .containsExactlyInAnyOrder(
            new Segment.Name.Operation("web", "get"),
            new Segment.Name.Operation("web", "put"),
            new Segment.Name.Key("user"));
  }

  private static Candidate candidate(long trace, long millis) {
    return new Candidate(new TraceId(0, trace), ZERO_MICROS + millis * 1_000);
  }
}
