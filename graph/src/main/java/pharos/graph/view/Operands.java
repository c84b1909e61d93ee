package pharos.graph.view;

import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import pharos.graph.Edge;
import pharos.graph.Health.Status;
import pharos.graph.Latency;
import pharos.graph.Node;
import pharos.graph.Node.AggregateNode;
import pharos.graph.Node.AppNode;
import pharos.graph.Node.ServiceNode;
import pharos.graph.Node.UnknownNode;
import pharos.graph.Node.WorkloadNode;
import pharos.graph.NodeFlag;
import pharos.graph.NodeRates;
import pharos.graph.Throughput;
import pharos.graph.sample.Inventory.ConfigFlag;
import pharos.graph.sample.Protocol;
import pharos.graph.view.Condition.Leaf;

/** The words that a find expression may use (reference §1.2, find/hide), and what they mean. */
final class Operands {
  /** Makes a condition of an operator and a value. */
  sealed interface Operand {
    record Text(
        @Nullable Function<Node, List<@Nullable String>> ofNode,
        @Nullable Function<Edge, List<@Nullable String>> ofEdge)
        implements Operand {}

    record Numeric(
        @Nullable Function<Node, @Nullable Double> ofNode,
        @Nullable Function<Edge, @Nullable Double> ofEdge)
        implements Operand {}
  }

  private static final Map<String, Operand> COMPARED = new HashMap<>();
  private static final Map<String, Leaf> FLAGS = new HashMap<>();
  private static final String LABEL = "label:";

  static {
    text(node -> one(app(node)), "app");
    text(node -> one(node.cluster()), "cluster");
    text(node -> one(node.namespace()), "namespace", "ns");
    text(Operands::names, "name");
    text(node -> types(node), "node");
    text(node -> one(node instanceof AggregateNode a ? a.value() : null), "operation", "op");
    text(node -> one(service(node)), "service", "svc");
    text(node -> one(version(node)), "version");
    text(node -> one(workload(node)), "workload", "wl");
    COMPARED.put("rank", new Operand.Numeric(Operands::rank, null));
    rate("httpin", NodeRates::httpIn);
    rate("httpout", NodeRates::httpOut);
    rate("grpcin", NodeRates::grpcIn);
    rate("grpcout", NodeRates::grpcOut);
    rate("tcpin", NodeRates::tcpIn);
    rate("tcpout", NodeRates::tcpOut);
    for (Protocol protocol : Protocol.values()) {
      String name = protocol.name().toLowerCase(Locale.ROOT);
      edgeRate(name, protocol, edge -> edge.rates().total());
      edgeRate("%" + name + "err", protocol, edge -> edge.rates().percentErr());
      edgeRate("%" + name + "traffic", protocol, edge -> edge.rates().percentOfSource());
    }
    edgeText(edge -> one(edge.protocol().name()), "protocol");
    edgeText(edge -> one(edge.sourcePrincipal()), "sourceprincipal");
    edgeText(edge -> one(edge.destPrincipal()), "destprincipal");
    edgeNumber(Operands::responseTime, "responsetime", "rt");
    edgeNumber(Operands::throughput, "throughput");

    flag(ConfigFlag.CIRCUIT_BREAKER, "circuitbreaker", "cb");
    flag(ConfigFlag.FAULT_INJECTION, "faultinjection", "fi");
    flag(ConfigFlag.MIRRORING, "mirroring");
    flag(ConfigFlag.REQUEST_ROUTING, "requestrouting", "rr");
    flag(ConfigFlag.REQUEST_TIMEOUT, "requesttimeout", "rto");
    flag(ConfigFlag.TCP_TRAFFIC_SHIFTING, "tcptrafficshifting", "tcpts");
    flag(ConfigFlag.TRAFFIC_SHIFTING, "trafficshifting", "ts");
    flag(ConfigFlag.VIRTUAL_SERVICE, "virtualservice", "vs");
    flag(NodeFlag.DEAD, "dead");
    flag(NodeFlag.IDLE, "idle");
    flag(NodeFlag.INACCESSIBLE, "inaccessible");
    flag(NodeFlag.OUTSIDE, "outside", "outsider");
    flag(NodeFlag.SERVICE_ENTRY, "serviceentry", "se");
    flag(NodeFlag.ROOT, "trafficsource", "root");
    flag(NodeFlag.WORKLOAD_ENTRY, "workloadentry", "we");
    flag(NodeFlag.WAYPOINT, "waypoint");
    flag(NodeFlag.AMBIENT, "ambient");
    flag(NodeFlag.GATEWAY, "gateway", "gw");
    nodeFlag(node -> !node.facts().is(NodeFlag.OUT_OF_MESH), "sidecar", "sc");
    edgeFlag(edge -> edge.mtls() != null && edge.mtls() > 0, "mtls");
    edgeFlag(edge -> edge.rates().total() > 0, "traffic");
    both(
        node -> isHealthy(node.facts().health().status()),
        edge -> isHealthy(edge.health().status()),
        "healthy");
    both(node -> node.facts().is(NodeFlag.SAMPLED_ONLY), Edge::sampled, "sampled");
  }

  private Operands() {}

  /** Null when there is no such operand. */
  static @Nullable Operand compared(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    if (lower.startsWith(LABEL) && lower.length() > LABEL.length()) {
      String label = name.substring(LABEL.length());
      return new Operand.Text(node -> one(node.facts().labels().get(label)), null);
    }
    return COMPARED.get(lower);
  }

  /** Null when there is no such flag. */
  static @Nullable Condition flag(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    if (lower.startsWith(LABEL) && lower.length() > LABEL.length()) {
      String label = name.substring(LABEL.length());
      return Leaf.node(node -> Truth.of(node.facts().labels().containsKey(label)));
    }
    return FLAGS.get(lower);
  }

  /** No data is not unhealthy: {@code !healthy} finds what needs attention. */
  private static boolean isHealthy(Status status) {
    return status.compareTo(Status.HEALTHY) <= 0;
  }

  private static List<@Nullable String> one(@Nullable String value) {
    return Collections.singletonList(value);
  }

  private static void text(Function<Node, List<@Nullable String>> value, String... names) {
    Arrays.stream(names).forEach(name -> COMPARED.put(name, new Operand.Text(value, null)));
  }

  private static void edgeText(Function<Edge, List<@Nullable String>> value, String name) {
    COMPARED.put(name, new Operand.Text(null, value));
  }

  private static void rate(String name, ToDoubleFunction<NodeRates> rate) {
    COMPARED.put(name, new Operand.Numeric(node -> rate.applyAsDouble(node.facts().rates()), null));
  }

  private static void edgeNumber(Function<Edge, @Nullable Double> value, String... names) {
    Arrays.stream(names).forEach(name -> COMPARED.put(name, new Operand.Numeric(null, value)));
  }

  private static void edgeRate(String name, Protocol protocol, ToDoubleFunction<Edge> rate) {
    edgeNumber(edge -> edge.protocol() == protocol ? rate.applyAsDouble(edge) : null, name);
  }

  private static void flag(ConfigFlag flag, String... names) {
    nodeFlag(node -> node.facts().config().contains(flag), names);
  }

  private static void flag(NodeFlag flag, String... names) {
    nodeFlag(node -> node.facts().is(flag), names);
  }

  private static void nodeFlag(Predicate<Node> test, String... names) {
    Leaf leaf = Leaf.node(node -> Truth.of(test.test(node)));
    Arrays.stream(names).forEach(name -> FLAGS.put(name, leaf));
  }

  private static void edgeFlag(Predicate<Edge> test, String name) {
    FLAGS.put(name, Leaf.edge(edge -> Truth.of(test.test(edge))));
  }

  private static void both(Predicate<Node> ofNode, Predicate<Edge> ofEdge, String name) {
    FLAGS.put(
        name,
        new Leaf(
            true, true, node -> Truth.of(ofNode.test(node)), edge -> Truth.of(ofEdge.test(edge))));
  }

  private static @Nullable Double rank(Node node) {
    Integer rank = node.facts().rank();
    return rank == null ? null : rank.doubleValue();
  }

  /** The 95th percentile, the quantile that Kiali shows first; without buckets the mean. */
  private static @Nullable Double responseTime(Edge edge) {
    Latency latency = edge.responseTime();
    if (latency == null) {
      return null;
    }
    return latency.p95() != null ? latency.p95() : latency.avg();
  }

  private static @Nullable Double throughput(Edge edge) {
    Throughput throughput = edge.throughput();
    if (throughput == null) {
      return null;
    }
    return throughput.response() != null ? throughput.response() : throughput.request();
  }

  private static List<@Nullable String> names(Node node) {
    return switch (node) {
      case WorkloadNode workload -> one(workload.workload());
      case AppNode app -> Arrays.asList(app.app(), app.workload());
      case ServiceNode service -> one(service.service());
      case UnknownNode _ -> one("unknown");
      case AggregateNode aggregate -> one(aggregate.value());
    };
  }

  private static List<@Nullable String> types(Node node) {
    return switch (node) {
      case WorkloadNode _ -> List.of("workload", "wl");
      case AppNode _ -> List.of("app");
      case ServiceNode _ -> List.of("service", "svc");
      case UnknownNode _ -> List.of("unknown");
      case AggregateNode _ -> List.of("aggregate", "operation", "op");
    };
  }

  private static @Nullable String app(Node node) {
    return switch (node) {
      case WorkloadNode workload -> workload.app();
      case AppNode app -> app.app();
      case ServiceNode _, UnknownNode _, AggregateNode _ -> null;
    };
  }

  private static @Nullable String service(Node node) {
    return node instanceof ServiceNode service ? service.service() : null;
  }

  private static @Nullable String version(Node node) {
    return switch (node) {
      case WorkloadNode workload -> workload.version();
      case AppNode app -> app.version();
      case ServiceNode _, UnknownNode _, AggregateNode _ -> null;
    };
  }

  private static @Nullable String workload(Node node) {
    return switch (node) {
      case WorkloadNode workload -> workload.workload();
      case AppNode app -> app.workload();
      case ServiceNode _, UnknownNode _, AggregateNode _ -> null;
    };
  }
}
