package pharos.graph.sample;

/**
 * One series of a counter of bytes, messages or connections, as a rate.
 *
 * @param connectionSecurity {@code connection_security_policy} of the series
 * @param responseFlags {@code response_flags}; {@link CallLabels#ABSENT} for metrics without it
 * @param perSecond of the {@link Volume}'s unit
 */
public record VolumeSample(
    Reporter reporter,
    CallLabels call,
    Protocol protocol,
    Volume volume,
    String connectionSecurity,
    String responseFlags,
    double perSecond) {

  /**
   * What is counted. The metric names are those that a proxy exposes; which of them is "sent" is
   * the graph's rule.
   */
  public enum Volume {
    /** {@code istio_tcp_sent_bytes_total}, bytes. */
    TCP_SENT_BYTES,
    /** {@code istio_tcp_received_bytes_total}, bytes. */
    TCP_RECEIVED_BYTES,
    /** {@code istio_tcp_connections_opened_total}, connections. */
    TCP_CONNECTIONS_OPENED,
    /** {@code istio_tcp_connections_closed_total}, connections. */
    TCP_CONNECTIONS_CLOSED,
    /** {@code istio_request_bytes_sum}, bytes. */
    REQUEST_BYTES,
    /** {@code istio_response_bytes_sum}, bytes. */
    RESPONSE_BYTES,
    /** {@code istio_request_messages_total}, gRPC messages. */
    REQUEST_MESSAGES,
    /** {@code istio_response_messages_total}, gRPC messages. */
    RESPONSE_MESSAGES
  }
}
