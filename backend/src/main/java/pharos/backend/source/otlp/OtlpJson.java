package pharos.backend.source.otlp;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/**
 * Reads OTLP's JSON encoding (OTLP specification, "JSON Protobuf Encoding"): names in lower camel
 * case, unknown ones ignored; ids of traces and spans in hexadecimal, other bytes in Base64; 64-bit
 * numbers as decimal strings or numbers; enumerations as integers, and, as many senders write them,
 * as names.
 */
final class OtlpJson {
  private static final int MAX_NESTING = 64;
  private static final int MAX_TEXT = 1 << 20;

  private static final ObjectMapper JSON =
      new ObjectMapper(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(MAX_NESTING)
                          .maxStringLength(MAX_TEXT)
                          .maxNumberLength(40)
                          .build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private OtlpJson() {}

  /** Text that is no export request; the message names the field, never its content. */
  static final class Malformed extends Exception {
    private static final long serialVersionUID = 1L;

    Malformed(String words) {
      super(words, null, false, false);
    }
  }

  /**
   * One export request.
   *
   * @throws Malformed when it is none
   */
  static ExportTraceServiceRequest read(byte[] text) throws Malformed {
    JsonNode root;
    try {
      root = JSON.readTree(text);
    } catch (JsonProcessingException e) {
      var place = e.getLocation();
      throw new Malformed(
          "body that is no JSON at line %d, column %d"
              .formatted(
                  place == null ? 1 : place.getLineNr(), place == null ? 1 : place.getColumnNr()));
    } catch (IOException e) {
      throw new Malformed("body that ends early");
    }
    if (!root.isObject()) {
      throw new Malformed("body that is no ExportTraceServiceRequest");
    }
    var request = ExportTraceServiceRequest.newBuilder();
    for (JsonNode resourceSpans : list(root, "resourceSpans")) {
      request.addResourceSpans(resourceSpans(resourceSpans));
    }
    return request.build();
  }

  private static ResourceSpans resourceSpans(JsonNode node) throws Malformed {
    JsonNode resource = node.path("resource");
    var spans =
        ResourceSpans.newBuilder()
            .setResource(
                Resource.newBuilder()
                    .addAllAttributes(attributes(resource))
                    .setDroppedAttributesCount(count(resource, "droppedAttributesCount")))
            .setSchemaUrl(text(node, "schemaUrl"));
    for (JsonNode scopeNode : list(node, "scopeSpans")) {
      JsonNode scope = scopeNode.path("scope");
      var scopeSpans =
          ScopeSpans.newBuilder()
              .setScope(
                  InstrumentationScope.newBuilder()
                      .setName(text(scope, "name"))
                      .setVersion(text(scope, "version"))
                      .addAllAttributes(attributes(scope))
                      .setDroppedAttributesCount(count(scope, "droppedAttributesCount")))
              .setSchemaUrl(text(scopeNode, "schemaUrl"));
      for (JsonNode span : list(scopeNode, "spans")) {
        scopeSpans.addSpans(span(span));
      }
      spans.addScopeSpans(scopeSpans);
    }
    return spans.build();
  }

  private static Span span(JsonNode node) throws Malformed {
    JsonNode status = node.path("status");
    var span =
        Span.newBuilder()
            .setTraceId(hex(node, "traceId"))
            .setSpanId(hex(node, "spanId"))
            .setParentSpanId(hex(node, "parentSpanId"))
            .setTraceState(text(node, "traceState"))
            .setFlags(count(node, "flags"))
            .setName(text(node, "name"))
            .setKindValue(kind(node))
            .setStartTimeUnixNano(number(node, "startTimeUnixNano"))
            .setEndTimeUnixNano(number(node, "endTimeUnixNano"))
            .addAllAttributes(attributes(node))
            .setDroppedAttributesCount(count(node, "droppedAttributesCount"))
            .setDroppedEventsCount(count(node, "droppedEventsCount"))
            .setDroppedLinksCount(count(node, "droppedLinksCount"))
            .setStatus(
                Status.newBuilder()
                    .setMessage(text(status, "message"))
                    .setCodeValue(statusCode(status)));
    for (JsonNode event : list(node, "events")) {
      span.addEvents(
          Span.Event.newBuilder()
              .setTimeUnixNano(number(event, "timeUnixNano"))
              .setName(text(event, "name"))
              .addAllAttributes(attributes(event))
              .setDroppedAttributesCount(count(event, "droppedAttributesCount")));
    }
    for (JsonNode link : list(node, "links")) {
      span.addLinks(
          Span.Link.newBuilder()
              .setTraceId(hex(link, "traceId"))
              .setSpanId(hex(link, "spanId"))
              .setTraceState(text(link, "traceState"))
              .setFlags(count(link, "flags"))
              .addAllAttributes(attributes(link))
              .setDroppedAttributesCount(count(link, "droppedAttributesCount")));
    }
    return span.build();
  }

  private static int kind(JsonNode node) throws Malformed {
    JsonNode kind = node.path("kind");
    if (!kind.isTextual()) {
      return count(node, "kind");
    }
    try {
      return Span.SpanKind.valueOf(kind.textValue()).getNumber();
    } catch (IllegalArgumentException unknown) {
      throw new Malformed("kind (expected: the number or the name of a SpanKind)");
    }
  }

  private static int statusCode(JsonNode status) throws Malformed {
    JsonNode code = status.path("code");
    if (!code.isTextual()) {
      return count(status, "code");
    }
    try {
      return Status.StatusCode.valueOf(code.textValue()).getNumber();
    } catch (IllegalArgumentException unknown) {
      throw new Malformed("status.code (expected: the number or the name of a StatusCode)");
    }
  }

  private static List<KeyValue> attributes(JsonNode node) throws Malformed {
    return keyValues(list(node, "attributes"));
  }

  private static List<KeyValue> keyValues(Iterable<JsonNode> nodes) throws Malformed {
    var found = new ArrayList<KeyValue>();
    for (JsonNode attribute : nodes) {
      found.add(
          KeyValue.newBuilder()
              .setKey(text(attribute, "key"))
              .setValue(value(attribute.path("value")))
              .build());
    }
    return found;
  }

  /** The depth of the text bounds the recursion. */
  private static AnyValue value(JsonNode node) throws Malformed {
    var value = AnyValue.newBuilder();
    if (node.has("stringValue")) {
      value.setStringValue(text(node, "stringValue"));
    } else if (node.has("boolValue")) {
      value.setBoolValue(truth(node.get("boolValue")));
    } else if (node.has("intValue")) {
      value.setIntValue(number(node, "intValue"));
    } else if (node.has("doubleValue")) {
      value.setDoubleValue(real(node));
    } else if (node.has("arrayValue")) {
      var values = ArrayValue.newBuilder();
      for (JsonNode item : list(node.get("arrayValue"), "values")) {
        values.addValues(value(item));
      }
      value.setArrayValue(values);
    } else if (node.has("kvlistValue")) {
      value.setKvlistValue(
          KeyValueList.newBuilder()
              .addAllValues(keyValues(list(node.get("kvlistValue"), "values"))));
    } else if (node.has("bytesValue")) {
      try {
        byte[] bytes = Base64.getDecoder().decode(text(node, "bytesValue"));
        value.setBytesValue(ByteString.copyFrom(bytes));
      } catch (IllegalArgumentException e) {
        throw new Malformed("bytesValue (expected: Base64)");
      }
    }
    return value.build();
  }

  private static JsonNode list(JsonNode node, String field) throws Malformed {
    JsonNode found = node.path(field);
    if (!found.isArray() && !found.isMissingNode() && !found.isNull()) {
      throw new Malformed(field + " (expected: a list)");
    }
    return found;
  }

  private static String text(JsonNode node, String field) throws Malformed {
    JsonNode found = node.path(field);
    if (found.isMissingNode() || found.isNull()) {
      return "";
    }
    if (!found.isTextual()) {
      throw new Malformed(field + " (expected: a string)");
    }
    return found.textValue();
  }

  private static ByteString hex(JsonNode node, String field) throws Malformed {
    try {
      return ByteString.copyFrom(HexFormat.of().parseHex(text(node, field)));
    } catch (IllegalArgumentException e) {
      throw new Malformed(field + " (expected: hexadecimal digits)");
    }
  }

  /** A 64-bit number; those without a sign wrap, as protobuf's do. */
  private static long number(JsonNode node, String field) throws Malformed {
    JsonNode found = node.path(field);
    if (found.isMissingNode() || found.isNull()) {
      return 0;
    }
    if (found.canConvertToLong() && found.isIntegralNumber()) {
      return found.longValue();
    }
    try {
      String digits = found.isTextual() ? found.textValue() : "";
      return digits.startsWith("-") ? Long.parseLong(digits) : Long.parseUnsignedLong(digits);
    } catch (NumberFormatException e) {
      throw new Malformed(field + " (expected: a whole number of 64 bits, or one in quotes)");
    }
  }

  private static double real(JsonNode node) throws Malformed {
    JsonNode found = node.path("doubleValue");
    try {
      // NaN and infinities come as text.
      return found.isNumber() ? found.doubleValue() : Double.parseDouble(found.asText());
    } catch (NumberFormatException e) {
      throw new Malformed("doubleValue (expected: a number)");
    }
  }

  private static boolean truth(JsonNode found) throws Malformed {
    if (!found.isBoolean()) {
      throw new Malformed("boolValue (expected: true or false)");
    }
    return found.booleanValue();
  }

  private static int count(JsonNode node, String field) throws Malformed {
    return (int) number(node, field);
  }
}
