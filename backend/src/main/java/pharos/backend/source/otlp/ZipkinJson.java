package pharos.backend.source.otlp;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ByteString;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import pharos.backend.source.otlp.SpanWire.Unreadable;

/**
 * Reads Zipkin's v2 JSON as OTLP: the local endpoint becomes the resource, tags become attributes,
 * annotations events. A server keeps the id that it shares with its client: the two are told apart
 * when the trace is put together.
 */
final class ZipkinJson {
  private static final JsonDoor DOOR = new JsonDoor(16);

  private ZipkinJson() {}

  /** The spans, those of one endpoint under one resource. */
  static List<ResourceSpans> read(byte[] text) throws Unreadable {
    JsonNode root = DOOR.read(text);
    if (!root.isArray()) {
      throw new Unreadable("body that is no list of spans");
    }
    Map<Resource, ScopeSpans.Builder> byResource = new LinkedHashMap<>();
    int index = 0;
    for (JsonNode node : root) {
      if (!node.isObject()) {
        throw new Unreadable("[%d] that is no span".formatted(index));
      }
      byResource
          .computeIfAbsent(resource(node), _ -> ScopeSpans.newBuilder())
          .addSpans(span(node, "[%d].".formatted(index)));
      index++;
    }
    List<ResourceSpans> spans = new ArrayList<>(byResource.size());
    byResource.forEach((resource, scope) ->
        spans.add(ResourceSpans.newBuilder().setResource(resource).addScopeSpans(scope).build()));
    return spans;
  }

  private static Resource resource(JsonNode node) {
    JsonNode endpoint = node.path("localEndpoint");
    var resource = Resource.newBuilder();
    attribute("service.name", endpoint.path("serviceName"), resource::addAttributes);
    attribute("host.ip", endpoint.path("ipv4"), resource::addAttributes);
    if (!endpoint.path("ipv4").isTextual()) {
      attribute("host.ip", endpoint.path("ipv6"), resource::addAttributes);
    }
    return resource.build();
  }

  private static Span span(JsonNode node, String place) throws Unreadable {
    long start = micros(node, "timestamp", place);
    long duration = micros(node, "duration", place);
    var span =
        Span.newBuilder()
            .setTraceId(traceId(node, place))
            .setSpanId(id(node, "id", place))
            .setName(node.path("name").asText(""))
            .setKind(kind(node, place))
            .setStartTimeUnixNano(start * 1_000)
            .setEndTimeUnixNano((start + duration) * 1_000);
    if (node.path("parentId").isTextual()) {
      span.setParentSpanId(id(node, "parentId", place));
    }
    tags(node, span);
    JsonNode remote = node.path("remoteEndpoint");
    attribute("peer.service", remote.path("serviceName"), span::addAttributes);
    attribute("network.peer.address", remote.path("ipv4"), span::addAttributes);
    for (JsonNode annotation : node.path("annotations")) {
      span.addEvents(
          Span.Event.newBuilder()
              .setTimeUnixNano(annotation.path("timestamp").asLong(0) * 1_000)
              .setName(annotation.path("value").asText("")));
    }
    return span.build();
  }

  private static void tags(JsonNode node, Span.Builder span) {
    for (Map.Entry<String, JsonNode> tag : node.path("tags").properties()) {
      attribute(tag.getKey(), tag.getValue(), span::addAttributes);
      if (tag.getKey().equals("error")) { // with any value
        span.setStatus(
            Status.newBuilder()
                .setCode(Status.StatusCode.STATUS_CODE_ERROR)
                .setMessage(tag.getValue().asText("")));
      }
    }
  }

  private interface Adding {
    Object add(KeyValue attribute);
  }

  private static void attribute(String key, JsonNode value, Adding to) {
    if (value.isValueNode() && !value.isNull()) {
      to.add(
          KeyValue.newBuilder()
              .setKey(key)
              .setValue(AnyValue.newBuilder().setStringValue(value.asText()))
              .build());
    }
  }

  private static Span.SpanKind kind(JsonNode node, String place) throws Unreadable {
    return switch (node.path("kind").asText("")) {
      case "CLIENT" -> Span.SpanKind.SPAN_KIND_CLIENT;
      case "SERVER" -> Span.SpanKind.SPAN_KIND_SERVER;
      case "PRODUCER" -> Span.SpanKind.SPAN_KIND_PRODUCER;
      case "CONSUMER" -> Span.SpanKind.SPAN_KIND_CONSUMER;
      case "" -> Span.SpanKind.SPAN_KIND_UNSPECIFIED;
      default ->
          throw new Unreadable(place + "kind (expected: CLIENT, SERVER, PRODUCER or CONSUMER)");
    };
  }

  private static long micros(JsonNode node, String field, String place) throws Unreadable {
    JsonNode number = node.path(field);
    if (number.isMissingNode() || number.isNull()) {
      return 0;
    }
    long value = number.isIntegralNumber() && number.canConvertToLong() ? number.longValue() : -1;
    if (value < 0 || value > Long.MAX_VALUE / 4_000) {
      throw new Unreadable(place + field + " (expected: microseconds)");
    }
    return value;
  }

  /** 64 or 128 bits. */
  private static ByteString traceId(JsonNode node, String place) throws Unreadable {
    String text = node.path("traceId").asText("");
    if (text.isEmpty() || text.length() > 32) {
      throw new Unreadable(place + "traceId (expected: 16 or 32 hexadecimal digits)");
    }
    return hex("0".repeat(32 - text.length()) + text, place + "traceId");
  }

  private static ByteString id(JsonNode node, String field, String place) throws Unreadable {
    String text = node.path(field).asText("");
    if (text.isEmpty() || text.length() > 16) {
      throw new Unreadable(place + field + " (expected: 16 hexadecimal digits)");
    }
    return hex("0".repeat(16 - text.length()) + text, place + field);
  }

  private static ByteString hex(String digits, String place) throws Unreadable {
    try {
      return ByteString.copyFrom(HexFormat.of().parseHex(digits));
    } catch (IllegalArgumentException e) {
      throw new Unreadable(place + " (expected: hexadecimal digits)");
    }
  }
}
