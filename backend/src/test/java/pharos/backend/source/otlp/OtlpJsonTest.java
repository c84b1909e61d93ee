package pharos.backend.source.otlp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.common.v1.KeyValueList;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class OtlpJsonTest {
  private static final String EVERYTHING =
      """
      {"resourceSpans": [{
        "resource": {
          "attributes": [{"key": "service.name", "value": {"stringValue": "cart"}}],
          "droppedAttributesCount": 1},
        "schemaUrl": "https://schemas.example/1",
        "scopeSpans": [{
          "scope": {"name": "envoy", "version": "1.2", "attributes": []},
          "spans": [{
            "traceId": "5B8EFFF798038103D269B633813FC60C",
            "spanId": "eee19b7ec3c1b174",
            "parentSpanId": "eee19b7ec3c1b173",
            "traceState": "a=b",
            "flags": 257,
            "name": "GET /cart",
            "kind": 2,
            "startTimeUnixNano": "1544712660000000000",
            "endTimeUnixNano": 1544712661000000000,
            "attributes": [
              {"key": "s", "value": {"stringValue": "text"}},
              {"key": "b", "value": {"boolValue": true}},
              {"key": "i", "value": {"intValue": "-7"}},
              {"key": "d", "value": {"doubleValue": 0.5}},
              {"key": "y", "value": {"bytesValue": "AQI="}},
              {"key": "a", "value": {"arrayValue": {"values": [{"intValue": 1}, {"stringValue": "x"}]}}},
              {"key": "m", "value": {"kvlistValue": {"values": [{"key": "k", "value": {"boolValue": false}}]}}},
              {"key": "n", "value": {}}],
            "events": [{"timeUnixNano": "1544712660500000000", "name": "retry", "attributes": []}],
            "links": [{"traceId": "5b8efff798038103d269b633813fc60d", "spanId": "eee19b7ec3c1b175"}],
            "status": {"message": "upstream", "code": 2},
            "aFieldOfTomorrow": {"x": [1, 2]}}]}]}]}
      """;

  private static AnyValue text(String value) {
    return AnyValue.newBuilder().setStringValue(value).build();
  }

  private static AnyValue number(long value) {
    return AnyValue.newBuilder().setIntValue(value).build();
  }

  private static KeyValue attribute(String key, AnyValue value) {
    return KeyValue.newBuilder().setKey(key).setValue(value).build();
  }

  private static AnyValue bool(boolean value) {
    return AnyValue.newBuilder().setBoolValue(value).build();
  }

  private static ByteString id(String hex) {
    return ByteString.copyFrom(HexFormat.of().parseHex(hex));
  }

  @Test
  void read_everyField_isTheSameRequestAsInProtobuf() throws Exception {
    var span =
        Span.newBuilder()
            .setTraceId(id("5b8efff798038103d269b633813fc60c"))
            .setSpanId(id("eee19b7ec3c1b174"))
            .setParentSpanId(id("eee19b7ec3c1b173"))
            .setTraceState("a=b")
            .setFlags(257)
            .setName("GET /cart")
            .setKind(Span.SpanKind.SPAN_KIND_SERVER)
            .setStartTimeUnixNano(1544712660000000000L)
            .setEndTimeUnixNano(1544712661000000000L)
            .addAttributes(attribute("s", text("text")))
            .addAttributes(attribute("b", bool(true)))
            .addAttributes(attribute("i", number(-7)))
            .addAttributes(attribute("d", AnyValue.newBuilder().setDoubleValue(0.5).build()))
            .addAttributes(attribute("y", AnyValue.newBuilder().setBytesValue(id("0102")).build()))
            .addAttributes(
                attribute(
                    "a",
                    AnyValue.newBuilder()
                        .setArrayValue(
                            ArrayValue.newBuilder().addValues(number(1)).addValues(text("x")))
                        .build()))
            .addAttributes(
                attribute(
                    "m",
                    AnyValue.newBuilder()
                        .setKvlistValue(
                            KeyValueList.newBuilder().addValues(attribute("k", bool(false))))
                        .build()))
            .addAttributes(attribute("n", AnyValue.getDefaultInstance()))
            .addEvents(
                Span.Event.newBuilder().setTimeUnixNano(1544712660500000000L).setName("retry"))
            .addLinks(
                Span.Link.newBuilder()
                    .setTraceId(id("5b8efff798038103d269b633813fc60d"))
                    .setSpanId(id("eee19b7ec3c1b175")))
            .setStatus(
                Status.newBuilder()
                    .setMessage("upstream")
                    .setCode(Status.StatusCode.STATUS_CODE_ERROR));
    var scope =
        ScopeSpans.newBuilder()
            .setScope(InstrumentationScope.newBuilder().setName("envoy").setVersion("1.2"))
            .addSpans(span);
    var resource =
        Resource.newBuilder()
            .addAttributes(attribute("service.name", text("cart")))
            .setDroppedAttributesCount(1);
    var expected =
        ExportTraceServiceRequest.newBuilder()
            .addResourceSpans(
                ResourceSpans.newBuilder()
                    .setResource(resource)
                    .setSchemaUrl("https://schemas.example/1")
                    .addScopeSpans(scope))
            .build();

    ExportTraceServiceRequest read = OtlpJson.read(EVERYTHING.getBytes(UTF_8));

    assertThat(read).isEqualTo(expected);
  }

  @Test
  void read_namesOfEnumerations_asManySendersWriteThem() throws Exception {
    Span span =
        OtlpJson.read(
                """
                {"resourceSpans":[{"scopeSpans":[{"spans":[
                  {"kind":"SPAN_KIND_CLIENT","status":{"code":"STATUS_CODE_OK"}}]}]}]}
                """
                    .getBytes(UTF_8))
            .getResourceSpans(0)
            .getScopeSpans(0)
            .getSpans(0);

    assertThat(span.getKind()).isEqualTo(Span.SpanKind.SPAN_KIND_CLIENT);
    assertThat(span.getStatus().getCode()).isEqualTo(Status.StatusCode.STATUS_CODE_OK);
  }

  @Test
  void read_nothing_isAnEmptyRequest() throws Exception {
    assertThat(OtlpJson.read("{}".getBytes(UTF_8)).getResourceSpansCount()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"traceId\": \"xyz\" | traceId (expected: hexadecimal digits)",
        "\"traceId\": 7 | traceId (expected: a string)",
        "\"kind\": \"CLIENT\" | kind (expected: the number or the name of a SpanKind)",
        "\"startTimeUnixNano\": \"soon\" | startTimeUnixNano (expected: a whole number of 64 bits, or one in quotes)",
        "\"startTimeUnixNano\": 1.5 | startTimeUnixNano (expected: a whole number of 64 bits, or one in quotes)",
        "\"attributes\": {} | attributes (expected: a list)",
        "\"status\": {\"code\": \"BAD\"} | status.code (expected: the number or the name of a StatusCode)",
        "\"attributes\": [{\"value\": {\"boolValue\": 1}}] | boolValue (expected: true or false)",
        "\"attributes\": [{\"value\": {\"doubleValue\": []}}] | doubleValue (expected: a number)",
        "\"attributes\": [{\"value\": {\"bytesValue\": \"*\"}}] | bytesValue (expected: Base64)",
      })
  void read_wrongField_isNamed(String field, String message) {
    String text = "{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[{%s}]}]}]}".formatted(field);

    assertThatThrownBy(() -> OtlpJson.read(text.getBytes(UTF_8)))
        .isInstanceOf(SpanWire.Unreadable.class)
        .hasMessage(message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "7", "{", "{} {}", "{\"a\": tru}"})
  void read_noRequest_isRefused(String text) {
    assertThatThrownBy(() -> OtlpJson.read(text.getBytes(UTF_8)))
        .isInstanceOf(SpanWire.Unreadable.class);
  }

  /** Values may nest, and a text must not overflow the stack. */
  @Test
  void read_deepNesting_isRefused() {
    String open = "{\"arrayValue\":{\"values\":[";
    String text =
        "{\"resourceSpans\":[{\"resource\":{\"attributes\":[{\"key\":\"a\",\"value\":"
            + open.repeat(100_000);

    assertThatThrownBy(() -> OtlpJson.read(text.getBytes(UTF_8)))
        .isInstanceOf(SpanWire.Unreadable.class)
        .hasMessageStartingWith("body that is no JSON at line 1");
  }
}
