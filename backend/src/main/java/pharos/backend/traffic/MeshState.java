package pharos.backend.traffic;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import pharos.backend.traffic.Durations.Histogram;
import pharos.backend.traffic.Durations.Name;
import pharos.graph.Edge;
import pharos.graph.GraphOptions;
import pharos.graph.Health;
import pharos.graph.Node;
import pharos.graph.NodeId;
import pharos.graph.NodeRates;
import pharos.graph.TrafficGraph;
import pharos.graph.build.TrafficGraphs;
import pharos.graph.sample.CallLabels;
import pharos.graph.sample.Inventory;
import pharos.graph.sample.LatencySample;
import pharos.graph.sample.Protocol;
import pharos.graph.sample.Reporter;
import pharos.graph.sample.Samples;

/**
 * The whole mesh at one moment, indexed for lists and details. Rates and health are read from
 * graphs of the core, so that a list and a graph never disagree.
 */
final class MeshState {
  private final Samples samples;
  private final Inventory inventory;
  private final TrafficGraph workloads;
  private final TrafficGraph services;
  private final Map<Name, Node> workloadNodes = new HashMap<>();
  private final Map<Name, Node> serviceNodes = new HashMap<>();
  private final Durations workloadIn;
  private final Durations workloadOut;
  private final Durations serviceIn;
  private final Durations namespaceIn;

  MeshState(Samples samples, Inventory inventory) {
    this.samples = samples;
    this.inventory = inventory;
    GraphOptions options = GraphOptions.DEFAULT.withIdle(false, true);
    this.workloads = TrafficGraphs.of(samples, inventory, options);
    this.services = TrafficGraphs.of(samples, inventory, options.withInjectServiceNodes(true));
    for (Node node : workloads.nodes()) {
      if (node instanceof Node.WorkloadNode workload) {
        workloadNodes.put(new Name(workload.namespace(), workload.workload()), workload);
      }
    }
    for (Node node : services.nodes()) {
      if (node instanceof Node.ServiceNode service) {
        Node.Entry entry = service.entry();
        serviceNodes.putIfAbsent(
            entry == null
                ? new Name(service.namespace(), service.service())
                : new Name(entry.namespace(), entry.name()),
            service);
      }
    }
    List<LatencySample> latencies = samples.latencies();
    this.workloadIn =
        Durations.by(
            latencies, (_, call) -> name(call.destinationNamespace(), call.destinationWorkload()));
    this.workloadOut =
        Durations.by(latencies, (_, call) -> name(call.sourceNamespace(), call.sourceWorkload()));
    this.serviceIn =
        Durations.by(
            latencies,
            (_, call) -> name(call.destinationServiceNamespace(), call.destinationServiceName()));
    this.namespaceIn =
        Durations.by(latencies, (_, call) -> name(call.destinationServiceNamespace(), ""));
  }

  Instant at() {
    return samples.at();
  }

  Duration window() {
    return samples.window();
  }

  Inventory inventory() {
    return inventory;
  }

  Samples samples() {
    return samples;
  }

  /** Workloads that call each other directly. */
  TrafficGraph workloadGraph() {
    return workloads;
  }

  /** Workloads with the services between them. */
  TrafficGraph serviceGraph() {
    return services;
  }

  Optional<Node> workload(String namespace, String name) {
    return Optional.ofNullable(workloadNodes.get(new Name(namespace, name)));
  }

  Optional<Node> service(String namespace, String name) {
    return Optional.ofNullable(serviceNodes.get(new Name(namespace, name)));
  }

  Red workloadIn(String namespace, String name) {
    Name key = new Name(namespace, name);
    Node node = workloadNodes.get(key);
    return node == null ? Red.NONE : in(node.facts().rates(), workloadIn, key);
  }

  Red workloadOut(String namespace, String name) {
    Name key = new Name(namespace, name);
    Node node = workloadNodes.get(key);
    if (node == null) {
      return Red.NONE;
    }
    Totals totals = new Totals();
    for (Edge edge : workloads.edges()) {
      if (edge.source().equals(node.id())) {
        totals.add(edge);
      }
    }
    return totals.red(workloadOut, key, Reporter.SOURCE, Reporter.DESTINATION, Reporter.WAYPOINT);
  }

  Red serviceIn(String namespace, String name) {
    Node node = serviceNodes.get(new Name(namespace, name));
    if (node == null) {
      return Red.NONE;
    }
    Name key =
        node instanceof Node.ServiceNode service
            ? new Name(service.namespace(), service.service())
            : new Name(namespace, name);
    return in(node.facts().rates(), serviceIn, key);
  }

  /** What arrives at the services of a namespace. */
  Red namespaceIn(String namespace) {
    Totals totals = new Totals();
    Map<NodeId, Node> nodes = services.nodesById();
    for (Edge edge : services.edges()) {
      Node target = nodes.get(edge.target());
      Node source = nodes.get(edge.source());
      // Behind a service node the same requests go on to workloads: they are counted once.
      if (target != null
          && target.namespace().equals(namespace)
          && !(source instanceof Node.ServiceNode)) {
        totals.add(edge);
      }
    }
    return totals.red(
        namespaceIn,
        new Name(namespace, ""),
        Reporter.DESTINATION,
        Reporter.WAYPOINT,
        Reporter.SOURCE);
  }

  /** The worst that is known of what is in this namespace. */
  Health namespaceHealth(String namespace) {
    Health worst = Health.NONE;
    List<Health.Reason> reasons = new ArrayList<>();
    for (Node node : workloads.nodes()) {
      if (!node.namespace().equals(namespace)) {
        continue;
      }
      Health health = node.facts().health();
      if (health.status().compareTo(worst.status()) > 0) {
        worst = health;
      }
      if (health.status().compareTo(Health.Status.HEALTHY) > 0) {
        health.reasons().stream()
            .limit(1)
            .map(reason -> new Health.Reason(reason.status(), node.label() + ": " + reason.text()))
            .forEach(reasons::add);
      }
    }
    reasons.sort(Comparator.comparing(Health.Reason::status).reversed());
    return new Health(worst.status(), reasons.stream().limit(MAX_REASONS).toList());
  }

  private static final int MAX_REASONS = 20;

  /** Versions that traffic showed behind a service. */
  Set<String> versionsOf(String namespace, String service) {
    Set<String> versions = new TreeSet<>();
    samples.requests().stream()
        .map(sample -> sample.call())
        .filter(call ->
            call.destinationServiceName().equals(service)
                && call.destinationServiceNamespace().equals(namespace))
        .map(CallLabels::destinationVersion)
        .filter(MeshState::known)
        .forEach(versions::add);
    return versions;
  }

  static boolean known(String label) {
    return !label.isEmpty()
        && !label.equals(CallLabels.UNKNOWN)
        && !label.equals(CallLabels.ABSENT);
  }

  private static @Nullable Name name(String namespace, String name) {
    return known(namespace) ? new Name(namespace, name) : null;
  }

  private static Red in(NodeRates rates, Durations durations, Name key) {
    Totals totals = new Totals();
    totals.http = rates.httpIn();
    totals.httpErrors = rates.httpInNoResponse() + rates.httpIn4xx() + rates.httpIn5xx();
    totals.grpc = rates.grpcIn();
    totals.grpcErrors = rates.grpcInNoResponse() + rates.grpcInErr();
    totals.tcp = rates.tcpIn();
    return totals.red(durations, key, Reporter.DESTINATION, Reporter.WAYPOINT, Reporter.SOURCE);
  }

  /** Sums of one direction. */
  private static final class Totals {
    private double http;
    private double httpErrors;
    private double grpc;
    private double grpcErrors;
    private double tcp;

    void add(Edge edge) {
      double total = edge.rates().total();
      double errors = edge.rates().failed();
      switch (edge.protocol()) {
        case HTTP -> {
          http += total;
          httpErrors += errors;
        }
        case GRPC -> {
          grpc += total;
          grpcErrors += errors;
        }
        case TCP -> tcp += total;
      }
    }

    Red red(Durations durations, Name key, Reporter... order) {
      return new Red(
          requests(http, httpErrors, durations.of(key, Protocol.HTTP, order)),
          requests(grpc, grpcErrors, durations.of(key, Protocol.GRPC, order)),
          tcp > 0 ? tcp : null);
    }

    private static Red.@Nullable Requests requests(
        double perSecond, double errors, @Nullable Histogram durations) {
      if (!(perSecond > 0)) {
        return null;
      }
      double share = Math.clamp(errors / perSecond, 0, 1);
      return durations == null
          ? new Red.Requests(perSecond, share, null, null, null, null)
          : new Red.Requests(
              perSecond,
              share,
              durations.quantile(0.5),
              durations.quantile(0.95),
              durations.quantile(0.99),
              durations.average());
    }
  }
}
