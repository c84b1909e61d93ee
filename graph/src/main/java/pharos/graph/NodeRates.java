package pharos.graph;

/**
 * Traffic of a node, per second; 0 means that there was none. HTTP counts requests, gRPC requests
 * or messages, TCP bytes, as the options asked. The names are Kiali's ({@code graph/protocol.go}).
 *
 * @param httpInNoResponse requests that ended without a response ({@code response_code} 0)
 * @param grpcInErr gRPC requests with a status other than 0
 */
public record NodeRates(
    double httpIn,
    double httpInNoResponse,
    double httpIn3xx,
    double httpIn4xx,
    double httpIn5xx,
    double httpOut,
    double grpcIn,
    double grpcInNoResponse,
    double grpcInErr,
    double grpcOut,
    double tcpIn,
    double tcpOut) {

  /** No traffic. */
  public static final NodeRates NONE = new NodeRates(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
}
