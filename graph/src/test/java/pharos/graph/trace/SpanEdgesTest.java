package pharos.graph.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import pharos.graph.trace.SpanEdges.Peer;

class SpanEdgesTest {

  @Test
  void of_callThroughApplicationsAndProxies_countsItOnce() {
    List<String> edges =
        edges(
            """
            1 - server web /buy 0 100 workload=web
            2 1 client web pay 10 90 workload=web
            3 2 client web pay 11 89 workload=web proxy peer=pay
            4 3 server pay pay 20 80 workload=pay proxy
            5 4 server pay pay 21 79 workload=pay
            """);
    assertThat(edges).containsExactly("outside -> web 1 call", "web -> pay 1 call");
  }

  @Test
  void of_callWithoutAnswer_leadsToAVirtualPeer() {
    assertThat(
            edges(
                """
                1 - server web /buy 0 100 workload=web
                2 1 client web get 10 90 workload=web proxy peer=example.com error
                """))
        .containsExactly("outside -> web 1 call", "web -> (example.com) 1 call 1 error");
  }

  @Test
  void of_retriedCall_countsEveryAttemptThatArrived() {
    assertThat(
            edges(
                """
                1 - client web get 0 100 workload=web
                2 1 server pay get 10 40 workload=pay error
                3 1 server pay get 50 90 workload=pay
                """))
        .containsExactly("web -> pay 2 calls 1 error");
  }

  @Test
  void of_serverWhoseClientSpanIsMissing_knowsTheCallerFromTheParent() {
    assertThat(
            edges(
                """
                1 - server web /buy 0 100 workload=web
                2 1 server pay get 10 40 workload=pay
                """))
        .containsExactly("outside -> web 1 call", "web -> pay 1 call");
  }

  private static List<String> edges(String spans) {
    return SpanEdges.of(List.of(TraceTree.of(TraceText.spans(spans)))).stream()
        .map(edge ->
            "%s -> %s %d call%s%s"
                .formatted(
                    name(edge.from()),
                    name(edge.to()),
                    edge.calls(),
                    edge.calls() == 1 ? "" : "s",
                    edge.errors() == 0 ? "" : " " + edge.errors() + " error"))
        .sorted()
        .toList();
  }

  private static String name(Peer peer) {
    return switch (peer) {
      case Peer.Known known -> known.workload();
      case Peer.Virtual virtual -> "(" + virtual.name() + ")";
      case Peer.Outside _ -> "outside";
    };
  }
}
