package pharos.backend.traces;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TraceSearchTest {
  private static final Instant NOW = Instant.parse("2026-11-25T10:00:00Z");

  private final Vertx vertx = Vertx.vertx();
  private final TracesInMemory store = new TracesInMemory();
  private final Traces traces =
      new Traces(
          vertx, store, (namespace, pod) -> Optional.empty(), Clock.fixed(NOW, ZoneOffset.UTC));

  @AfterEach
  void stop() throws Exception {
    vertx.close().await(10, TimeUnit.SECONDS);
  }

  @Test
  void search_pageByPage_showsEveryTraceOnceNewestFirst() throws Exception {
    for (int i = 1; i <= 25; i++) {
      Instant start = NOW.minusSeconds(60L * i);
      // Both halves arrive apart, so that each trace has two segments.
      store.record(SpanRows.of(start, "%d 1 - client web get 0 50".formatted(i)));
      store.record(SpanRows.of(start, "%d 2 1 server pay get 10 40".formatted(i)));
    }
    List<String> ids = new ArrayList<>();
    TraceStore.Place next = null;
    do {
      TracePage page = search("", next, 10);
      page.traces()
          .forEach(trace -> {
            ids.add(trace.id().toString());
            assertThat(trace.spans()).isEqualTo(2);
          });
      next = page.next();
    } while (next != null);
    assertThat(ids).hasSize(25).doesNotHaveDuplicates();
    assertThat(ids.getFirst()).endsWith("01");
    assertThat(ids.getLast()).endsWith("19");
  }

  @Test
  void search_conditionOnOneSpan_doesNotMixSpans() throws Exception {
    store.record(
        SpanRows.of(
            NOW.minusSeconds(100),
            """
            1 1 - server web get 0 50
            1 2 1 server pay get 10 40 error=true
            2 1 - server web get 0 50 error=true
            """));
    TracePage page = search("service=web status=error", null, 10);
    assertThat(page.traces()).extracting(trace -> trace.id().low()).containsExactly(2L);
    assertThat(page.traces().getFirst().matches()).containsExactly(1L);
    assertThat(page.next()).isNull();
    assertThat(page.searchedBackTo()).isEqualTo(NOW.minusSeconds(86_400));
  }

  @Test
  void search_rareAmongMany_saysHowFarItCame() throws Exception {
    List<String> lines = new ArrayList<>();
    for (int i = 1; i <= 4_100; i++) {
      lines.add("%d 1 - server web get %d %d".formatted(i, -i, -i + 1));
    }
    store.record(SpanRows.of(NOW.minusSeconds(1), String.join("\n", lines)));
    TracePage page = search("NOT service=web", null, 10); // no token helps
    assertThat(page.traces()).isEmpty();
    assertThat(page.next()).isNotNull();
    assertThat(page.searchedBackTo()).isBefore(NOW).isAfter(NOW.minusSeconds(10));
  }

  @Test
  void trace_ofSeveralSegments_isWhole() throws Exception {
    store.record(SpanRows.of(NOW, "7 1 - client web get 0 50"));
    store.record(SpanRows.of(NOW, "7 2 1 server pay get 10 40"));
    TraceFacts trace = traces.trace(new TraceId(0, 7)).await(10, TimeUnit.SECONDS);
    assertThat(trace.tree().size()).isEqualTo(2);
    assertThat(trace.span(2).orElseThrow().otlp().getName()).isEqualTo("get");
  }

  @Test
  void span_thatWasGivenAnotherId_isStillFound() throws Exception {
    store.record(SpanRows.of(NOW, "7 1 - client web get 0 50\n7 1 - server pay shared 10 40"));
    TraceFacts trace = traces.trace(new TraceId(0, 7)).await(10, TimeUnit.SECONDS);
    assertThat(trace.tree().depth(1)).isEqualTo(1);
    long given = trace.tree().span(1).id();
    assertThat(trace.span(given).orElseThrow().otlp().getName()).isEqualTo("shared");
  }

  private TracePage search(
      String text, TraceStore.@org.jspecify.annotations.Nullable Place after, int limit)
      throws Exception {
    return traces
        .search(
            new TraceQuestion(Expression.parse(text), NOW.minusSeconds(86_400), NOW, after, limit))
        .await(10, TimeUnit.SECONDS);
  }
}
