package pharos.graph.build;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import pharos.graph.Node;
import pharos.graph.NodeFlag;

/** A node while the graph is being built. Empty strings stand for what is not known. */
final class NodeDraft {
  enum Type {
    WORKLOAD,
    APP,
    SERVICE,
    UNKNOWN
  }

  /** A service that was asked for by name. */
  record Asked(String cluster, String namespace, String service) {}

  /** Dense, in order of first appearance; says nothing about the order in the graph. */
  final int index;

  final String key;
  final Type type;
  final String cluster;
  final String namespace;
  final String service;
  String workload;
  String app;
  String version;

  boolean waypoint;
  Node.@Nullable Entry entry;
  final Set<String> hosts = new TreeSet<>();
  final Set<String> versions = new TreeSet<>();
  final Set<Asked> asked = new LinkedHashSet<>();
  final EnumSet<NodeFlag> flags = EnumSet.noneOf(NodeFlag.class);

  /** The edges whose traffic is this node's incoming traffic, see {@link NamespaceMerge}. */
  List<EdgeDraft> incoming = new ArrayList<>(2);

  /** Position in the finished graph. */
  int order = -1;

  NodeDraft(
      int index,
      String key,
      Type type,
      String cluster,
      String namespace,
      String workload,
      String app,
      String version,
      String service) {
    this.index = index;
    this.key = key;
    this.type = type;
    this.cluster = cluster;
    this.namespace = namespace;
    this.workload = workload;
    this.app = app;
    this.version = version;
    this.service = service;
  }

  /** Envoy's cluster for hosts that the mesh does not know, or the one that refuses them. */
  boolean isEgressCluster() {
    return type == Type.SERVICE && NodeNames.isEgressCluster(service);
  }

  /**
   * A workload may be seen with several labels, when its pods disagree. A known value is better
   * than an unknown one; between two known ones the smaller wins, so that order does not matter.
   */
  void learn(String seenWorkload, String seenApp, String seenVersion) {
    workload = better(workload, seenWorkload);
    app = better(app, seenApp);
    if (!Labels.isKnownVersion(version) || Labels.isKnownVersion(seenVersion)) {
      version =
          Labels.isKnownVersion(version) == Labels.isKnownVersion(seenVersion)
              ? better(version, seenVersion)
              : seenVersion; // latest is what Istio writes for want of a version
    }
  }

  private static String better(String known, String seen) {
    if (!Labels.isKnown(seen)) {
      return known;
    }
    return !Labels.isKnown(known) || seen.compareTo(known) < 0 ? seen : known;
  }
}
