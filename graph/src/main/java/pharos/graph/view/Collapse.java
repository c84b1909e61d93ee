package pharos.graph.view;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import pharos.graph.Box;
import pharos.graph.Edge;
import pharos.graph.EdgeKey;
import pharos.graph.EdgeRates;
import pharos.graph.GraphOrder;
import pharos.graph.Health;
import pharos.graph.Node;
import pharos.graph.Node.AggregateNode;
import pharos.graph.NodeFacts;
import pharos.graph.NodeFlag;
import pharos.graph.NodeId;
import pharos.graph.NodeRates;
import pharos.graph.ResponseBreakdown;
import pharos.graph.Throughput;
import pharos.graph.TrafficGraph;
import pharos.graph.health.HealthJudge;
import pharos.graph.sample.Protocol;

/**
 * Folds namespaces into one node each. What crosses the border is added up; what stays inside is no
 * longer drawn. Response times are dropped: quantiles of several edges cannot be joined.
 */
final class Collapse {
  private Collapse() {}

  static TrafficGraph of(TrafficGraph graph, Set<String> namespaces) {
    Map<NodeId, NodeId> moved = new HashMap<>();
    Map<NodeId, List<Node>> folded = new LinkedHashMap<>();
    List<Node> nodes = new ArrayList<>();
    for (Node node : graph.nodes()) {
      if (namespaces.contains(node.namespace())) {
        NodeId id =
            NodeId.of(
                "agg_%s_%s_namespace_%s"
                    .formatted(node.cluster(), node.namespace(), node.namespace()));
        moved.put(node.id(), id);
        folded.computeIfAbsent(id, key -> new ArrayList<>()).add(node);
      } else {
        nodes.add(node);
      }
    }
    List<Edge> edges = new ArrayList<>();
    Map<EdgeKey, List<Edge>> crossing = new LinkedHashMap<>();
    Map<NodeId, Map<Protocol, Double>> out = new HashMap<>();
    for (Edge edge : graph.edges()) {
      NodeId source = moved.getOrDefault(edge.source(), edge.source());
      NodeId target = moved.getOrDefault(edge.target(), edge.target());
      if (source.equals(edge.source()) && target.equals(edge.target())) {
        edges.add(edge);
      } else if (!source.equals(target)) {
        crossing
            .computeIfAbsent(new EdgeKey(source, target, edge.protocol()), key -> new ArrayList<>())
            .add(edge);
      }
      if (!source.equals(target)) {
        out.computeIfAbsent(source, id -> new HashMap<>())
            .merge(edge.protocol(), edge.rates().total(), Double::sum);
      }
    }
    crossing.forEach((key, parts) ->
        edges.add(
            sum(
                key,
                parts,
                out.getOrDefault(key.source(), Map.of()).getOrDefault(key.protocol(), 0.0))));
    folded.forEach((id, members) -> nodes.add(aggregate(graph, id, members, edges)));
    nodes.sort(GraphOrder.NODES);
    edges.sort(GraphOrder.edges(nodes));
    return graph.with(nodes, edges, GraphViews.usedBoxes(graph.boxes(), nodes));
  }

  private static AggregateNode aggregate(
      TrafficGraph graph, NodeId id, List<Node> members, List<Edge> edges) {
    Node first = members.getFirst();
    EnumSet<NodeFlag> flags = EnumSet.noneOf(NodeFlag.class);
    Health health = Health.NONE;
    for (Node member : members) {
      health = HealthJudge.worst(health, member.facts().health());
    }
    if (members.stream().allMatch(member -> member.facts().is(NodeFlag.OUTSIDE))) {
      flags.add(NodeFlag.OUTSIDE);
    }
    if (members.stream().allMatch(member -> member.facts().is(NodeFlag.IDLE))) {
      flags.add(NodeFlag.IDLE);
    }
    NodeFacts none = NodeFacts.NONE;
    NodeFacts facts =
        new NodeFacts(
            clusterBox(graph, first.cluster()),
            flags,
            none.config(),
            none.labels(),
            none.hosts(),
            none.versions(),
            null,
            health,
            null,
            rates(id, edges));
    return new AggregateNode(
        id, first.cluster(), first.namespace(), "namespace", first.namespace(), facts);
  }

  /** The cluster's frame: a frame around the namespace would hold this one node. */
  private static @Nullable String clusterBox(TrafficGraph graph, String cluster) {
    return graph.boxes().stream()
        .filter(box -> box.kind() == Box.Kind.CLUSTER && box.cluster().equals(cluster))
        .map(Box::id)
        .findFirst()
        .orElse(null);
  }

  private static NodeRates rates(NodeId id, List<Edge> edges) {
    double[] sums = new double[12];
    for (Edge edge : edges) {
      EdgeRates rates = edge.rates();
      boolean in = edge.target().equals(id);
      boolean out = edge.source().equals(id);
      if (edge.sampled() || (!in && !out)) {
        continue;
      }
      switch (edge.protocol()) {
        case HTTP -> {
          if (in) {
            sums[0] += rates.total();
            sums[1] += rates.noResponse();
            sums[2] += rates.status3xx();
            sums[3] += rates.status4xx();
            sums[4] += rates.status5xx();
          } else {
            sums[5] += rates.total();
          }
        }
        case GRPC -> {
          if (in) {
            sums[6] += rates.total();
            sums[7] += rates.noResponse();
            sums[8] += rates.err();
          } else {
            sums[9] += rates.total();
          }
        }
        case TCP -> sums[in ? 10 : 11] += rates.total();
      }
    }
    return new NodeRates(
        sums[0], sums[1], sums[2], sums[3], sums[4], sums[5], sums[6], sums[7], sums[8], sums[9],
        sums[10], sums[11]);
  }

  private static Edge sum(EdgeKey key, List<Edge> parts, double outOfSource) {
    double total = 0;
    double noResponse = 0;
    double status3xx = 0;
    double status4xx = 0;
    double status5xx = 0;
    double err = 0;
    double mutual = 0;
    double judged = 0;
    boolean sampled = true;
    Health health = Health.NONE;
    for (Edge part : parts) {
      EdgeRates rates = part.rates();
      total += rates.total();
      noResponse += rates.noResponse();
      status3xx += rates.status3xx();
      status4xx += rates.status4xx();
      status5xx += rates.status5xx();
      err += rates.err();
      Double mtls = part.mtls();
      if (mtls != null) {
        mutual += mtls * rates.total();
        judged += rates.total();
      }
      sampled &= part.sampled();
      health = HealthJudge.worst(health, part.health());
    }
    double failed = noResponse + status4xx + status5xx + err;
    return new Edge(
        key.hash(),
        key,
        new EdgeRates(
            total,
            noResponse,
            status3xx,
            status4xx,
            status5xx,
            err,
            total > 0 ? failed / total * 100 : 0,
            total > 0 && outOfSource > 0 ? total / outOfSource * 100 : 0),
        responses(parts, total),
        null,
        throughput(parts),
        judged > 0 ? mutual / judged : null,
        null,
        null,
        health,
        sampled);
  }

  private static ResponseBreakdown responses(List<Edge> parts, double total) {
    Map<String, TreeMap<String, Double>> flags = new TreeMap<>();
    Map<String, TreeMap<String, Double>> hosts = new TreeMap<>();
    for (Edge part : parts) {
      double share = total > 0 ? part.rates().total() / total : 0;
      part.responses()
          .codes()
          .forEach((code, detail) -> {
            TreeMap<String, Double> byFlag = flags.computeIfAbsent(code, key -> new TreeMap<>());
            detail.flags().forEach((f, pct) -> byFlag.merge(f, pct * share, Double::sum));
            TreeMap<String, Double> byHost = hosts.computeIfAbsent(code, key -> new TreeMap<>());
            detail.hosts().forEach((h, pct) -> byHost.merge(h, pct * share, Double::sum));
          });
    }
    TreeMap<String, ResponseBreakdown.Code> codes = new TreeMap<>();
    flags.forEach((code, byFlag) ->
        codes.put(
            code, new ResponseBreakdown.Code(byFlag, hosts.getOrDefault(code, new TreeMap<>()))));
    return new ResponseBreakdown(codes);
  }

  private static @Nullable Throughput throughput(List<Edge> parts) {
    Double request = null;
    Double response = null;
    for (Edge part : parts) {
      Throughput throughput = part.throughput();
      if (throughput != null) {
        request = plus(request, throughput.request());
        response = plus(response, throughput.response());
      }
    }
    return request == null && response == null ? null : new Throughput(request, response);
  }

  private static @Nullable Double plus(@Nullable Double sum, @Nullable Double more) {
    return sum == null ? more : more == null ? sum : Double.valueOf(sum + more);
  }
}
