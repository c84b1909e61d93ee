package pharos.graph;

import java.util.EnumSet;
import java.util.Set;

/**
 * What graph is wanted. Names and defaults are Kiali's, see {@link #DEFAULT}.
 *
 * @param namespaces that were asked for; empty means the whole mesh
 * @param boxBy apps are always boxed in graphs of apps, whatever this says
 * @param injectServiceNodes draw the service between caller and workload
 * @param idleEdges keep edges whose rate is 0 in the window
 * @param idleNodes add services and workloads of the asked namespaces that had no traffic
 * @param waypoints draw waypoint proxies as nodes
 * @param spans add edges that only trace spans know
 */
public record GraphOptions(
    GraphKind kind,
    Set<String> namespaces,
    Set<Box.Kind> boxBy,
    boolean injectServiceNodes,
    boolean idleEdges,
    boolean idleNodes,
    HttpRate rateHttp,
    GrpcRate rateGrpc,
    TcpRate rateTcp,
    AmbientTraffic ambientTraffic,
    boolean waypoints,
    boolean spans) {

  /** Workloads of the whole mesh: requests, gRPC requests, TCP bytes sent. */
  public static final GraphOptions DEFAULT =
      new GraphOptions(
          GraphKind.WORKLOAD,
          Set.of(),
          Set.of(),
          false,
          false,
          false,
          HttpRate.REQUESTS,
          GrpcRate.REQUESTS,
          TcpRate.SENT,
          AmbientTraffic.TOTAL,
          true,
          true);

  public GraphOptions {
    namespaces = Set.copyOf(namespaces);
    boxBy = Set.copyOf(boxBy);
  }

  /** Which HTTP traffic is shown. */
  public enum HttpRate {
    NONE,
    REQUESTS
  }

  /** What is counted on gRPC edges. Sent and received are messages, seen from the caller. */
  public enum GrpcRate {
    NONE,
    REQUESTS,
    SENT,
    RECEIVED,
    TOTAL
  }

  /** Which bytes are counted on TCP edges, seen from the caller. */
  public enum TcpRate {
    NONE,
    SENT,
    RECEIVED,
    TOTAL
  }

  /** Whose reports count in an ambient mesh. */
  public enum AmbientTraffic {
    /** Neither ztunnels nor waypoints. */
    NONE,
    /** Both. */
    TOTAL,
    /** Waypoints only. */
    WAYPOINT,
    /** Ztunnels only. */
    ZTUNNEL
  }

  public GraphOptions withKind(GraphKind value) {
    return new GraphOptions(
        value,
        namespaces,
        boxBy,
        injectServiceNodes,
        idleEdges,
        idleNodes,
        rateHttp,
        rateGrpc,
        rateTcp,
        ambientTraffic,
        waypoints,
        spans);
  }

  public GraphOptions withNamespaces(Set<String> value) {
    return new GraphOptions(
        kind,
        value,
        boxBy,
        injectServiceNodes,
        idleEdges,
        idleNodes,
        rateHttp,
        rateGrpc,
        rateTcp,
        ambientTraffic,
        waypoints,
        spans);
  }

  public GraphOptions withBoxBy(Box.Kind... value) {
    EnumSet<Box.Kind> kinds = EnumSet.noneOf(Box.Kind.class);
    kinds.addAll(Set.of(value));
    return new GraphOptions(
        kind,
        namespaces,
        kinds,
        injectServiceNodes,
        idleEdges,
        idleNodes,
        rateHttp,
        rateGrpc,
        rateTcp,
        ambientTraffic,
        waypoints,
        spans);
  }

  public GraphOptions withInjectServiceNodes(boolean value) {
    return new GraphOptions(
        kind,
        namespaces,
        boxBy,
        value,
        idleEdges,
        idleNodes,
        rateHttp,
        rateGrpc,
        rateTcp,
        ambientTraffic,
        waypoints,
        spans);
  }

  public GraphOptions withIdle(boolean edges, boolean nodes) {
    return new GraphOptions(
        kind,
        namespaces,
        boxBy,
        injectServiceNodes,
        edges,
        nodes,
        rateHttp,
        rateGrpc,
        rateTcp,
        ambientTraffic,
        waypoints,
        spans);
  }

  public GraphOptions withRates(HttpRate http, GrpcRate grpc, TcpRate tcp) {
    return new GraphOptions(
        kind,
        namespaces,
        boxBy,
        injectServiceNodes,
        idleEdges,
        idleNodes,
        http,
        grpc,
        tcp,
        ambientTraffic,
        waypoints,
        spans);
  }

  public GraphOptions withAmbient(AmbientTraffic traffic, boolean drawWaypoints) {
    return new GraphOptions(
        kind,
        namespaces,
        boxBy,
        injectServiceNodes,
        idleEdges,
        idleNodes,
        rateHttp,
        rateGrpc,
        rateTcp,
        traffic,
        drawWaypoints,
        spans);
  }
}
