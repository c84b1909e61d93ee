package pharos.graph.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import pharos.graph.Box;
import pharos.graph.Edge;
import pharos.graph.GraphKind;
import pharos.graph.GraphOptions;
import pharos.graph.Node;
import pharos.graph.NodeId;
import pharos.graph.TrafficGraph;
import pharos.graph.sample.Inventory;
import pharos.graph.sample.Protocol;
import pharos.graph.sample.Reporter;
import pharos.graph.sample.RequestSample;
import pharos.graph.sample.Samples;
import pharos.graph.view.GraphDelta;
import pharos.graph.view.GraphViews;

/** What holds for every mesh. */
class GraphPropertiesTest {
  private static final GraphOptions BOXED =
      GraphOptions.DEFAULT.withBoxBy(Box.Kind.CLUSTER, Box.Kind.NAMESPACE, Box.Kind.APP);

  private static TrafficGraph graph(Samples samples, GraphOptions options) {
    return TrafficGraphs.of(samples, Inventory.unknown(), options);
  }

  private static Samples mesh(long seed) {
    return RandomMesh.of(seed, 4, 24, 80, 5);
  }

  @ParameterizedTest
  @EnumSource(GraphKind.class)
  void of_samplesInAnotherOrder_isEqual(GraphKind kind) {
    for (long seed = 1; seed <= 20; seed++) {
      Samples samples = mesh(seed);
      Samples shuffled =
          new Samples(
              samples.at(),
              samples.window(),
              shuffle(samples.requests(), seed),
              shuffle(samples.latencies(), seed),
              shuffle(samples.volumes(), seed),
              samples.spans(),
              samples.warnings(),
              true);
      assertThat(graph(shuffled, BOXED.withKind(kind)))
          .as("seed %d", seed)
          .isEqualTo(graph(samples, BOXED.withKind(kind)));
    }
  }

  private static <T> List<T> shuffle(List<T> list, long seed) {
    List<T> copy = new ArrayList<>(list);
    Collections.shuffle(copy, new Random(seed));
    return copy;
  }

  @ParameterizedTest
  @EnumSource(GraphKind.class)
  void delta_appliedToTheFirst_isTheSecond(GraphKind kind) {
    for (long seed = 1; seed <= 20; seed++) {
      TrafficGraph before = graph(mesh(seed), BOXED.withKind(kind));
      TrafficGraph after = graph(mesh(seed + 1), BOXED.withKind(kind));
      assertThat(GraphDelta.between(before, after).apply(before)).isEqualTo(after);
      assertThat(GraphDelta.between(after, after).isEmpty()).isTrue();
    }
  }

  /** §3.3 merging namespaces: both an edge and what comes in are those of the node's own graph. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void graphOfSeveralNamespaces_agreesWithTheGraphOfEach(boolean inject) {
    for (long seed = 1; seed <= 20; seed++) {
      Samples samples = mesh(seed);
      GraphOptions options = GraphOptions.DEFAULT.withInjectServiceNodes(inject);
      TrafficGraph whole =
          graph(samples, options.withNamespaces(Set.of("team-0", "team-1", "team-2", "team-3")));
      for (String namespace : whole.namespaces()) {
        TrafficGraph alone = graph(samples, options.withNamespaces(Set.of(namespace)));
        Map<String, Edge> edges = new HashMap<>();
        whole.edges().forEach(edge -> edges.put(edge.id(), edge));
        Map<NodeId, Node> nodes = alone.nodesById();
        for (Edge edge : alone.edges()) {
          if (namespaceOf(nodes, edge.source()).equals(namespace)) {
            assertThat(edges).containsKey(edge.id());
            Edge same = edges.getOrDefault(edge.id(), edge);
            assertThat(same.responses()).isEqualTo(edge.responses());
            assertThat(same.responseTime()).isEqualTo(edge.responseTime());
          }
        }
        Map<NodeId, Node> merged = whole.nodesById();
        for (Node node : alone.nodes()) {
          if (node.namespace().equals(namespace)) {
            Node same = merged.getOrDefault(node.id(), node);
            assertThat(same.facts().rates().httpIn()).isEqualTo(node.facts().rates().httpIn());
            assertThat(same.facts().rates().tcpIn()).isEqualTo(node.facts().rates().tcpIn());
          }
        }
      }
    }
  }

  private static String namespaceOf(Map<NodeId, Node> nodes, NodeId id) {
    Node node = nodes.get(id);
    return node == null ? "" : node.namespace();
  }

  @ParameterizedTest
  @EnumSource(
      value = GraphKind.class,
      names = {"WORKLOAD", "APP", "VERSIONED_APP"})
  void totals_ofDestinationReports_areConserved(GraphKind kind) {
    for (long seed = 1; seed <= 20; seed++) {
      Samples all = RandomMesh.of(seed, 1, 24, 80, 5);
      List<RequestSample> requests =
          all.requests().stream()
              .filter(sample -> sample.reporter() == Reporter.DESTINATION)
              .toList();
      Samples samples =
          new Samples(
              all.at(), all.window(), requests, List.of(), List.of(), List.of(), List.of(), true);
      Map<Protocol, Double> measured = new EnumMap<>(Protocol.class);
      requests.forEach(s -> measured.merge(s.protocol(), s.perSecond(), Double::sum));
      Map<Protocol, Double> drawn = new EnumMap<>(Protocol.class);
      TrafficGraph graph = graph(samples, GraphOptions.DEFAULT.withKind(kind));
      graph.edges().forEach(e -> drawn.merge(e.protocol(), e.rates().total(), Double::sum));
      measured.forEach((protocol, total) ->
          assertThat(drawn.getOrDefault(protocol, 0.0)).isCloseTo(total, within(1e-6)));
      double in = graph.nodes().stream().mapToDouble(n -> n.facts().rates().httpIn()).sum();
      double out = graph.nodes().stream().mapToDouble(n -> n.facts().rates().httpOut()).sum();
      assertThat(in).isCloseTo(out, within(1e-6));
    }
  }

  @ParameterizedTest
  @EnumSource(GraphKind.class)
  void edges_ofEverySource_addUpToItsOutgoingTraffic(GraphKind kind) {
    for (long seed = 1; seed <= 20; seed++) {
      TrafficGraph graph = graph(mesh(seed), GraphOptions.DEFAULT.withKind(kind));
      Map<NodeId, Map<Protocol, Double>> shares = new HashMap<>();
      for (Edge edge : graph.edges()) {
        shares
            .computeIfAbsent(edge.source(), id -> new EnumMap<>(Protocol.class))
            .merge(edge.protocol(), edge.rates().percentOfSource(), Double::sum);
        assertThat(edge.rates().percentErr()).isBetween(0.0, 100.0 + 1e-9);
        double flags =
            edge.responses().codes().values().stream()
                .flatMap(code -> code.flags().values().stream())
                .mapToDouble(Double::doubleValue)
                .sum();
        assertThat(flags).isCloseTo(100, within(1e-6));
      }
      shares.values().stream()
          .flatMap(byProtocol -> byProtocol.values().stream())
          .forEach(sum -> assertThat(sum).isCloseTo(100, within(1e-6)));
    }
  }

  @ParameterizedTest
  @EnumSource(GraphKind.class)
  void everyRow_hasItsEndsAndItsBox(GraphKind kind) {
    for (long seed = 1; seed <= 20; seed++) {
      TrafficGraph graph = graph(mesh(seed), BOXED.withKind(kind));
      Map<NodeId, Node> nodes = graph.nodesById();
      assertThat(nodes).hasSameSizeAs(graph.nodes());
      Set<String> boxes = new HashSet<>();
      graph.boxes().forEach(box -> boxes.add(box.id()));
      for (Edge edge : graph.edges()) {
        assertThat(nodes).containsKeys(edge.source(), edge.target());
      }
      for (Node node : graph.nodes()) {
        if (node.facts().parent() != null) {
          assertThat(boxes).contains(node.facts().parent());
        }
        assertThat(node.facts().rank()).isBetween(1, 100);
      }
    }
  }

  /** What crosses a folded border is what crossed it before. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void collapsed_keepsTheTrafficBetweenNamespaces(long seed) {
    TrafficGraph graph = graph(mesh(seed), GraphOptions.DEFAULT);
    TrafficGraph folded =
        GraphViews.collapsed(graph, Set.of("team-0", "team-1", "team-2", "team-3"));
    Map<NodeId, Node> nodes = graph.nodesById();
    double between =
        graph.edges().stream()
            .filter(edge ->
                !namespaceOf(nodes, edge.source()).equals(namespaceOf(nodes, edge.target())))
            .mapToDouble(edge -> edge.rates().total())
            .sum();
    assertThat(folded.nodes()).hasSize(4);
    assertThat(folded.edges().stream().mapToDouble(edge -> edge.rates().total()).sum())
        .isCloseTo(between, within(1e-6));
  }
}
