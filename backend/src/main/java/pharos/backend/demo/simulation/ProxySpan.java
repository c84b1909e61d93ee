package pharos.backend.demo.simulation;

import pharos.backend.demo.model.AppProtocol;
import pharos.backend.demo.model.PodFact;

/**
 * A span as an Istio proxy makes it.
 *
 * @param traceHigh first half of the trace id
 * @param parentId 0 for a root
 * @param server whether the proxy received the request; otherwise it sent it
 * @param name virtual host and route, or a gateway's own words
 * @param startMicros since the start of the simulation
 * @param upstreamCluster Envoy's name of where it went
 * @param peerAddress of the other end
 * @param host with port, as in the request's URL
 */
public record ProxySpan(
    PodFact pod,
    long traceHigh,
    long traceLow,
    long spanId,
    long parentId,
    boolean server,
    String name,
    long startMicros,
    long durationMicros,
    String upstreamCluster,
    String peerAddress,
    AppProtocol protocol,
    String method,
    String host,
    String path,
    String userAgent,
    String requestId,
    int requestBytes,
    int responseBytes,
    int code,
    int grpcStatus,
    String flags) {

  /** When it ends, in microseconds since the start of the simulation. */
  public long endMicros() {
    return startMicros + durationMicros;
  }
}
