package pharos.backend.traces;

import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status.StatusCode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import pharos.graph.trace.Emitter;

/**
 * One span as it was received, with what it was sent under and who sent it.
 *
 * @param attributes of the span, as text
 * @param resourceAttributes of its resource, as text
 */
public record StoredSpan(
    Span otlp,
    Resource resource,
    InstrumentationScope scope,
    Map<String, String> attributes,
    Map<String, String> resourceAttributes,
    Emitter emitter) {

  /** All spans below these resources, in their order. */
  static List<StoredSpan> all(List<ResourceSpans> resources, PodOwners pods) {
    List<StoredSpan> spans = new ArrayList<>();
    Map<Emitter, Emitter> emitters = new HashMap<>(); // one object for all spans of one pod
    for (ResourceSpans resource : resources) {
      Map<String, String> shared = AttributeText.of(resource.getResource().getAttributesList());
      for (ScopeSpans scope : resource.getScopeSpansList()) {
        for (Span span : scope.getSpansList()) {
          Map<String, String> own = AttributeText.of(span.getAttributesList());
          Emitter emitter = emitter(own, shared, pods);
          spans.add(
              new StoredSpan(
                  span,
                  resource.getResource(),
                  scope.getScope(),
                  own,
                  shared,
                  emitters.computeIfAbsent(emitter, same -> same)));
        }
      }
    }
    return spans;
  }

  public long id() {
    return SpanIds.of(otlp.getSpanId());
  }

  /** Whether the span failed, as its status, its tags or its code say. */
  public boolean error() {
    String error = attributes.get("error");
    return otlp.getStatus().getCode() == StatusCode.STATUS_CODE_ERROR
        || (error != null && !error.equals("false"))
        || statusCode().startsWith("5")
        || !attributes.getOrDefault("grpc.status_code", "0").equals("0");
  }

  /** HTTP status, empty when the span has none. Envoy writes either name. */
  String statusCode() {
    return first(attributes, "http.status_code", "http.response.status_code");
  }

  /** The span for the analysis. */
  pharos.graph.trace.Span core() {
    String flags = attributes.getOrDefault("response_flags", "");
    return new pharos.graph.trace.Span(
        id(),
        SpanIds.of(otlp.getParentSpanId()),
        kind(),
        emitter,
        otlp.getName(),
        peer(),
        flags.equals("-") ? "" : flags,
        otlp.getStartTimeUnixNano(),
        otlp.getEndTimeUnixNano(),
        error());
  }

  pharos.graph.trace.Span.Kind kind() {
    int number = otlp.getKindValue();
    pharos.graph.trace.Span.Kind[] kinds = pharos.graph.trace.Span.Kind.values();
    return number >= 0 && number < kinds.length ? kinds[number] : kinds[0];
  }

  /** Who was called: the host of Envoy's cluster, else what a library says. */
  String peer() {
    String host = upstreamHost(first(attributes, "upstream_cluster.name", "upstream_cluster"));
    return host.isEmpty()
        ? first(attributes, "peer.service", "server.address", "db.name", "db.system")
        : host;
  }

  /** The host of {@code outbound|9080|v2|host}; empty for an inbound cluster. */
  static String upstreamHost(String cluster) {
    String name = cluster.endsWith(";") ? cluster.substring(0, cluster.length() - 1) : cluster;
    String[] parts = name.split("\\|", -1);
    if (parts.length == 4) {
      return parts[0].equals("outbound") ? parts[3] : "";
    }
    return name.equals("PassthroughCluster") || name.equals("BlackHoleCluster") ? name : "";
  }

  private static Emitter emitter(
      Map<String, String> own, Map<String, String> shared, PodOwners pods) {
    NodeId node = NodeId.parse(own.getOrDefault("node_id", ""));
    String namespace = node == null ? first(shared, "k8s.namespace.name") : node.namespace();
    String pod = node == null ? first(shared, "k8s.pod.name", "host.name") : node.pod();
    boolean proxy = node != null || "proxy".equals(own.get("component"));
    String service = proxy ? own.getOrDefault("istio.canonical_service", "") : "";
    if (service.isEmpty() || service.equals("unknown")) {
      service = first(shared, "service.name");
    }
    String version = own.getOrDefault("istio.canonical_revision", first(shared, "service.version"));
    var owner = pods.of(namespace, pod);
    String workload =
        owner
            .map(PodOwners.Owner::workload)
            .orElseGet(() ->
                pod.isEmpty() || (node == null && !shared.containsKey("k8s.pod.name"))
                    ? first(shared, "k8s.deployment.name", "k8s.statefulset.name")
                    : PodNames.workload(pod));
    return new Emitter(
        service,
        first(own, "istio.namespace").isEmpty() ? namespace : first(own, "istio.namespace"),
        workload,
        version,
        pod,
        own.getOrDefault("istio.cluster_id", first(shared, "k8s.cluster.name")),
        proxy);
  }

  private static String first(Map<String, String> texts, String... keys) {
    for (String key : keys) {
      String value = texts.get(key);
      if (value != null && !value.isEmpty()) {
        return value;
      }
    }
    return "";
  }

  /** {@code sidecar~10.244.0.7~reviews-v1-6f8d5-abcde.bookinfo~bookinfo.svc.cluster.local}. */
  private record NodeId(String pod, String namespace) {
    static @Nullable NodeId parse(String text) {
      String[] parts = text.split("~", -1);
      int dot = parts.length == 4 ? parts[2].lastIndexOf('.') : -1;
      return dot <= 0 ? null : new NodeId(parts[2].substring(0, dot), parts[2].substring(dot + 1));
    }
  }
}
