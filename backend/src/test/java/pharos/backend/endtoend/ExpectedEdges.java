package pharos.backend.endtoend;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import pharos.backend.demo.model.AppProtocol;
import pharos.backend.demo.model.MeshModel;
import pharos.backend.demo.model.Service;
import pharos.backend.demo.simulation.DurationSketch;
import pharos.backend.demo.simulation.GroundTruth;
import pharos.graph.Edge;
import pharos.graph.Node;
import pharos.graph.TrafficGraph;
import pharos.graph.sample.Protocol;

/**
 * What the graph of workloads has to say about a window, computed from what really happened and
 * from nothing that the product computes.
 */
final class ExpectedEdges {
  private static final String UNKNOWN = "unknown";

  /**
   * What proxies report for hosts outside: a host that nothing declares is one of Envoy's own
   * clusters, a declared one is drawn as its ServiceEntry.
   */
  private static final Map<String, String> OUTSIDE =
      Map.of(
          "api.payments.example", "payment-provider",
          "metrics.vendor.example", "BlackHoleCluster",
          "api.trends.example", "PassthroughCluster");

  private ExpectedEdges() {}

  /** Ends as {@code namespace/name}; a service that nobody answered for is {@code svc:name}. */
  record Ends(String source, String target, Protocol protocol) implements Comparable<Ends> {
    @Override
    public int compareTo(Ends other) {
      return toString().compareTo(other.toString());
    }
  }

  /**
   * @param amount requests as the server saw them, or bytes to the server for TCP
   * @param durations one per truth edge that became part of this one
   */
  record Traffic(long amount, long errors, List<DurationSketch> durations) {
    private Traffic plus(Traffic other) {
      var all = new ArrayList<>(durations);
      all.addAll(other.durations);
      return new Traffic(amount + other.amount, errors + other.errors, all);
    }
  }

  static Map<Ends, Traffic> of(GroundTruth window, MeshModel model) {
    Map<String, String> services =
        model.services().stream().collect(Collectors.toMap(Service::host, Service::name));
    var expected = new TreeMap<Ends, Traffic>();
    window
        .edges()
        .forEach((edge, counts) -> {
          String source = end(edge.sourceNamespace(), edge.sourceWorkload());
          boolean reached = !edge.destinationWorkload().equals(UNKNOWN);
          String target =
              reached
                  ? end(edge.destinationNamespace(), edge.destinationWorkload())
                  : "svc:"
                      + services.getOrDefault(
                          edge.service(), OUTSIDE.getOrDefault(edge.service(), edge.service()));
          Traffic traffic;
          if (edge.protocol() == AppProtocol.TCP) {
            traffic = new Traffic(counts.receivedBytes(), 0, List.of());
          } else if (counts.arrivals() > 0) {
            // As Kiali counts: where the server reports, its report is taken, so retries are calls.
            traffic =
                new Traffic(
                    counts.arrivals(), counts.arrivalErrors(), List.of(counts.arrivalDurations()));
          } else {
            traffic =
                new Traffic(counts.requests(), counts.errors(), List.of(counts.requestDurations()));
          }
          if (traffic.amount() > 0) {
            expected.merge(
                new Ends(source, target, Protocol.valueOf(edge.protocol().name())),
                traffic,
                Traffic::plus);
          }
        });
    return expected;
  }

  private static String end(String namespace, String workload) {
    return workload.equals(UNKNOWN) ? UNKNOWN : namespace + "/" + workload;
  }

  static Map<Ends, Edge> in(TrafficGraph graph) {
    var found = new TreeMap<Ends, Edge>();
    var nodes = graph.nodesById();
    for (Edge edge : graph.edges()) {
      Ends ends =
          new Ends(name(nodes.get(edge.source())), name(nodes.get(edge.target())), edge.protocol());
      Edge twin = found.put(ends, edge);
      if (twin != null) {
        throw new AssertionError("two edges for " + ends + ": " + twin + " and " + edge);
      }
    }
    return found;
  }

  private static String name(@Nullable Node node) {
    return switch (node) {
      case null -> throw new AssertionError("an edge without its end");
      case Node.WorkloadNode w -> w.namespace() + "/" + w.workload();
      case Node.ServiceNode s -> "svc:" + s.service();
      case Node.UnknownNode _ -> UNKNOWN;
      case Node.AppNode a -> throw new AssertionError("an app in a graph of workloads: " + a);
      case Node.AggregateNode a -> throw new AssertionError("nothing was folded: " + a);
    };
  }
}
