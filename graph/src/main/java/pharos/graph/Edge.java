package pharos.graph;

import org.jspecify.annotations.Nullable;
import pharos.graph.sample.Protocol;

/**
 * Traffic from one node to another over one protocol.
 *
 * @param id hex SHA-256, see {@link EdgeKey#hash()}
 * @param responseTime null when no histogram was seen
 * @param throughput null when no byte counter was seen
 * @param mtls share of traffic over mutual TLS, 0 to 100; null when unknown
 * @param sourcePrincipal SPIFFE identity of the caller; null when unknown
 * @param destPrincipal SPIFFE identity of the destination; null when unknown
 * @param sampled true when known from trace spans only: rates are then those of the samples
 */
public record Edge(
    String id,
    EdgeKey key,
    EdgeRates rates,
    ResponseBreakdown responses,
    @Nullable Latency responseTime,
    @Nullable Throughput throughput,
    @Nullable Double mtls,
    @Nullable String sourcePrincipal,
    @Nullable String destPrincipal,
    Health health,
    boolean sampled) {

  public NodeId source() {
    return key.source();
  }

  public NodeId target() {
    return key.target();
  }

  public Protocol protocol() {
    return key.protocol();
  }
}
