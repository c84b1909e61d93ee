package pharos.backend.source.metric;

import static java.util.stream.Collectors.toUnmodifiableMap;
import static pharos.backend.source.metric.IstioLabel.CONNECTION_SECURITY_POLICY;
import static pharos.backend.source.metric.IstioLabel.DESTINATION_PRINCIPAL;
import static pharos.backend.source.metric.IstioLabel.GRPC_RESPONSE_STATUS;
import static pharos.backend.source.metric.IstioLabel.LE;
import static pharos.backend.source.metric.IstioLabel.REQUEST_PROTOCOL;
import static pharos.backend.source.metric.IstioLabel.RESPONSE_CODE;
import static pharos.backend.source.metric.IstioLabel.RESPONSE_FLAGS;
import static pharos.backend.source.metric.IstioLabel.SOURCE_PRINCIPAL;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import pharos.graph.sample.VolumeSample.Volume;

/** The counters that Pharos reads, and the labels that tell two rates of each apart. */
public enum IstioMetric {
  REQUESTS(
      "istio_requests_total",
      null,
      REQUEST_PROTOCOL,
      RESPONSE_CODE,
      GRPC_RESPONSE_STATUS,
      RESPONSE_FLAGS,
      CONNECTION_SECURITY_POLICY,
      SOURCE_PRINCIPAL,
      DESTINATION_PRINCIPAL),
  DURATION_BUCKET("istio_request_duration_milliseconds_bucket", null, REQUEST_PROTOCOL, LE),
  DURATION_SUM("istio_request_duration_milliseconds_sum", null, REQUEST_PROTOCOL),
  DURATION_COUNT("istio_request_duration_milliseconds_count", null, REQUEST_PROTOCOL),
  TCP_SENT(
      "istio_tcp_sent_bytes_total",
      Volume.TCP_SENT_BYTES,
      CONNECTION_SECURITY_POLICY,
      RESPONSE_FLAGS),
  TCP_RECEIVED(
      "istio_tcp_received_bytes_total",
      Volume.TCP_RECEIVED_BYTES,
      CONNECTION_SECURITY_POLICY,
      RESPONSE_FLAGS),
  TCP_OPENED(
      "istio_tcp_connections_opened_total",
      Volume.TCP_CONNECTIONS_OPENED,
      CONNECTION_SECURITY_POLICY,
      RESPONSE_FLAGS),
  TCP_CLOSED(
      "istio_tcp_connections_closed_total",
      Volume.TCP_CONNECTIONS_CLOSED,
      CONNECTION_SECURITY_POLICY,
      RESPONSE_FLAGS),
  REQUEST_BYTES("istio_request_bytes_sum", Volume.REQUEST_BYTES, REQUEST_PROTOCOL),
  RESPONSE_BYTES("istio_response_bytes_sum", Volume.RESPONSE_BYTES, REQUEST_PROTOCOL),
  REQUEST_MESSAGES(
      "istio_request_messages_total", Volume.REQUEST_MESSAGES, CONNECTION_SECURITY_POLICY),
  RESPONSE_MESSAGES(
      "istio_response_messages_total", Volume.RESPONSE_MESSAGES, CONNECTION_SECURITY_POLICY);

  private static final Map<String, IstioMetric> BY_WIRE_NAME =
      Stream.of(values()).collect(toUnmodifiableMap(IstioMetric::wireName, metric -> metric));

  private final String wireName;
  private final @Nullable Volume volume;

  @SuppressWarnings("ImmutableEnumChecker") // a copy
  private final List<IstioLabel> labels;

  IstioMetric(String wireName, @Nullable Volume volume, IstioLabel... own) {
    this.wireName = wireName;
    this.volume = volume;
    var all = EnumSet.copyOf(IstioLabel.CALL);
    all.addAll(List.of(own));
    this.labels = List.copyOf(all);
  }

  /** The metric's name in the exposition format and in PromQL. */
  public String wireName() {
    return wireName;
  }

  /** What the counter counts, null for requests and their duration. */
  public @Nullable Volume volume() {
    return volume;
  }

  /** The labels that samples of this metric keep; the others are summed over. */
  public List<IstioLabel> labels() {
    return labels;
  }

  /** The metric of that name, null for one that Pharos does not read. */
  public static @Nullable IstioMetric of(String wireName) {
    return BY_WIRE_NAME.get(wireName);
  }
}
