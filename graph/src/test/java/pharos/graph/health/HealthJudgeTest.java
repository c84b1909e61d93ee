package pharos.graph.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import pharos.graph.Health;
import pharos.graph.Health.Reason;
import pharos.graph.Health.Status;
import pharos.graph.health.HealthJudge.Direction;
import pharos.graph.sample.Protocol;

/** Reference §3.5. */
class HealthJudgeTest {
  private final HealthJudge judge = new HealthJudge(HealthPolicy.DEFAULT);

  /** {@code 200:95 500:5} are requests per second by code. */
  private static ResponseCounts counts(String protocol, String codes) {
    ResponseCounts counts = new ResponseCounts();
    for (String code : codes.split(" ", -1)) {
      int colon = code.lastIndexOf(':');
      counts.add(
          Protocol.valueOf(protocol.toUpperCase(Locale.ROOT)),
          code.substring(0, colon),
          Double.parseDouble(code.substring(colon + 1)));
    }
    return counts;
  }

  private Health inbound(ResponseCounts counts) {
    return judge.requests(
        counts, Direction.INBOUND, judge.tolerances("shop", "cart", "service", null));
  }

  @ParameterizedTest(name = "{0} {1} is {2}: {3}")
  @CsvSource(
      textBlock =
          """
          http, 200:100         , healthy , ''
          http, 200:99.9 500:0.1, degraded, 0.1 % of inbound HTTP requests ended with 500 (degraded above 0 %)
          http, 200:90 500:10   , failure , 10 % of inbound HTTP requests ended with 500 (failure from 10 %)
          http, 200:91 404:9    , healthy , ''
          http, 200:90 404:10   , degraded, 10 % of inbound HTTP requests ended with 404 (degraded from 10 %)
          http, 200:80 404:15 403:5, failure, '20 % of inbound HTTP requests ended with 403, 404 (failure from 20 %)'
          http, 200:99 -:1      , degraded, 1 % of inbound HTTP requests ended with no response (degraded above 0 %)
          grpc, 0:100           , healthy , ''
          grpc, 0:95 14:5       , degraded, 5 % of inbound gRPC requests ended with 14 (degraded above 0 %)
          grpc, 0:90 16:10      , failure , 10 % of inbound gRPC requests ended with 16 (failure from 10 %)
          grpc, 0:50 17:50      , healthy , ''
          grpc, 0:50 500:50     , healthy , ''
          tcp , -:100           , na      , ''
          """)
  void requests_byDefaultTolerances(String protocol, String codes, String status, String text) {
    Health health = inbound(counts(protocol, codes));
    assertThat(health.status().wireName()).isEqualTo(status);
    assertThat(health.reasons().stream().map(Reason::text))
        .isEqualTo(text.isEmpty() ? List.of() : List.of(text));
  }

  @Test
  void requests_withoutTraffic_areNotJudged() {
    assertThat(inbound(new ResponseCounts())).isEqualTo(Health.NONE);
  }

  @ParameterizedTest(name = "{0}/{1}/{2}, {3} synced: {4}, {5}")
  @CsvSource(
      textBlock =
          """
          0, 3, 3, -1, notReady, scaled to 0 replicas
          3, 3, 2, -1, degraded, 2 of 3 replicas are available
          3, 2, 3, -1, degraded, 2 of 3 replicas are available
          3, 3, 0, -1, failure , none of 3 replicas is available
          3, 0, 0, -1, failure , none of 3 replicas is available
          3, 4, 3, -1, failure , '4 replicas exist, but 3 are asked for and available'
          3, 3, 3,  2, degraded, 2 of 3 proxies are in sync with the control plane
          3, 3, 3,  3, healthy , ''
          3, 3, 3, -1, healthy , ''
          3, 5, 4, -1, degraded, '4 replicas are available, 5 exist, 3 are asked for'
          """)
  void workload_byReplicas(
      int desired, int current, int available, int synced, String status, String text) {
    Health health = HealthJudge.workload(desired, current, available, synced);
    assertThat(health.status().wireName()).isEqualTo(status);
    assertThat(health.reasons().stream().map(Reason::text))
        .isEqualTo(text.isEmpty() ? List.of() : List.of(text));
  }

  @Test
  void tolerances_ofUserRules_comeFirstAndMatchWhole() {
    Tolerance never = Tolerance.of("5XX", 100, 0, "http", "").orElseThrow();
    HealthJudge withRule =
        new HealthJudge(
            HealthPolicy.of(
                List.of(
                    new HealthPolicy.Rule(
                        Pattern.compile("shop"),
                        Pattern.compile("cart"),
                        Pattern.compile("service"),
                        List.of(never)))));
    assertThat(withRule.tolerances("shop", "cart", "service", null)).containsExactly(never);
    assertThat(withRule.tolerances("shop", "cart-2", "service", null)).hasSize(4);
    assertThat(withRule.tolerances("shop", "cart", "workload", null)).hasSize(4);
  }

  @ParameterizedTest(name = "{0} gives {1} tolerances")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          4xx,10,20,http,inbound                      | 1
          4xx,10,20,http,inbound;5xx,5,10,http,.*     | 2
          4xx,10,20,http,inbound;                     | 1
          4xx,10,20,http                              | 0
          4xx,ten,20,http,inbound                     | 0
          4xx,30,20,http,inbound                      | 0
          [,1,2,http,inbound                          | 0
          """)
  void parse_annotation(String annotation, int tolerances) {
    assertThat(Tolerance.parse(annotation)).hasSize(tolerances);
    assertThat(judge.tolerances("shop", "cart", "service", annotation))
        .hasSize(tolerances == 0 ? 4 : tolerances);
  }

  @Test
  void tolerance_ofOneDirection_judgesThatOnly() {
    List<Tolerance> inboundOnly = Tolerance.parse("5xx,0,10,http,inbound");
    ResponseCounts counts = counts("http", "200:50 500:50");
    assertThat(judge.requests(counts, Direction.INBOUND, inboundOnly).status())
        .isEqualTo(Status.FAILURE);
    assertThat(judge.requests(counts, Direction.OUTBOUND, inboundOnly)).isEqualTo(Health.NONE);
  }

  @Test
  void edge_isJudgedByBothEnds_theWorseCounts() {
    List<Tolerance> lax = Tolerance.parse("5xx,60,70,http,.*");
    List<Tolerance> strict = judge.tolerances("shop", "cart", "service", null);
    ResponseCounts counts = counts("http", "200:80 500:20");
    assertThat(judge.edge(counts, lax, lax).status()).isEqualTo(Status.HEALTHY);
    assertThat(judge.edge(counts, strict, lax).status()).isEqualTo(Status.FAILURE);
    assertThat(judge.edge(counts, lax, strict).status()).isEqualTo(Status.FAILURE);
  }

  @Test
  void worst_keepsAllReasons_worstFirst() {
    Health degraded = HealthJudge.workload(3, 3, 2, null);
    Health failure = HealthJudge.workload(3, 3, 0, null);
    assertThat(HealthJudge.worst(degraded, failure).status()).isEqualTo(Status.FAILURE);
    assertThat(HealthJudge.worst(degraded, failure).reasons())
        .extracting(Reason::status)
        .containsExactly(Status.FAILURE, Status.DEGRADED);
    assertThat(HealthJudge.worst(Health.NONE, degraded)).isEqualTo(degraded);
  }
}
