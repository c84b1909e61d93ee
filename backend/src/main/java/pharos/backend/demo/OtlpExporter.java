package pharos.backend.demo;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import pharos.backend.demo.model.AppProtocol;
import pharos.backend.demo.model.MeshModel;
import pharos.backend.demo.model.PodFact;
import pharos.backend.demo.model.Workload.DataPlane;
import pharos.backend.demo.simulation.ProxySpan;

/**
 * Sends spans as Istio's OpenTelemetry provider does, over OTLP/HTTP. A bounded queue stands
 * between: when the receiver is slow or away, spans are dropped and counted, and nothing waits.
 */
final class OtlpExporter {
  private static final int QUEUE = 20_000;
  private static final int BATCH = 1_000;
  private static final int IN_FLIGHT = 2;
  private static final long TIMEOUT_MILLIS = 5_000;

  private final HttpClient client;
  private final RequestOptions target;
  private final long startNanos;
  private final ArrayDeque<ProxySpan> queue = new ArrayDeque<>();
  private long dropped;
  private int inFlight;

  OtlpExporter(Vertx vertx, URI endpoint, Instant start) {
    this.client = vertx.createHttpClient(new HttpClientOptions().setConnectTimeout(2_000));
    this.target =
        new RequestOptions()
            .setMethod(HttpMethod.POST)
            .setAbsoluteURI(endpoint.toString())
            .setTimeout(TIMEOUT_MILLIS)
            .putHeader("Content-Type", "application/x-protobuf");
    this.startNanos = start.getEpochSecond() * 1_000_000_000L + start.getNano();
  }

  void offer(ProxySpan span) {
    if (queue.size() >= QUEUE) {
      dropped++;
    } else {
      queue.add(span);
    }
  }

  long dropped() {
    return dropped;
  }

  /** Sends what waits, as far as the receiver keeps up. */
  void flush() {
    while (inFlight < IN_FLIGHT && !queue.isEmpty()) {
      int size = Math.min(BATCH, queue.size());
      byte[] body = batch(size).toByteArray();
      inFlight++;
      client
          .request(target)
          .compose(request -> request.send(Buffer.buffer(body)))
          .compose(response -> response.body().map(_ -> response.statusCode()))
          .onComplete(answer -> {
            inFlight--;
            if (answer.failed() || answer.result() != 200) {
              dropped += size;
            }
          });
    }
  }

  private ExportTraceServiceRequest batch(int size) {
    Map<PodFact, ScopeSpans.Builder> byPod = new LinkedHashMap<>();
    for (int i = 0; i < size; i++) {
      ProxySpan span = queue.remove();
      byPod
          .computeIfAbsent(
              span.pod(),
              _ ->
                  ScopeSpans.newBuilder()
                      .setScope(
                          InstrumentationScope.newBuilder()
                              .setName("envoy")
                              .setVersion(MeshModel.ISTIO_VERSION)))
          .addSpans(encode(span));
    }
    var request = ExportTraceServiceRequest.newBuilder();
    byPod.forEach((pod, spans) ->
        request.addResourceSpans(
            ResourceSpans.newBuilder()
                .setResource(
                    Resource.newBuilder()
                        .addAttributes(
                            tag(
                                "service.name",
                                pod.workload().app() + "." + pod.workload().namespace())))
                .addScopeSpans(spans)));
    return request.build();
  }

  private Span encode(ProxySpan span) {
    long begin = startNanos + span.startMicros() * 1000;
    var out =
        Span.newBuilder()
            .setTraceId(
                ByteString.copyFrom(
                    ByteBuffer.allocate(16)
                        .putLong(span.traceHigh())
                        .putLong(span.traceLow())
                        .flip()))
            .setSpanId(id(span.spanId()))
            .setName(span.name())
            .setKind(
                span.server() ? Span.SpanKind.SPAN_KIND_SERVER : Span.SpanKind.SPAN_KIND_CLIENT)
            .setStartTimeUnixNano(begin)
            .setEndTimeUnixNano(begin + span.durationMicros() * 1000);
    if (span.parentId() != 0) {
      out.setParentSpanId(id(span.parentId()));
    }
    boolean error =
        span.code() >= 500 || span.code() == 0 || (!span.server() && span.code() >= 400);
    if (error || span.grpcStatus() > 0) {
      out.setStatus(Status.newBuilder().setCode(Status.StatusCode.STATUS_CODE_ERROR));
    }
    tags(span, error, out);
    return out.build();
  }

  /** Envoy's exporter writes every attribute as a string. */
  private static void tags(ProxySpan span, boolean error, Span.Builder out) {
    PodFact pod = span.pod();
    String namespace = pod.workload().namespace();
    String type = pod.workload().dataPlane() == DataPlane.GATEWAY ? "router" : "sidecar";
    out.addAttributes(
        tag(
            "node_id",
            "%s~%s~%s.%s~%s.svc.cluster.local"
                .formatted(type, pod.address(), pod.name(), namespace, namespace)));
    out.addAttributes(tag("component", "proxy"));
    out.addAttributes(tag("istio.canonical_service", pod.workload().app()));
    out.addAttributes(tag("istio.canonical_revision", pod.workload().version()));
    out.addAttributes(tag("istio.namespace", namespace));
    out.addAttributes(tag("istio.mesh_id", "cluster.local"));
    out.addAttributes(tag("istio.cluster_id", MeshModel.CLUSTER));
    out.addAttributes(tag("upstream_cluster", span.upstreamCluster()));
    out.addAttributes(tag("upstream_cluster.name", span.upstreamCluster() + ";"));
    out.addAttributes(tag("http.method", span.method()));
    out.addAttributes(tag("http.url", "http://" + span.host() + span.path()));
    out.addAttributes(tag("http.status_code", Integer.toString(span.code())));
    out.addAttributes(
        tag("http.protocol", span.protocol() == AppProtocol.GRPC ? "HTTP/2" : "HTTP/1.1"));
    out.addAttributes(tag("response_flags", span.flags()));
    out.addAttributes(tag("peer.address", span.peerAddress()));
    out.addAttributes(tag("user_agent", span.userAgent()));
    out.addAttributes(tag("request_size", Integer.toString(span.requestBytes())));
    out.addAttributes(tag("response_size", Integer.toString(span.responseBytes())));
    out.addAttributes(tag("guid:x-request-id", span.requestId()));
    if (span.grpcStatus() >= 0) {
      out.addAttributes(tag("grpc.status_code", Integer.toString(span.grpcStatus())));
      out.addAttributes(tag("grpc.path", span.path()));
    }
    if (error) {
      out.addAttributes(tag("error", "true"));
    }
  }

  private static KeyValue tag(String key, String value) {
    return KeyValue.newBuilder()
        .setKey(key)
        .setValue(AnyValue.newBuilder().setStringValue(value))
        .build();
  }

  private static ByteString id(long value) {
    return ByteString.copyFrom(ByteBuffer.allocate(8).putLong(value).flip());
  }

  void close() {
    var _ = client.close();
  }
}
