package pharos.backend.traces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each expression finds in one trace of three spans. */
class ExpressionTest {
  private static final String SPANS =
      """
      1 1 - server web     /buy   0   300 http.status_code=200 user=jason
      1 2 1 client web     pay    10  290 http.status_code=503 response_flags=UO
      1 3 2 server reviews /get   20  270 http.status_code=200 region=eu note=a(b
      """;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                                             | -",
        "service=web                                    | 1 2",
        "service=reviews                                | 3",
        "service=nobody                                 | none",
        "service=web status=error                       | 2",
        "service=web AND status=ERROR                   | 2",
        "service=reviews status=error                   | none",
        "{service=reviews} AND {status=error}           | 3 2",
        "service=reviews OR status=error                | 2 3",
        "NOT service=web                                | 3",
        "service!=web                                   | 3",
        "service=web (user=jason OR flags=UO)           | 1 2",
        "service=web NOT user                           | 2",
        "region                                         | 3",
        "user=jason                                     | 1",
        "duration>=250ms                                | 1 2 3",
        "duration>279ms                                 | 1 2",
        "duration>0.28s AND kind=client                 | none",
        "duration<251000us                              | 3",
        "http.status_code>=500                          | 2",
        "http.status_code<500                           | 1 3",
        "region>5                                       | none",
        "operation=~\"/.*\"                           | 1 3",
        "operation!~\"/.*\"                           | 2",
        "name=pay                                       | 2",
        "note=\"a(b\"                                 | 3",
        "trace.duration>299ms service=web               | 1 2",
        "trace.duration>300ms                           | none",
        "trace.spans=3 region=eu                        | 3",
        "trace.errors<1                                 | none",
        "NOT {service=reviews status=error} {user}      | 1",
        "NOT {service=reviews}                          | none",
      })
  void on_trace_findsTheSpans(String text, String ids) throws IOException {
    Expression.Verdict verdict = Expression.parse(text).on(trace());
    assertThat(verdict.matches()).isEqualTo(!ids.equals("none"));
    List<String> found =
        verdict.spans().stream().map(span -> Long.toString(span.id())).distinct().toList();
    assertThat(String.join(" ", found)).isEqualTo(ids.equals("none") || ids.equals("-") ? "" : ids);
  }

  /** What the index is asked for must never exclude a trace that matches. */
  @ParameterizedTest
  @CsvSource({
    "service=web status=error",
    "{service=reviews} AND {status=error}",
    "service=reviews OR status=error",
    "service!=web",
    "service=web (user=jason OR flags=UO)",
    "duration>=250ms",
    "http.status_code>=500",
    "operation=~\"/.*\"",
    "NOT {service=reviews status=error} {user}",
    "trace.spans=3 region=eu"
  })
  void tokens_ofWhatMatches_areInOneSegment(String text) throws IOException {
    Expression expression = Expression.parse(text);
    assertThat(expression.on(trace()).matches()).isTrue();
    for (Segment whole : Segments.of(SpanRows.of(Instant.EPOCH, SPANS), NOBODY)) {
      assertThat(whole.tokens()).containsAll(expression.tokens());
      assertThat(whole.endMicros() - whole.startMicros())
          .isGreaterThanOrEqualTo(expression.leastNanos() / 1_000);
    }
    // The same when every span came alone: one of the segments must do.
    Set<Boolean> hits = new HashSet<>();
    SPANS
        .lines()
        .forEach(line -> {
          for (Segment alone : Segments.of(SpanRows.of(Instant.EPOCH, line), NOBODY)) {
            hits.add(alone.tokens().containsAll(expression.tokens()));
          }
        });
    assertThat(hits).contains(true);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "service=            | 8  | a value",
        "(service=a          | 10 | \")\" is missing",
        "service=a)          | 9  | not expected",
        "duration>5          | 9  | no duration",
        "duration=5ms        | 9  | compared with < or >",
        "size>big            | 5  | no number",
        "a=~\"(\"          | 3  | pattern cannot be read",
        "a=\"b              | 2  | never closed",
        "= 5                 | 0  | a key",
        "trace.spans=~4      | 0  | compared with",
        "NOT                 | 3  | a key",
      })
  void parse_nonsense_saysWhere(String text, int position, String words) {
    assertThatThrownBy(() -> Expression.parse(text))
        .isInstanceOfSatisfying(
            TraceFailure.BadExpression.class, bad -> assertThat(bad.position()).isEqualTo(position))
        .hasMessageContaining(words);
  }

  @Test
  void parse_tooDeepOrTooLong_isRefused() {
    assertThatThrownBy(() -> Expression.parse("(".repeat(500) + "a"))
        .isInstanceOf(TraceFailure.BadExpression.class);
    assertThatThrownBy(() -> Expression.parse("NOT ".repeat(450) + "a"))
        .isInstanceOf(TraceFailure.BadExpression.class);
    assertThatThrownBy(() -> Expression.parse("a".repeat(3_000)))
        .isInstanceOf(TraceFailure.BadExpression.class);
  }

  private static final PodOwners NOBODY = (namespace, pod) -> Optional.empty();

  private static TraceFacts trace() throws IOException {
    return TraceFacts.read(
        new TraceId(0, 1),
        Segments.of(SpanRows.of(Instant.EPOCH, SPANS), NOBODY).stream()
            .map(Segment::payload)
            .toList(),
        NOBODY);
  }
}
