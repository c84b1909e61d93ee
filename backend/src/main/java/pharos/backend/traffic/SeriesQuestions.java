package pharos.backend.traffic;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import pharos.backend.traffic.TelemetrySource.LabelMatch;
import pharos.graph.Edge;
import pharos.graph.Node;
import pharos.graph.sample.Protocol;

/** Which calls a chart is about, as matches on Istio's labels. */
final class SeriesQuestions {
  private SeriesQuestions() {}

  /** Calls that arrive at this node. */
  static List<LabelMatch> in(Node node) {
    List<LabelMatch> matches = new ArrayList<>();
    switch (node) {
      case Node.WorkloadNode workload -> {
        add(matches, "destination_workload", workload.workload());
        add(matches, "destination_workload_namespace", workload.namespace());
      }
      case Node.AppNode app -> {
        add(matches, "destination_canonical_service", app.app());
        add(matches, "destination_workload_namespace", app.namespace());
        String version = app.version();
        if (version != null) {
          add(matches, "destination_canonical_revision", version);
        }
      }
      case Node.ServiceNode service -> service(matches, service);
      case Node.AggregateNode aggregate ->
          add(matches, "destination_workload_namespace", aggregate.value());
      case Node.UnknownNode _ ->
          matches.add(new LabelMatch("destination_workload", Set.of("unknown")));
    }
    if (!(node instanceof Node.ServiceNode)) {
      add(matches, "destination_cluster", node.cluster());
    }
    return matches;
  }

  /** Calls that this node makes. */
  static List<LabelMatch> out(Node node) {
    List<LabelMatch> matches = new ArrayList<>();
    switch (node) {
      case Node.WorkloadNode workload -> {
        add(matches, "source_workload", workload.workload());
        add(matches, "source_workload_namespace", workload.namespace());
      }
      case Node.AppNode app -> {
        add(matches, "source_canonical_service", app.app());
        add(matches, "source_workload_namespace", app.namespace());
        String version = app.version();
        if (version != null) {
          add(matches, "source_canonical_revision", version);
        }
      }
      // A service does not call; what leaves its node are the calls that went through it.
      case Node.ServiceNode service -> service(matches, service);
      case Node.AggregateNode aggregate ->
          add(matches, "source_workload_namespace", aggregate.value());
      case Node.UnknownNode _ -> matches.add(new LabelMatch("source_workload", Set.of("unknown")));
    }
    if (!(node instanceof Node.ServiceNode)) {
      add(matches, "source_cluster", node.cluster());
    }
    return matches;
  }

  /** Calls of this edge, over its protocol. */
  static List<LabelMatch> edge(Edge edge, Node source, Node target) {
    List<LabelMatch> matches = new ArrayList<>(out(source));
    matches.addAll(in(target));
    if (edge.protocol() != Protocol.TCP) {
      matches.add(
          new LabelMatch(
              "request_protocol", Set.of(edge.protocol().name().toLowerCase(Locale.ROOT))));
    }
    return matches;
  }

  static List<LabelMatch> service(String namespace, String name) {
    return List.of(
        new LabelMatch("destination_service_name", Set.of(name)),
        new LabelMatch("destination_service_namespace", Set.of(namespace)));
  }

  static List<LabelMatch> workload(String namespace, String name, boolean inbound) {
    String side = inbound ? "destination" : "source";
    return List.of(
        new LabelMatch(side + "_workload", Set.of(name)),
        new LabelMatch(side + "_workload_namespace", Set.of(namespace)));
  }

  private static void service(List<LabelMatch> matches, Node.ServiceNode service) {
    Set<String> names = new TreeSet<>();
    names.add(service.service());
    Node.Entry entry = service.entry();
    if (entry == null) {
      add(matches, "destination_service_namespace", service.namespace());
    } else {
      // Proxies name a call through a ServiceEntry by its host, in whatever namespace.
      names.addAll(entry.hosts());
    }
    matches.add(new LabelMatch("destination_service_name", names));
  }

  private static void add(List<LabelMatch> matches, String label, String value) {
    if (MeshState.known(value)) {
      matches.add(new LabelMatch(label, Set.of(value)));
    }
  }
}
