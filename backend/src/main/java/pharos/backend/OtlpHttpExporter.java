package pharos.backend;

import com.google.protobuf.ByteString;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.client.WebClient;
import java.net.URI;
import java.util.Collection;
import java.util.HexFormat;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Posts spans as OTLP/HTTP protobuf. Small on purpose: no retries, because a lost span of our own
 * is no loss, and no sender library, because the official one brings a second HTTP client.
 */
final class OtlpHttpExporter implements SpanExporter {
  private static final Logger log = LoggerFactory.getLogger(OtlpHttpExporter.class);
  private static final long TIMEOUT_MILLIS = 5000;

  private final Vertx vertx;
  private final WebClient client;
  private final URI endpoint;
  private volatile boolean failing;

  OtlpHttpExporter(Vertx vertx, URI endpoint) {
    this.vertx = vertx;
    this.client = WebClient.create(vertx);
    this.endpoint = endpoint;
  }

  @Override
  public CompletableResultCode export(Collection<SpanData> spans) {
    CompletableResultCode result = new CompletableResultCode();
    client
        .postAbs(endpoint.toString())
        .timeout(TIMEOUT_MILLIS)
        .putHeader("Content-Type", "application/x-protobuf")
        .sendBuffer(Buffer.buffer(request(spans).toByteArray()))
        .onSuccess(answer -> {
          boolean accepted = answer.statusCode() / 100 == 2;
          report(accepted, "status " + answer.statusCode());
          var _ = accepted ? result.succeed() : result.fail();
        })
        .onFailure(failure -> {
          report(false, String.valueOf(failure.getMessage()));
          result.fail();
        });
    return result;
  }

  /** Once per change, not once per batch. */
  private void report(boolean accepted, String words) {
    if (!accepted && !failing) {
      log.warn("own spans are not accepted by {}: {}", endpoint, words);
    }
    failing = !accepted;
  }

  static ExportTraceServiceRequest request(Collection<SpanData> spans) {
    ScopeSpans.Builder scope = ScopeSpans.newBuilder();
    Resource.Builder resource = Resource.newBuilder();
    for (SpanData span : spans) {
      if (resource.getAttributesCount() == 0) {
        span.getResource()
            .getAttributes()
            .forEach((key, value) -> resource.addAttributes(attribute(key.getKey(), value)));
      }
      scope.addSpans(span(span));
    }
    return ExportTraceServiceRequest.newBuilder()
        .addResourceSpans(ResourceSpans.newBuilder().setResource(resource).addScopeSpans(scope))
        .build();
  }

  private static Span span(SpanData data) {
    Span.Builder span =
        Span.newBuilder()
            .setTraceId(id(data.getTraceId()))
            .setSpanId(id(data.getSpanId()))
            .setName(data.getName())
            .setKind(kind(data))
            .setStartTimeUnixNano(data.getStartEpochNanos())
            .setEndTimeUnixNano(data.getEndEpochNanos());
    if (data.getParentSpanContext().isValid()) {
      span.setParentSpanId(id(data.getParentSpanId()));
    }
    if (data.getStatus().getStatusCode() == StatusCode.ERROR) {
      span.setStatus(
          Status.newBuilder()
              .setCode(Status.StatusCode.STATUS_CODE_ERROR)
              .setMessage(data.getStatus().getDescription()));
    }
    data.getAttributes()
        .forEach((key, value) -> span.addAttributes(attribute(key.getKey(), value)));
    return span.build();
  }

  private static Span.SpanKind kind(SpanData data) {
    return switch (data.getKind()) {
      case SERVER -> Span.SpanKind.SPAN_KIND_SERVER;
      case CLIENT -> Span.SpanKind.SPAN_KIND_CLIENT;
      case PRODUCER -> Span.SpanKind.SPAN_KIND_PRODUCER;
      case CONSUMER -> Span.SpanKind.SPAN_KIND_CONSUMER;
      case INTERNAL -> Span.SpanKind.SPAN_KIND_INTERNAL;
    };
  }

  private static KeyValue attribute(String key, Object value) {
    AnyValue.Builder any = AnyValue.newBuilder();
    switch (value) {
      case Boolean flag -> any.setBoolValue(flag);
      case Long number -> any.setIntValue(number);
      case Double number -> any.setDoubleValue(number);
      default -> any.setStringValue(String.valueOf(value));
    }
    return KeyValue.newBuilder().setKey(key).setValue(any).build();
  }

  private static ByteString id(String hex) {
    return ByteString.copyFrom(HexFormat.of().parseHex(hex));
  }

  @Override
  public CompletableResultCode flush() {
    return CompletableResultCode.ofSuccess();
  }

  @Override
  public CompletableResultCode shutdown() {
    CompletableResultCode result = new CompletableResultCode();
    vertx.close().onComplete(_ -> result.succeed());
    return result;
  }
}
