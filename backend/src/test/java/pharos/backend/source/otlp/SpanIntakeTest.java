package pharos.backend.source.otlp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.assertj.core.data.Offset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import pharos.backend.traces.PodNames;
import pharos.graph.sample.CallLabels;
import pharos.graph.sample.Protocol;
import pharos.graph.sample.SpanCall;

final class SpanIntakeTest {
  private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
  private static final String PROTOBUF = "application/x-protobuf";

  private final Vertx vertx = Vertx.vertx();
  private final SinkInMemory sink = new SinkInMemory();
  private final SpanIntake intake =
      new SpanIntake(
          vertx,
          new IntakeLimits(1 << 20, 1 << 20, 100, 4, 6, Duration.ofMinutes(10)),
          sink,
          Clock.fixed(NOW, ZoneOffset.UTC));

  @AfterEach
  void stop() throws Exception {
    vertx.close().await(10, TimeUnit.SECONDS);
  }

  private ExportAnswer send(byte[] body, @Nullable String type, @Nullable String encoding)
      throws Exception {
    return intake.accept(Buffer.buffer(body), type, encoding).await(10, TimeUnit.SECONDS);
  }

  private static byte[] export(Span.Builder... spans) {
    var scope = ScopeSpans.newBuilder();
    for (Span.Builder span : spans) {
      scope.addSpans(span);
    }
    return ExportTraceServiceRequest.newBuilder()
        .addResourceSpans(ResourceSpans.newBuilder().addScopeSpans(scope))
        .build()
        .toByteArray();
  }

  private static ByteString id(int length, int value) {
    var bytes = new byte[length];
    bytes[length - 1] = (byte) value;
    return ByteString.copyFrom(bytes);
  }

  private static Span.Builder span(Span.SpanKind kind, int own, int parent, String... tags) {
    long end = NOW.minusSeconds(5).toEpochMilli() * 1_000_000;
    var span =
        Span.newBuilder()
            .setTraceId(id(16, 1))
            .setSpanId(id(8, own))
            .setKind(kind)
            .setStartTimeUnixNano(end - 20_000_000)
            .setEndTimeUnixNano(end);
    if (parent > 0) {
      span.setParentSpanId(id(8, parent));
    }
    for (String tag : tags) {
      int equals = tag.indexOf('=');
      span.addAttributes(
          KeyValue.newBuilder()
              .setKey(tag.substring(0, equals))
              .setValue(AnyValue.newBuilder().setStringValue(tag.substring(equals + 1))));
    }
    return span;
  }

  private static Span.Builder client(int own) {
    return span(
        Span.SpanKind.SPAN_KIND_CLIENT,
        own,
        0,
        "node_id=sidecar~10.0.0.1~productpage-v1-6f8d5bbc9d-x7x2k.bookinfo~bookinfo.svc.cluster.local",
        "upstream_cluster=outbound|9080|v2|reviews.bookinfo.svc.cluster.local",
        "istio.canonical_service=productpage");
  }

  private static Span.Builder server(int own, int parent) {
    return span(
        Span.SpanKind.SPAN_KIND_SERVER,
        own,
        parent,
        "node_id=sidecar~10.0.0.2~reviews-v2-6f8d5bbc9d-abcde.bookinfo~bookinfo.svc.cluster.local",
        "upstream_cluster=inbound|9080||",
        "http.status_code=503");
  }

  private List<SpanCall> calls() {
    return intake.calls(NOW, Duration.ofSeconds(10));
  }

  @Test
  void calls_clientAndServer_areOneCall() throws Exception {
    ExportAnswer answer = send(export(server(2, 1), client(1)), PROTOBUF, null);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(calls())
        .singleElement()
        .satisfies(call -> {
          assertThat(call.call().sourceWorkload()).isEqualTo("productpage-v1");
          assertThat(call.call().sourceApp()).isEqualTo("productpage");
          assertThat(call.call().destinationWorkload()).isEqualTo("reviews-v2");
          assertThat(call.call().destinationServiceName()).isEqualTo("reviews");
          assertThat(call.call().destinationServiceNamespace()).isEqualTo("bookinfo");
          assertThat(call.protocol()).isEqualTo(Protocol.HTTP);
          assertThat(call.perSecond()).isCloseTo(0.1, Offset.offset(1e-9));
          assertThat(call.meanMillis()).isCloseTo(20, Offset.offset(1e-6));
          assertThat(call.errors()).as("as the caller saw it").isZero();
        });
  }

  @Test
  void calls_oneHalfAlone_isACallToOrFromTheUnknown() throws Exception {
    send(export(client(1), server(9, 8)), PROTOBUF, null);

    assertThat(calls())
        .extracting(call -> call.call().destinationWorkload())
        .containsExactlyInAnyOrder(CallLabels.UNKNOWN, "reviews-v2");
    assertThat(calls())
        .extracting(call -> call.call().sourceWorkload())
        .containsExactlyInAnyOrder("productpage-v1", CallLabels.UNKNOWN);
  }

  @Test
  void accept_gzip() throws Exception {
    assertThat(send(gzip(export(client(1))), PROTOBUF, "gzip").status()).isEqualTo(200);
    assertThat(calls()).hasSize(1);
  }

  private static byte[] gzip(byte[] bytes) throws Exception {
    var packed = new ByteArrayOutputStream();
    try (var out = new GZIPOutputStream(packed)) {
      out.write(bytes);
    }
    return packed.toByteArray();
  }

  @Test
  void accept_hostileOrDamaged_isRefusedInWords() throws Exception {
    byte[] good = export(client(1));
    byte[] bomb = gzip(new byte[50 << 20]);
    byte[] lying = {(byte) 0x0a, (byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x07};
    assertThat(send(good, "text/plain", null).status()).isEqualTo(415);
    assertThat(send(good, null, null).status()).isEqualTo(415);
    assertThat(send(good, PROTOBUF, "zstd").status()).isEqualTo(415);
    assertThat(send(good, PROTOBUF, "gzip").status()).isEqualTo(400);
    assertThat(send(bomb, PROTOBUF, "gzip").status()).isEqualTo(413);
    assertThat(send(new byte[2 << 20], PROTOBUF, null).status()).isEqualTo(413);
    assertThat(send(lying, PROTOBUF, null).status()).isEqualTo(400);
    assertThat(send("hello".getBytes(UTF_8), PROTOBUF, null).status()).isEqualTo(400);
    assertThat(intake.status().facts()).containsEntry("refusedExports", "8");
    assertThat(calls()).isEmpty();
  }

  @Test
  void accept_json_isAnsweredInJson() throws Exception {
    byte[] span =
        """
        {"resourceSpans":[{"scopeSpans":[{"spans":[
          {"traceId":"0000000000000000000000000000000a","spanId":"00000000000000aa","kind":3,
           "startTimeUnixNano":"%d","endTimeUnixNano":"%d",
           "attributes":[
             {"key":"node_id","value":{"stringValue":
               "sidecar~10.0.0.1~productpage-v1-6f8d5bbc9d-x7x2k.bookinfo~bookinfo.svc.cluster.local"}},
             {"key":"upstream_cluster","value":{"stringValue":
               "outbound|9080|v2|reviews.bookinfo.svc.cluster.local"}}]},
          {"name":"without ids"}]}]}]}
        """
            .formatted(
                (NOW.getEpochSecond() - 5) * 1_000_000_000L,
                (NOW.getEpochSecond() - 4) * 1_000_000_000L)
            .getBytes(UTF_8);

    ExportAnswer answer = send(gzip(span), "application/json; charset=utf-8", "gzip");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.contentType()).isEqualTo("application/json");
    assertThat(answer.body().toString())
        .isEqualTo(
            "{\"partialSuccess\":{\"rejectedSpans\":\"1\",\"errorMessage\":\"spans without a valid trace"
                + " id, span id or time\"}}");
    assertThat(calls())
        .extracting(call -> call.call().destinationServiceName())
        .containsExactly("reviews");
  }

  @Test
  void accept_damagedJson_isRefusedInJson() throws Exception {
    ExportAnswer answer = send("{".getBytes(UTF_8), "application/json", null);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body().toString())
        .isEqualTo("{\"code\":3,\"message\":\"body that is no JSON at line 1, column 2\"}");
  }

  @Test
  void accept_spansWithoutIds_arePartialSuccess() throws Exception {
    ExportAnswer answer =
        send(
            export(client(1), client(2).clearTraceId(), client(3).setSpanId(id(8, 0))),
            PROTOBUF,
            null);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(
            ExportTraceServiceResponse.parseFrom(answer.body().getBytes())
                .getPartialSuccess()
                .getRejectedSpans())
        .isEqualTo(2);
  }

  @Test
  void accept_moreSpansThanKept_dropsTheOldestAndCounts() throws Exception {
    for (int i = 1; i <= 10; i++) {
      send(export(client(i)), PROTOBUF, null);
    }

    assertThat(intake.status().facts())
        .containsEntry("kept", "6")
        .containsEntry("crowdedOut", "4")
        .containsEntry("accepted", "10");
  }

  @ParameterizedTest
  @CsvSource({
    "reviews-v2-6f8d5bbc9d-abcde,reviews-v2",
    "mongodb-0,mongodb",
    "fluentd-x7x2k,fluentd",
    "single,single",
    "istio-ingressgateway-7d9f8c5b6-zzzzz,istio-ingressgateway"
  })
  void workloadOfPod(String pod, String workload) {
    assertThat(PodNames.workload(pod)).isEqualTo(workload);
  }

  @Test
  void accept_export_handsTheSinkWhatIsUsable() throws Exception {
    ExportAnswer answer =
        send(
            export(client(1), client(2).setTraceId(id(16, 0)), client(3).setStartTimeUnixNano(1)),
            PROTOBUF,
            null);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(
            ExportTraceServiceResponse.parseFrom(answer.body().getBytes())
                .getPartialSuccess()
                .getRejectedSpans())
        .isEqualTo(2);
    assertThat(sink.ids()).containsExactly("0000000000000001");
  }

  @ParameterizedTest
  @CsvSource({"true, 429", "false, 503"})
  void accept_sinkThatCannotNow_isToldToTheSenderWithATime(boolean overload, int status)
      throws Exception {
    sink.refuseAll(overload);
    ExportAnswer answer = send(export(client(1)), PROTOBUF, null);
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.retryAfterSeconds()).isPositive();
    assertThat(calls()).isEmpty(); // what was not taken must not be counted as a call either
  }

  @Test
  void acceptZipkin_spans_areTakenAsOtlp() throws Exception {
    String body =
        """
        [{"traceId": "463ac35c9f6413ad", "id": "a2fb4a1d1a96d312", "kind": "SERVER", "name": "get",
          "timestamp": %d, "duration": 1000, "localEndpoint": {"serviceName": "reviews"}}]
        """
            .formatted(NOW.minusSeconds(5).toEpochMilli() * 1_000);
    ExportAnswer answer =
        intake
            .acceptZipkin(Buffer.buffer(body), "application/json; charset=utf-8", null)
            .await(10, TimeUnit.SECONDS);
    assertThat(answer.status()).isEqualTo(202);
    assertThat(answer.body().length()).isZero();
    assertThat(sink.ids()).containsExactly("a2fb4a1d1a96d312");
    ExportAnswer bad =
        intake
            .acceptZipkin(Buffer.buffer("{}"), "application/json", null)
            .await(10, TimeUnit.SECONDS);
    assertThat(bad.status()).isEqualTo(400);
  }
}
