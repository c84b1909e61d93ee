package pharos.graph;

/** What is special about a node. */
public enum NodeFlag {
  /** Sends traffic and receives none. */
  ROOT("root"),
  /** In the cluster, without traffic in the window. */
  IDLE("idle"),
  /** Without traffic, and its workload has no pod. */
  DEAD("dead"),
  /** In a namespace that was not asked for. */
  OUTSIDE("outside"),
  /** Not for this viewer, or not a thing that could be opened. */
  INACCESSIBLE("inaccessible"),
  /** Has neither a sidecar nor ambient redirection. */
  OUT_OF_MESH("outOfMesh"),
  WAYPOINT("waypoint"),
  GATEWAY("gateway"),
  /** {@code PassthroughCluster} or {@code BlackHoleCluster}. */
  EGRESS_CLUSTER("egressCluster"),
  SERVICE_ENTRY("serviceEntry"),
  AMBIENT("ambient"),
  WORKLOAD_ENTRY("workloadEntry"),
  /** Known from trace spans only, so its rates are not known. */
  SAMPLED_ONLY("sampledOnly");

  private final String wireName;

  NodeFlag(String wireName) {
    this.wireName = wireName;
  }

  /** The name in JSON. */
  public String wireName() {
    return wireName;
  }
}
