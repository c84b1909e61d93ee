package pharos.graph.build;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import pharos.graph.Edge;
import pharos.graph.EdgeKey;
import pharos.graph.GraphOptions;
import pharos.graph.GraphOrder;
import pharos.graph.Health;
import pharos.graph.Node;
import pharos.graph.NodeFacts;
import pharos.graph.NodeId;
import pharos.graph.NodeRates;
import pharos.graph.TrafficGraph;
import pharos.graph.health.HealthJudge;
import pharos.graph.health.HealthJudge.Direction;
import pharos.graph.health.ResponseCounts;
import pharos.graph.health.Tolerance;
import pharos.graph.sample.Inventory.ConfigFlag;
import pharos.graph.sample.Inventory.ServiceFact;
import pharos.graph.sample.Inventory.WorkloadFact;
import pharos.graph.sample.Protocol;
import pharos.graph.sample.Samples;

/** Turns the draft into the finished graph: orders, adds up, judges, frames. */
final class Finish {
  /** {@link GraphOrder#NODES} on drafts. */
  private static final Comparator<NodeDraft> NODE_ORDER =
      Comparator.comparing((NodeDraft node) -> node.cluster)
          .thenComparing(node -> node.namespace)
          .thenComparing(node -> Labels.orEmpty(node.app))
          .thenComparing(node -> Labels.orEmpty(node.version))
          .thenComparing(node -> node.service)
          .thenComparing(node -> Labels.orEmpty(node.workload))
          .thenComparing(node -> node.key);

  private static final Comparator<EdgeDraft> EDGE_ORDER =
      Comparator.comparingInt((EdgeDraft edge) -> edge.source.order)
          .thenComparingInt(edge -> edge.target.order)
          .thenComparingInt(edge -> GraphOrder.position(edge.protocol));

  private final ClusterFacts facts;
  private final Requested requested;
  private final GraphOptions options;
  private final HealthJudge judge;

  Finish(ClusterFacts facts, Requested requested, GraphOptions options, HealthJudge judge) {
    this.facts = facts;
    this.requested = requested;
    this.options = options;
    this.judge = judge;
  }

  private static final Comparator<EdgeDraft> INCOMING_ORDER =
      Comparator.comparing((EdgeDraft edge) -> edge.source.key)
          .thenComparing(edge -> edge.protocol);

  TrafficGraph graph(Draft draft, Samples samples) {
    List<NodeDraft> nodes = new ArrayList<>(draft.nodes());
    nodes.sort(NODE_ORDER);
    NodeId[] ids = new NodeId[nodes.size()];
    Totals[] totals = new Totals[nodes.size()];
    Judged[] judged = new Judged[nodes.size()];
    for (int i = 0; i < nodes.size(); i++) {
      nodes.get(i).order = i;
      ids[i] = NodeId.of(nodes.get(i).key);
      totals[i] = new Totals();
      judged[i] = judged(nodes.get(i));
    }
    List<EdgeDraft> edges = new ArrayList<>(draft.edgeCount());
    draft.edges().forEach(edges::add);
    edges.sort(EDGE_ORDER);
    Map<EdgeDraft, EdgeMeasures> measured = HashMap.newHashMap(edges.size());
    for (EdgeDraft edge : edges) {
      EdgeMeasures measures = EdgeMeasures.of(edge);
      measured.put(edge, measures);
      totals[edge.source.order].addOut(edge, measures);
      measures.addTo(totals[edge.source.order].outbound);
      measures.addTo(totals[edge.target.order].inbound);
    }
    List<Edge> finishedEdges = new ArrayList<>(edges.size());
    for (EdgeDraft edge : edges) {
      EdgeMeasures measures = measured.get(edge);
      if (measures != null) {
        finishedEdges.add(finish(edge, measures, ids, totals, judged));
      }
    }
    Boxes boxes = Boxes.around(nodes, options.kind(), options.boxBy());
    List<Node> finishedNodes = new ArrayList<>(nodes.size());
    for (NodeDraft node : nodes) {
      finishedNodes.add(
          finish(node, ids[node.order], totals[node.order], judged[node.order], boxes, measured));
    }
    return new TrafficGraph(
        options.kind(),
        samples.at(),
        samples.window(),
        options.namespaces(),
        finishedNodes,
        finishedEdges,
        boxes.sorted(),
        samples.complete(),
        samples.warnings());
  }

  /** What a node is judged by. */
  private record Judged(List<Tolerance> tolerances, List<WorkloadFact> workloads) {}

  private Judged judged(NodeDraft node) {
    return switch (node.type) {
      case UNKNOWN ->
          new Judged(judge.tolerances(node.namespace, Labels.UNKNOWN, "workload", null), List.of());
      case SERVICE -> {
        ServiceFact fact = facts.service(node.cluster, node.namespace, node.service);
        yield new Judged(
            judge.tolerances(
                node.namespace, node.service, "service", fact == null ? null : fact.healthRate()),
            List.of());
      }
      case WORKLOAD, APP -> {
        if (Labels.isKnown(node.workload)) {
          WorkloadFact fact = facts.workload(node.cluster, node.namespace, node.workload);
          yield new Judged(
              judge.tolerances(
                  node.namespace,
                  node.workload,
                  "workload",
                  fact == null ? null : fact.healthRate()),
              fact == null ? List.of() : List.of(fact));
        }
        yield new Judged(
            judge.tolerances(node.namespace, node.app, "app", null),
            facts.workloadsOfApp(node.cluster, node.namespace, node.app, node.version));
      }
    };
  }

  private Edge finish(
      EdgeDraft edge, EdgeMeasures measures, NodeId[] ids, Totals[] totals, Judged[] judged) {
    EdgeKey key = new EdgeKey(ids[edge.source.order], ids[edge.target.order], edge.protocol);
    ResponseCounts counts = new ResponseCounts();
    measures.addTo(counts);
    boolean sampled = edge.sampled != null;
    return new Edge(
        key.hash(),
        key,
        measures.rates(sampled ? 0 : totals[edge.source.order].out(edge.protocol)),
        measures.responses(),
        measures.responseTime(requested),
        measures.throughput(),
        sampled ? null : measures.mutualTlsPercent(),
        measures.principal(true),
        measures.principal(false),
        judge.edge(
            counts, judged[edge.source.order].tolerances(), judged[edge.target.order].tolerances()),
        sampled);
  }

  private Node finish(
      NodeDraft node,
      NodeId id,
      Totals totals,
      Judged judged,
      Boxes boxes,
      Map<EdgeDraft, EdgeMeasures> measured) {
    Health health =
        HealthJudge.worst(
            judge.requests(totals.inbound, Direction.INBOUND, judged.tolerances()),
            judge.requests(totals.outbound, Direction.OUTBOUND, judged.tolerances()));
    for (WorkloadFact fact : judged.workloads()) {
      health =
          HealthJudge.worst(
              health,
              HealthJudge.workload(
                  fact.desired(), fact.current(), fact.available(), fact.syncedProxies()));
    }
    NodeFacts nodeFacts =
        new NodeFacts(
            boxes.parent(node),
            node.flags,
            config(node),
            labels(node, judged),
            List.copyOf(node.hosts),
            versions(node),
            replicas(judged),
            health,
            null,
            totals.rates(node, measured));
    String app = Labels.isKnown(node.app) ? node.app : "";
    String version = Labels.isKnown(node.version) ? node.version : "";
    return switch (node.type) {
      case UNKNOWN -> new Node.UnknownNode(id, node.cluster, nodeFacts);
      case SERVICE ->
          new Node.ServiceNode(
              id, node.cluster, node.namespace, node.service, node.entry, nodeFacts);
      case WORKLOAD ->
          new Node.WorkloadNode(
              id, node.cluster, node.namespace, node.workload, app, version, nodeFacts);
      case APP ->
          new Node.AppNode(
              id,
              node.cluster,
              node.namespace,
              app,
              version.isEmpty() ? null : version,
              Labels.isKnown(node.workload) ? node.workload : null,
              nodeFacts);
    };
  }

  /** A service's configuration shows on its node; without service nodes, on what it leads to. */
  private Set<ConfigFlag> config(NodeDraft node) {
    if (node.type == NodeDraft.Type.SERVICE) {
      return serviceConfig(node.cluster, node.namespace, node.service);
    }
    if (options.injectServiceNodes() || node.asked.isEmpty()) {
      return Set.of();
    }
    EnumSet<ConfigFlag> flags = EnumSet.noneOf(ConfigFlag.class);
    for (NodeDraft.Asked asked : node.asked) {
      flags.addAll(serviceConfig(asked.cluster(), asked.namespace(), asked.service()));
    }
    return flags;
  }

  private Set<ConfigFlag> serviceConfig(String cluster, String namespace, String service) {
    ServiceFact fact = facts.service(cluster, namespace, service);
    return fact == null ? Set.of() : fact.config();
  }

  private Map<String, String> labels(NodeDraft node, Judged judged) {
    if (node.type == NodeDraft.Type.SERVICE) {
      ServiceFact fact = facts.service(node.cluster, node.namespace, node.service);
      return fact == null ? Map.of() : fact.labels();
    }
    return judged.workloads().size() == 1 ? judged.workloads().getFirst().labels() : Map.of();
  }

  private static List<String> versions(NodeDraft node) {
    TreeSet<String> versions = new TreeSet<>(node.versions);
    if (Labels.isKnownVersion(node.version)) {
      versions.add(node.version);
    }
    return List.copyOf(versions);
  }

  private static NodeFacts.@Nullable Replicas replicas(Judged judged) {
    if (judged.workloads().isEmpty()) {
      return null;
    }
    int desired = 0;
    int current = 0;
    int available = 0;
    int synced = 0;
    boolean syncedKnown = true;
    for (WorkloadFact fact : judged.workloads()) {
      desired += fact.desired();
      current += fact.current();
      available += fact.available();
      synced += fact.syncedProxies();
      syncedKnown &= fact.syncedProxies() >= 0;
    }
    return new NodeFacts.Replicas(desired, current, available, syncedKnown ? synced : null);
  }

  /** What goes in and out of a node. */
  private static final class Totals {
    final ResponseCounts inbound = new ResponseCounts();
    final ResponseCounts outbound = new ResponseCounts();
    private double httpOut;
    private double grpcOut;
    private double tcpOut;

    void addOut(EdgeDraft edge, EdgeMeasures measures) {
      if (edge.sampled != null) {
        return;
      }
      switch (edge.protocol) {
        case HTTP -> httpOut += measures.total;
        case GRPC -> grpcOut += measures.total;
        case TCP -> tcpOut += measures.total;
      }
    }

    double out(Protocol protocol) {
      return switch (protocol) {
        case HTTP -> httpOut;
        case GRPC -> grpcOut;
        case TCP -> tcpOut;
      };
    }

    /** What comes in is what the node's own namespace reports, see {@link NamespaceMerge}. */
    NodeRates rates(NodeDraft node, Map<EdgeDraft, EdgeMeasures> measured) {
      if (node.incoming.size() > 1) {
        node.incoming.sort(INCOMING_ORDER);
      }
      double httpIn = 0;
      double httpNoResponse = 0;
      double http3xx = 0;
      double http4xx = 0;
      double http5xx = 0;
      double grpcIn = 0;
      double grpcNoResponse = 0;
      double grpcErr = 0;
      double tcpIn = 0;
      for (EdgeDraft edge : node.incoming) {
        EdgeMeasures known = measured.get(edge);
        EdgeMeasures measures = known == null ? EdgeMeasures.of(edge) : known;
        switch (edge.protocol) {
          case HTTP -> {
            httpIn += measures.total;
            httpNoResponse += measures.noResponse;
            http3xx += measures.status3xx;
            http4xx += measures.status4xx;
            http5xx += measures.status5xx;
          }
          case GRPC -> {
            grpcIn += measures.total;
            grpcNoResponse += measures.noResponse;
            grpcErr += measures.err;
          }
          case TCP -> tcpIn += measures.total;
        }
      }
      return new NodeRates(
          httpIn,
          httpNoResponse,
          http3xx,
          http4xx,
          http5xx,
          httpOut,
          grpcIn,
          grpcNoResponse,
          grpcErr,
          grpcOut,
          tcpIn,
          tcpOut);
    }
  }
}
