package pharos.graph.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import pharos.graph.Edge;
import pharos.graph.EdgeKey;
import pharos.graph.EdgeRates;
import pharos.graph.GraphKind;
import pharos.graph.Health;
import pharos.graph.Health.Status;
import pharos.graph.Latency;
import pharos.graph.Node;
import pharos.graph.NodeFacts;
import pharos.graph.NodeFlag;
import pharos.graph.NodeId;
import pharos.graph.NodeRates;
import pharos.graph.ResponseBreakdown;
import pharos.graph.TrafficGraph;
import pharos.graph.sample.Inventory.ConfigFlag;
import pharos.graph.sample.Protocol;
import pharos.graph.view.FindExpression.Matches;
import pharos.graph.view.FindExpression.Parsed;

/** Reference §1.2, find/hide. The graph: unknown → web → cart (slow, failing) → db (TCP). */
class FindExpressionTest {
  private static final Node UNKNOWN =
      new Node.UnknownNode(NodeId.of("unknown"), "east", facts(Status.NOT_AVAILABLE, 0, 0));
  private static final Node WEB =
      new Node.WorkloadNode(
          NodeId.of("web"), "east", "shop", "web-v1", "web", "v1", facts(Status.HEALTHY, 0, 5));
  private static final Node CART =
      new Node.ServiceNode(
          NodeId.of("cart"), "east", "shop", "cart", null, facts(Status.FAILURE, 9, 0));
  private static final Node DB =
      new Node.AppNode(
          NodeId.of("db"), "west", "data", "db", "v2", "db-v2", facts(Status.HEALTHY, 0, 0));
  private static final TrafficGraph GRAPH =
      GraphViews.ranked(
          new TrafficGraph(
              GraphKind.WORKLOAD,
              Instant.EPOCH,
              Duration.ofMinutes(1),
              Set.of(),
              List.of(UNKNOWN, WEB, CART, DB),
              List.of(
                  edge(UNKNOWN, WEB, Protocol.HTTP, 5, 0, 20.0, null, Status.HEALTHY),
                  edge(WEB, CART, Protocol.HTTP, 9, 30, 1500.0, 100.0, Status.FAILURE),
                  edge(CART, DB, Protocol.TCP, 0, 0, null, 0.0, Status.NOT_AVAILABLE)),
              List.of(),
              true,
              List.of()),
          true,
          true);

  private static NodeFacts facts(Status status, double httpIn, double httpOut) {
    return new NodeFacts(
        null,
        httpIn > 0 ? Set.of(NodeFlag.OUT_OF_MESH) : httpOut > 0 ? Set.of(NodeFlag.ROOT) : Set.of(),
        httpIn > 0 ? Set.of(ConfigFlag.VIRTUAL_SERVICE) : Set.of(),
        httpIn > 0 ? Map.of("tier", "Backend") : Map.of(),
        List.of(),
        List.of(),
        null,
        new Health(status, List.of()),
        null,
        new NodeRates(httpIn, 0, 0, 0, 0, httpOut, 0, 0, 0, 0, 0, 0));
  }

  private static Edge edge(
      Node from,
      Node to,
      Protocol protocol,
      double total,
      double percentErr,
      @Nullable Double p95,
      @Nullable Double mtls,
      Status status) {
    EdgeKey key = new EdgeKey(from.id(), to.id(), protocol);
    return new Edge(
        from.id().key() + ">" + to.id().key(),
        key,
        new EdgeRates(total, 0, 0, 0, 0, 0, percentErr, 100),
        ResponseBreakdown.NONE,
        p95 == null ? null : new Latency(1.0, 1.0, p95, p95),
        null,
        mtls,
        mtls == null ? null : "spiffe://td/ns/shop/sa/web",
        null,
        new Health(status, List.of()),
        false);
  }

  private static String found(String expression) {
    return switch (FindExpression.parse(expression)) {
      case Parsed.Valid valid -> shown(valid.expression().in(GRAPH));
      case Parsed.Invalid invalid -> invalid.position() + ": " + invalid.message();
    };
  }

  private static String shown(Matches matches) {
    TreeSet<String> names = new TreeSet<>(matches.edges());
    matches.nodes().forEach(id -> names.add(id.key()));
    return String.join(" ", names);
  }

  @ParameterizedTest(name = "{0} finds {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          namespace = shop                        | cart web
          ns = SHOP                               | cart web
          ns != shop                              | db unknown
          name = unknown                          | unknown
          name *= b                               | db web
          name contains b                         | db web
          name not contains b                     | cart unknown
          name !*= b                              | cart unknown
          name startswith c                       | cart
          name ^= c                               | cart
          name !^= c                              | db unknown web
          name endswith -v2                       | db
          wl $= -v1                               | web
          name not endswith -v1                   | cart db unknown
          node = service                          | cart
          node = svc                              | cart
          node is svc                             | cart
          svc = cart                              | cart
          app = web                               | web
          version = v2                            | db
          cluster = west                          | db
          httpin > 1                              | cart
          httpin >= 9                             | cart
          httpin < 1                              | db unknown web
          httpout = 5                             | web
          rank <= 1                               | cart web
          rank > 1                                | db unknown
          label:tier                              | cart
          !label:tier                             | db unknown web
          label:tier = backend                    | cart
          label:tier != backend                   | db unknown web
          root                                    | web
          is trafficsource                        | web
          has vs                                  | cart
          not vs                                  | db unknown web
          is not sc                               | cart
          ! sidecar                               | cart
          healthy                                 | cart>db db unknown unknown>web web
          ! healthy                               | cart web>cart
          not healthy AND httpin > 0              | cart
          rt > 1000                               | web>cart
          responsetime < 1000                     | unknown>web
          http > 1                                | unknown>web web>cart
          http > 1 AND %httperr >= 30%            | web>cart
          %httptraffic = 100                      | unknown>web web>cart
          protocol = tcp                          | cart>db
          mtls                                    | web>cart
          !mtls                                   | cart>db unknown>web
          traffic                                 | unknown>web web>cart
          ! traffic                               | cart>db
          sourceprincipal *= sa/web               | cart>db web>cart
          destprincipal = x                       | ''
          ns = data OR ns = shop AND httpin > 1   | cart db
          (ns = data OR ns = shop) AND httpin > 1 | cart
          ns = data or mtls                       | db web>cart
          not (ns = data or mtls)                 | cart cart>db unknown unknown>web web
          name = "cart"                           | cart
          dead                                    | ''
          """)
  void find(String expression, String expected) {
    assertThat(found(expression)).isEqualTo(expected);
  }

  @ParameterizedTest(name = "{0} is refused: {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''                    | 0: expected an operand such as namespace or httpin, or a flag such as healthy, found the end
          ns =                  | 4: expected a value for ns, found the end
          ns shop               | 3: expected an operator such as = or > after ns, found shop
          colour = red          | 0: colour is no operand and no flag (expected: for example namespace, httpin, rt or healthy)
          httpin > fast         | 9: expected a number, found fast
          httpin *= 1           | 0: httpin is a number (expected: =, !=, <, <=, > or >= after it)
          ns > shop             | 0: ns is text (expected: =, !=, *=, ^= or $= after it)
          healthy = true        | 0: healthy is a flag (expected: no operator after it)
          is fast               | 3: expected a flag such as healthy or idle, found fast
          (ns = shop            | 10: expected ) for the ( at 0, found the end
          ns = shop)            | 9: expected AND, OR or the end, found )
          ns = shop httpin > 1  | 10: expected AND, OR or the end, found httpin
          ns = shop AND rt > 10 | 14: expected a condition on nodes: nothing is a node and an edge at once
          mtls and root         | 9: expected a condition on edges: nothing is a node and an edge at once
          name = "cart          | 7: the quote that begins here does not end
          name not = x          | 9: expected contains, startswith or endswith, found =
          ns = shop AND         | 13: expected an operand such as namespace or httpin, or a flag such as healthy, found the end
          """)
  void parse_whatDoesNotFit_saysWhereAndWhatWasExpected(String expression, String expected) {
    assertThat(found(expression)).isEqualTo(expected);
  }

  /** An answer, never an exception and never a stack overflow. */
  @Test
  void parse_anyText_answers() {
    String[] words = {
      "ns",
      "=",
      "shop",
      "(",
      ")",
      "and",
      "or",
      "not",
      "!",
      "healthy",
      "rt",
      ">",
      "10",
      "\"",
      "is",
      "*=",
      "label:x",
      "contains",
      "'",
      "%httperr",
      "\u0000",
      "label:"
    };
    Random random = new Random(7);
    for (int round = 0; round < 20_000; round++) {
      List<String> parts = new ArrayList<>();
      for (int i = random.nextInt(12); i >= 0; i--) {
        parts.add(words[random.nextInt(words.length)]);
      }
      String text = String.join(random.nextBoolean() ? " " : "", parts);
      switch (FindExpression.parse(text)) {
        case Parsed.Valid valid -> assertThat(valid.expression().in(GRAPH)).isNotNull();
        case Parsed.Invalid invalid ->
            assertThat(invalid.position()).as(text).isBetween(0, text.length());
      }
    }
    assertThat(FindExpression.parse("(".repeat(1_500))).isInstanceOf(Parsed.Invalid.class);
    assertThat(FindExpression.parse("!".repeat(1_500))).isInstanceOf(Parsed.Invalid.class);
    assertThat(FindExpression.parse("a".repeat(5_000))).isInstanceOf(Parsed.Invalid.class);
  }

  @Test
  void hide_aNode_takesItsEdges() {
    FindExpression expression =
        switch (FindExpression.parse("name = cart")) {
          case Parsed.Valid valid -> valid.expression();
          case Parsed.Invalid invalid -> throw new AssertionError(invalid);
        };
    TrafficGraph hidden = GraphViews.hide(GRAPH, expression);
    assertThat(hidden.nodes()).extracting(node -> node.id().key()).doesNotContain("cart");
    assertThat(hidden.edges()).extracting(Edge::id).containsExactly("unknown>web");
  }

  @ParameterizedTest(name = "{0} hops from {1}: {2}")
  @CsvSource({
    "0, web, web",
    "1, web, cart unknown web",
    "2, web, cart db unknown web",
    "1, db, cart db",
    "3, gone, ''"
  })
  void focus(int hops, String center, String expected) {
    TrafficGraph focused = GraphViews.focus(GRAPH, NodeId.of(center), hops);
    TreeSet<String> names = new TreeSet<>();
    focused.nodes().forEach(node -> names.add(node.id().key()));
    assertThat(String.join(" ", names)).isEqualTo(expected);
  }

  @ParameterizedTest(name = "{0} names {1}")
  @CsvSource({"shop/web-v1, web", "shop/cart, cart", "data/db, db", "web, web", "shop/db, ''"})
  void node_byReference(String reference, String expected) {
    assertThat(GraphViews.node(GRAPH, reference).map(node -> node.id().key()).orElse(""))
        .isEqualTo(expected);
    assertThat(GraphViews.node(GRAPH, NodeId.of("db").hash()))
        .hasValueSatisfying(node -> assertThat(node.id()).isEqualTo(DB.id()));
  }

  @Test
  void atLeast_keepsWhatIsBadAndTheEndsOfBadEdges() {
    TrafficGraph bad = GraphViews.atLeast(GRAPH, Status.DEGRADED);
    assertThat(bad.edges()).extracting(Edge::id).containsExactly("web>cart");
    assertThat(bad.nodes()).extracting(node -> node.id().key()).containsExactly("web", "cart");
  }

  @Test
  void ofNamespaces_keepsPartners() {
    TrafficGraph data = GraphViews.ofNamespaces(GRAPH, Set.of("data"));
    assertThat(data.nodes()).extracting(node -> node.id().key()).containsExactly("cart", "db");
  }
}
