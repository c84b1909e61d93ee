package pharos.graph;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Something that calls or is called. What all nodes have beside their name is {@link #facts()}. */
public sealed interface Node {

  NodeId id();

  /** {@code unknown} when telemetry did not say. */
  String cluster();

  /** {@code unknown} when telemetry did not say. */
  String namespace();

  NodeFacts facts();

  /** The short name to print. */
  String label();

  /** The same node with other facts. */
  Node with(NodeFacts facts);

  /**
   * A deployment, stateful set, …: what Istio calls a workload.
   *
   * @param app canonical service; empty when none
   * @param version canonical revision; empty when none
   */
  record WorkloadNode(
      NodeId id,
      String cluster,
      String namespace,
      String workload,
      String app,
      String version,
      NodeFacts facts)
      implements Node {
    @Override
    public String label() {
      return workload;
    }

    @Override
    public WorkloadNode with(NodeFacts other) {
      return new WorkloadNode(id, cluster, namespace, workload, app, version, other);
    }
  }

  /**
   * A canonical service, or one version of it.
   *
   * @param version null in a graph of apps, where versions are one node
   * @param workload the workload behind this version; null in a graph of apps, and when unknown
   */
  record AppNode(
      NodeId id,
      String cluster,
      String namespace,
      String app,
      @Nullable String version,
      @Nullable String workload,
      NodeFacts facts)
      implements Node {
    @Override
    public String label() {
      return version == null ? app : app + " " + version;
    }

    @Override
    public AppNode with(NodeFacts other) {
      return new AppNode(id, cluster, namespace, app, version, workload, other);
    }
  }

  /**
   * A Kubernetes service, a host outside, or one of Envoy's own clusters such as {@code
   * PassthroughCluster}.
   *
   * @param entry the ServiceEntry that these hosts belong to; null for all other services
   */
  record ServiceNode(
      NodeId id,
      String cluster,
      String namespace,
      String service,
      @Nullable Entry entry,
      NodeFacts facts)
      implements Node {
    @Override
    public String label() {
      return service;
    }

    @Override
    public ServiceNode with(NodeFacts other) {
      return new ServiceNode(id, cluster, namespace, service, entry, other);
    }
  }

  /** Callers that no label names. */
  record UnknownNode(NodeId id, String cluster, NodeFacts facts) implements Node {
    @Override
    public String namespace() {
      return "unknown";
    }

    @Override
    public String label() {
      return "unknown";
    }

    @Override
    public UnknownNode with(NodeFacts other) {
      return new UnknownNode(id, cluster, other);
    }
  }

  /**
   * Several nodes drawn as one: a whole namespace.
   *
   * @param aggregate what was folded: {@code namespace}
   * @param value its name
   */
  record AggregateNode(
      NodeId id, String cluster, String namespace, String aggregate, String value, NodeFacts facts)
      implements Node {
    @Override
    public String label() {
      return value;
    }

    @Override
    public AggregateNode with(NodeFacts other) {
      return new AggregateNode(id, cluster, namespace, aggregate, value, other);
    }
  }

  /**
   * A ServiceEntry.
   *
   * @param internal {@code location: MESH_INTERNAL}
   */
  record Entry(String namespace, String name, List<String> hosts, boolean internal) {
    public Entry {
      hosts = List.copyOf(hosts);
    }
  }
}
