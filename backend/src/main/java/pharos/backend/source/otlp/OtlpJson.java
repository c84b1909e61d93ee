package pharos.backend.source.otlp;

import com.fasterxml.jackson.databind.JsonNode;
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
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import pharos.backend.source.otlp.SpanWire.Unreadable;

/**
 * Reads OTLP's JSON encoding (OTLP specification, "JSON Protobuf Encoding"): names in lower camel
 * case, unknown ones ignored; ids of traces and spans in hexadecimal, other bytes in Base64; 64-bit
 * numbers as decimal strings or numbers; enumerations as integers, and, as many senders write them,
 * as names.
 */
final class OtlpJson {
  private static final JsonDoor DOOR = new JsonDoor(64);

  private OtlpJson() {}

  /**
   * One export request.
   *
   * @throws Unreadable when it is none
   */
  static ExportTraceServiceRequest read(byte[] text) throws Unreadable {
    JsonNode root = DOOR.read(text);
    if (!root.isObject()) {
      throw new Unreadable("body that is no ExportTraceServiceRequest");
    }
    var request = ExportTraceServiceRequest.newBuilder();
    for (JsonNode resourceSpans : list(root, "resourceSpans")) {
      request.addResourceSpans(resourceSpans(resourceSpans));
    }
    return request.build();
  }

  private static ResourceSpans resourceSpans(JsonNode node) throws Unreadable {
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

  private static Span span(JsonNode node) throws Unreadable {
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

  private static int kind(JsonNode node) throws Unreadable {
    JsonNode kind = node.path("kind");
    if (!kind.isTextual()) {
      return count(node, "kind");
    }
    try {
      return Span.SpanKind.valueOf(kind.textValue()).getNumber();
    } catch (IllegalArgumentException unknown) {
      throw new Unreadable("kind (expected: the number or the name of a SpanKind)");
    }
  }

  private static int statusCode(JsonNode status) throws Unreadable {
    JsonNode code = status.path("code");
    if (!code.isTextual()) {
      return count(status, "code");
    }
    try {
      return Status.StatusCode.valueOf(code.textValue()).getNumber();
    } catch (IllegalArgumentException unknown) {
      throw new Unreadable("status.code (expected: the number or the name of a StatusCode)");
    }
  }

  private static List<KeyValue> attributes(JsonNode node) throws Unreadable {
    return keyValues(list(node, "attributes"));
  }

  private static List<KeyValue> keyValues(Iterable<JsonNode> nodes) throws Unreadable {
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
  private static AnyValue value(JsonNode node) throws Unreadable {
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
        throw new Unreadable("bytesValue (expected: Base64)");
      }
    }
    return value.build();
  }

  private static JsonNode list(JsonNode node, String field) throws Unreadable {
    JsonNode found = node.path(field);
    if (!found.isArray() && !found.isMissingNode() && !found.isNull()) {
      throw new Unreadable(field + " (expected: a list)");
    }
    return found;
  }

  private static String text(JsonNode node, String field) throws Unreadable {
    JsonNode found = node.path(field);
    if (found.isMissingNode() || found.isNull()) {
      return "";
    }
    if (!found.isTextual()) {
      throw new Unreadable(field + " (expected: a string)");
    }
    return found.textValue();
  }

  private static ByteString hex(JsonNode node, String field) throws Unreadable {
    try {
      return ByteString.copyFrom(HexFormat.of().parseHex(text(node, field)));
    } catch (IllegalArgumentException e) {
      throw new Unreadable(field + " (expected: hexadecimal digits)");
    }
  }

  /** A 64-bit number; those without a sign wrap, as protobuf's do. */
  private static long number(JsonNode node, String field) throws Unreadable {
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
      throw new Unreadable(field + " (expected: a whole number of 64 bits, or one in quotes)");
    }
  }

  private static double real(JsonNode node) throws Unreadable {
    JsonNode found = node.path("doubleValue");
    try {
      // NaN and infinities come as text.
      return found.isNumber() ? found.doubleValue() : Double.parseDouble(found.asText());
    } catch (NumberFormatException e) {
      throw new Unreadable("doubleValue (expected: a number)");
    }
  }

  private static boolean truth(JsonNode found) throws Unreadable {
    if (!found.isBoolean()) {
      throw new Unreadable("boolValue (expected: true or false)");
    }
    return found.booleanValue();
  }

  private static int count(JsonNode node, String field) throws Unreadable {
    return (int) number(node, field);
  }
}
