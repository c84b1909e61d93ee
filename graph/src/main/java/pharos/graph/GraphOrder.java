package pharos.graph;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import pharos.graph.Node.AggregateNode;
import pharos.graph.Node.AppNode;
import pharos.graph.Node.ServiceNode;
import pharos.graph.Node.UnknownNode;
import pharos.graph.Node.WorkloadNode;
import pharos.graph.sample.Protocol;

/** The order of nodes and edges in every graph (reference §3.3), so that equal graphs are equal. */
public final class GraphOrder {
  private GraphOrder() {}

  /** By cluster, namespace, app, version, service, workload; the key keeps equal names apart. */
  public static final Comparator<Node> NODES =
      Comparator.comparing(Node::cluster)
          .thenComparing(Node::namespace)
          .thenComparing(GraphOrder::app)
          .thenComparing(GraphOrder::version)
          .thenComparing(GraphOrder::service)
          .thenComparing(GraphOrder::workload)
          .thenComparing(Node::id);

  /** Outer boxes first. */
  public static final Comparator<Box> BOXES =
      Comparator.comparing(Box::kind)
          .thenComparing(Box::cluster)
          .thenComparing(Box::namespace)
          .thenComparing(Box::name)
          .thenComparing(Box::key);

  /** By position of source and target in {@code nodes}, then protocol by name. */
  public static Comparator<Edge> edges(List<Node> nodes) {
    Map<NodeId, Integer> positions = HashMap.newHashMap(nodes.size());
    for (int i = 0; i < nodes.size(); i++) {
      positions.put(nodes.get(i).id(), i);
    }
    return Comparator.comparingInt((Edge edge) -> positions.getOrDefault(edge.source(), -1))
        .thenComparingInt(edge -> positions.getOrDefault(edge.target(), -1))
        .thenComparingInt(edge -> position(edge.protocol()));
  }

  /** {@code grpc}, {@code http}, {@code tcp}: the order of the alphabet. */
  public static int position(Protocol protocol) {
    return switch (protocol) {
      case GRPC -> 0;
      case HTTP -> 1;
      case TCP -> 2;
    };
  }

  private static String app(Node node) {
    return switch (node) {
      case WorkloadNode workload -> workload.app();
      case AppNode app -> app.app();
      case ServiceNode _, UnknownNode _, AggregateNode _ -> "";
    };
  }

  private static String version(Node node) {
    return switch (node) {
      case WorkloadNode workload -> workload.version();
      case AppNode app -> orEmpty(app.version());
      case ServiceNode _, UnknownNode _, AggregateNode _ -> "";
    };
  }

  private static String service(Node node) {
    return node instanceof ServiceNode service ? service.service() : "";
  }

  private static String workload(Node node) {
    return switch (node) {
      case WorkloadNode workload -> workload.workload();
      case AppNode app -> orEmpty(app.workload());
      case ServiceNode _, UnknownNode _, AggregateNode _ -> "";
    };
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }
}
