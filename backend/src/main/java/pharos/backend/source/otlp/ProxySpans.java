package pharos.backend.source.otlp;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status.StatusCode;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import pharos.backend.traces.PodNames;
import pharos.graph.sample.CallLabels;
import pharos.graph.sample.Protocol;

/** Reads the spans that Envoy writes in an Istio mesh. */
final class ProxySpans {
  private static final HexFormat HEX = HexFormat.of();

  private ProxySpans() {}

  /** The proxy's span, null when an application wrote it. */
  static @Nullable ProxySpan of(Span span) {
    Map<String, String> tags = tags(span.getAttributesList());
    String nodeId = tags.get("node_id");
    String cluster = tags.getOrDefault("upstream_cluster", tags.get("upstream_cluster.name"));
    boolean proxy = "proxy".equals(tags.get("component")) || nodeId != null || cluster != null;
    boolean client = span.getKind() == Span.SpanKind.SPAN_KIND_CLIENT;
    if (!proxy || !(client || span.getKind() == Span.SpanKind.SPAN_KIND_SERVER)) {
      return null;
    }
    return new ProxySpan(
        HEX.formatHex(span.getTraceId().toByteArray()),
        HEX.formatHex(span.getSpanId().toByteArray()),
        HEX.formatHex(span.getParentSpanId().toByteArray()),
        client,
        workload(nodeId, tags),
        upstreamHost(cluster),
        tags.containsKey("grpc.status_code") || tags.containsKey("grpc.path")
            ? Protocol.GRPC
            : Protocol.HTTP,
        span.getEndTimeUnixNano() / 1_000_000,
        Math.max(0, (span.getEndTimeUnixNano() - span.getStartTimeUnixNano()) / 1e6),
        isError(span, tags));
  }

  private static Map<String, String> tags(List<KeyValue> attributes) {
    var tags = new HashMap<String, String>();
    for (KeyValue attribute : attributes) {
      tags.put(attribute.getKey(), text(attribute.getValue()));
    }
    return tags;
  }

  private static String text(AnyValue value) {
    return switch (value.getValueCase()) {
      case STRING_VALUE -> value.getStringValue();
      case BOOL_VALUE -> Boolean.toString(value.getBoolValue());
      case INT_VALUE -> Long.toString(value.getIntValue());
      case DOUBLE_VALUE -> Double.toString(value.getDoubleValue());
      case BYTES_VALUE -> value.getBytesValue().toString(UTF_8);
      default -> ""; // lists and maps are nothing that a proxy's tag of ours holds
    };
  }

  private static boolean isError(Span span, Map<String, String> tags) {
    String status = tags.getOrDefault("http.status_code", tags.get("http.response.status_code"));
    return span.getStatus().getCode() == StatusCode.STATUS_CODE_ERROR
        || "true".equals(tags.get("error"))
        || (status != null
            && (status.startsWith("5") || status.startsWith("4") || status.equals("0")))
        || !tags.getOrDefault("grpc.status_code", "0").equals("0");
  }

  /** {@code sidecar~10.244.0.7~reviews-v1-6f8d5-abcde.bookinfo~bookinfo.svc.cluster.local}. */
  private static ProxySpan.Workload workload(@Nullable String nodeId, Map<String, String> tags) {
    String name = CallLabels.UNKNOWN;
    String namespace = CallLabels.UNKNOWN;
    String[] parts = nodeId == null ? new String[0] : nodeId.split("~", -1);
    if (parts.length == 4 && parts[2].lastIndexOf('.') > 0) {
      int dot = parts[2].lastIndexOf('.');
      name = PodNames.workload(parts[2].substring(0, dot));
      namespace = parts[2].substring(dot + 1);
    }
    return new ProxySpan.Workload(
        tags.getOrDefault("istio.cluster_id", CallLabels.UNKNOWN),
        tags.getOrDefault("istio.namespace", namespace),
        name,
        tags.getOrDefault("istio.canonical_service", CallLabels.UNKNOWN),
        tags.getOrDefault("istio.canonical_revision", CallLabels.UNKNOWN));
  }

  /** The host of {@code outbound|9080|v2|host}; other clusters have none but their name. */
  private static String upstreamHost(@Nullable String cluster) {
    if (cluster == null) {
      return "";
    }
    String[] parts = cluster.replace(";", "").split("\\|", -1);
    if (parts.length == 4) {
      return parts[0].equals("outbound") ? parts[3] : "";
    }
    return cluster.equals("PassthroughCluster") || cluster.equals("BlackHoleCluster")
        ? cluster
        : "";
  }
}
