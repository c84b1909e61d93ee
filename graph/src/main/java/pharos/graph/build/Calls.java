package pharos.graph.build;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import pharos.graph.GraphKind;
import pharos.graph.GraphOptions;
import pharos.graph.sample.CallLabels;

/**
 * Reads raw labels: skips what cannot be drawn, puts known faults right, and names the nodes
 * (reference §3.3 rules 1 to 7). Each distinct set of labels is read once.
 */
final class Calls {
  private static final String EGRESS_GATEWAY = "istio-egressgateway";
  private static final String EGRESS_NAMESPACE = "istio-system";
  private static final String EGRESS_HOST =
      EGRESS_GATEWAY + '.' + EGRESS_NAMESPACE + ".svc.cluster.local";

  private final NodeNames names;
  private final Requested requested;
  private final ClusterFacts facts;
  private final boolean inject;
  private final Map<CallLabels, Seen> seen = new HashMap<>();
  private final Map<Fixed, Call> calls = new HashMap<>();

  Calls(NodeNames names, Requested requested, ClusterFacts facts, GraphOptions options) {
    this.names = names;
    this.requested = requested;
    this.facts = facts;
    this.inject = options.injectServiceNodes() || options.kind() == GraphKind.SERVICE;
  }

  /** One raw set of labels. */
  static final class Seen {
    /** Null when the series is skipped. */
    final @Nullable Call call;

    /** Index among the requested namespaces, -1 for any other. */
    final int sourceNamespace;

    /** Likewise, of {@code destination_workload_namespace}. */
    final int targetNamespace;

    /** The namespaces whose query for unserviced calls would return it. */
    final int[] unserviced;

    final boolean ztunnel;

    Seen(
        @Nullable Call call,
        int sourceNamespace,
        int targetNamespace,
        int[] unserviced,
        boolean ztunnel) {
      this.call = call;
      this.sourceNamespace = sourceNamespace;
      this.targetNamespace = targetNamespace;
      this.unserviced = unserviced;
      this.ztunnel = ztunnel;
    }
  }

  /** Labels after the faults were put right. Equal ones are the same call. */
  private record Fixed(
      String sourceCluster,
      String sourceNamespace,
      String sourceWorkload,
      String sourceApp,
      String sourceVersion,
      String targetCluster,
      String serviceNamespace,
      String serviceName,
      String targetNamespace,
      String targetWorkload,
      String targetApp,
      String targetVersion,
      String host) {}

  Collection<Call> all() {
    return calls.values();
  }

  Seen of(CallLabels labels) {
    Seen known = seen.get(labels);
    if (known == null) {
      known = read(labels);
      seen.put(labels, known);
    }
    return known;
  }

  private Seen read(CallLabels raw) {
    int from = requested.index(raw.sourceNamespace());
    int to = requested.index(raw.destinationNamespace());
    int[] unserviced =
        raw.destinationNamespace().equals(Labels.UNKNOWN)
                && raw.destinationWorkload().equals(Labels.UNKNOWN)
            ? requested.namedByHost(raw.destinationService(), raw.sourceNamespace())
            : Requested.NO_NAMESPACES;
    boolean wanted =
        from >= 0
            || to >= 0
            || unserviced.length > 0
            || requested.index(raw.destinationServiceNamespace()) >= 0;
    Fixed fixed = wanted ? fix(raw) : null;
    Call call = fixed == null ? null : calls.get(fixed);
    if (fixed != null && call == null) {
      call = name(fixed);
      if (call != null) {
        calls.put(fixed, call);
      }
    }
    return new Seen(call, from, to, unserviced, raw.reportingApp().equals("ztunnel"));
  }

  /** Null when the series must be skipped. */
  private @Nullable Fixed fix(CallLabels raw) {
    if (Labels.isAbsent(raw.sourceNamespace())
        || Labels.isAbsent(raw.sourceWorkload())
        || Labels.isAbsent(raw.sourceApp())
        || Labels.isAbsent(raw.sourceVersion())
        || Labels.isAbsent(raw.destinationServiceNamespace())
        || Labels.isAbsent(raw.destinationService())
        || Labels.isAbsent(raw.destinationServiceName())
        || Labels.isAbsent(raw.destinationNamespace())
        || Labels.isAbsent(raw.destinationWorkload())
        || Labels.isAbsent(raw.destinationApp())
        || Labels.isAbsent(raw.destinationVersion())) {
      return null;
    }
    boolean sourceClusterGiven = !Labels.isAbsent(raw.sourceCluster());
    String sourceCluster = sourceClusterGiven ? raw.sourceCluster() : Labels.UNKNOWN;
    if (Labels.isKnown(raw.sourceNamespace())) {
      boolean nobody = !Labels.isKnown(raw.sourceWorkload()) && !Labels.isKnown(raw.sourceApp());
      if (nobody || (sourceClusterGiven && !Labels.isKnown(sourceCluster))) {
        return null;
      }
    }
    String host = raw.destinationService();
    if (host.equals(EGRESS_HOST) && host.equals(raw.destinationServiceName())) {
      return new Fixed(
          sourceCluster,
          raw.sourceNamespace(),
          raw.sourceWorkload(),
          raw.sourceApp(),
          raw.sourceVersion(),
          sourceCluster,
          EGRESS_NAMESPACE,
          EGRESS_GATEWAY,
          EGRESS_NAMESPACE,
          EGRESS_GATEWAY,
          EGRESS_GATEWAY,
          "latest",
          host);
    }
    boolean targetClusterGiven = !Labels.isAbsent(raw.destinationCluster());
    String targetCluster = targetClusterGiven ? raw.destinationCluster() : Labels.UNKNOWN;
    boolean serviceNamespaceKnown = Labels.isKnown(raw.destinationServiceNamespace());
    if (!Labels.isKnown(targetCluster) && Labels.isKnown(sourceCluster) && serviceNamespaceKnown) {
      targetCluster = sourceCluster; // istio#29373
    }
    if (!Labels.isKnown(raw.destinationWorkload())
        && host.equals(raw.destinationServiceName())
        && Labels.isAddress(host)) {
      return null; // left over by a pod that was going away
    }
    if (serviceNamespaceKnown && targetClusterGiven && !Labels.isKnown(targetCluster)) {
      return null;
    }
    return new Fixed(
        sourceCluster,
        raw.sourceNamespace(),
        raw.sourceWorkload(),
        raw.sourceApp(),
        raw.sourceVersion(),
        targetCluster,
        raw.destinationServiceNamespace(),
        raw.destinationServiceName(),
        raw.destinationNamespace(),
        raw.destinationWorkload(),
        raw.destinationApp(),
        raw.destinationVersion(),
        host);
  }

  /** Null when the labels name no node on one of the ends. */
  private @Nullable Call name(Fixed fixed) {
    boolean fromWaypoint =
        facts.isWaypoint(fixed.sourceCluster, fixed.sourceNamespace, fixed.sourceWorkload);
    boolean toWaypoint =
        facts.isWaypoint(fixed.targetCluster, fixed.targetNamespace, fixed.targetWorkload);
    NodeDraft source =
        names.source(
            fixed.sourceCluster,
            fixed.sourceNamespace,
            fixed.sourceWorkload,
            fromWaypoint ? "" : fixed.sourceApp,
            fixed.sourceVersion);
    NodeDraft target =
        names.of(
            fixed.targetCluster,
            fixed.serviceNamespace,
            fixed.serviceName,
            fixed.targetNamespace,
            fixed.targetWorkload,
            toWaypoint ? "" : fixed.targetApp,
            fixed.targetVersion);
    if (source == null || target == null) {
      return null;
    }
    source.waypoint |= fromWaypoint;
    target.waypoint |= toWaypoint;
    boolean serviceKnown = Labels.isKnown(fixed.serviceName);
    NodeDraft service = null;
    if (inject
        && serviceKnown
        && !fixed.serviceName.equals("PassthroughCluster")
        && target.type != NodeDraft.Type.SERVICE
        && !fromWaypoint
        && !toWaypoint) {
      service = names.service(fixed.targetCluster, fixed.serviceNamespace, fixed.serviceName);
    }
    if (serviceKnown) {
      NodeDraft.Asked asked =
          new NodeDraft.Asked(fixed.targetCluster, fixed.serviceNamespace, fixed.serviceName);
      target.asked.add(asked);
      if (Labels.isKnown(fixed.host)) {
        target.hosts.add(fixed.host);
      }
      if (service != null) {
        service.asked.add(asked);
        if (Labels.isKnown(fixed.host)) {
          service.hosts.add(fixed.host);
        }
        if (Labels.isKnownVersion(fixed.targetVersion)) {
          service.versions.add(fixed.targetVersion);
        }
      }
    }
    return new Call(source, service, target, fixed.host);
  }
}
