package pharos.backend.http;

import com.fasterxml.jackson.core.JsonGenerator;
import com.google.protobuf.ByteString;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/**
 * A trace as OTLP/JSON, exactly as it was received: ids in hexadecimal, enumerations as numbers,
 * 64-bit numbers as strings, what is empty left out.
 */
final class OtlpTraceJson {
  private OtlpTraceJson() {}

  static byte[] of(List<ResourceSpans> resources) {
    return Json.bytes(out -> {
      out.writeStartObject();
      out.writeArrayFieldStart("resourceSpans");
      for (ResourceSpans resource : resources) {
        resource(out, resource);
      }
      out.writeEndArray();
      out.writeEndObject();
    });
  }

  private static void resource(JsonGenerator out, ResourceSpans resource) throws IOException {
    out.writeStartObject();
    out.writeObjectFieldStart("resource");
    attributes(out, resource.getResource().getAttributesList());
    count(out, "droppedAttributesCount", resource.getResource().getDroppedAttributesCount());
    out.writeEndObject();
    out.writeArrayFieldStart("scopeSpans");
    for (ScopeSpans scope : resource.getScopeSpansList()) {
      out.writeStartObject();
      scope(out, scope.getScope());
      out.writeArrayFieldStart("spans");
      for (Span span : scope.getSpansList()) {
        span(out, span);
      }
      out.writeEndArray();
      text(out, "schemaUrl", scope.getSchemaUrl());
      out.writeEndObject();
    }
    out.writeEndArray();
    text(out, "schemaUrl", resource.getSchemaUrl());
    out.writeEndObject();
  }

  private static void scope(JsonGenerator out, InstrumentationScope scope) throws IOException {
    out.writeObjectFieldStart("scope");
    text(out, "name", scope.getName());
    text(out, "version", scope.getVersion());
    attributes(out, scope.getAttributesList());
    count(out, "droppedAttributesCount", scope.getDroppedAttributesCount());
    out.writeEndObject();
  }

  private static void span(JsonGenerator out, Span span) throws IOException {
    out.writeStartObject();
    hex(out, "traceId", span.getTraceId());
    hex(out, "spanId", span.getSpanId());
    hex(out, "parentSpanId", span.getParentSpanId());
    text(out, "traceState", span.getTraceState());
    count(out, "flags", span.getFlags());
    text(out, "name", span.getName());
    count(out, "kind", span.getKindValue());
    time(out, "startTimeUnixNano", span.getStartTimeUnixNano());
    time(out, "endTimeUnixNano", span.getEndTimeUnixNano());
    attributes(out, span.getAttributesList());
    count(out, "droppedAttributesCount", span.getDroppedAttributesCount());
    if (span.getEventsCount() > 0) {
      out.writeArrayFieldStart("events");
      for (Span.Event event : span.getEventsList()) {
        out.writeStartObject();
        time(out, "timeUnixNano", event.getTimeUnixNano());
        text(out, "name", event.getName());
        attributes(out, event.getAttributesList());
        count(out, "droppedAttributesCount", event.getDroppedAttributesCount());
        out.writeEndObject();
      }
      out.writeEndArray();
    }
    count(out, "droppedEventsCount", span.getDroppedEventsCount());
    if (span.getLinksCount() > 0) {
      out.writeArrayFieldStart("links");
      for (Span.Link link : span.getLinksList()) {
        out.writeStartObject();
        hex(out, "traceId", link.getTraceId());
        hex(out, "spanId", link.getSpanId());
        text(out, "traceState", link.getTraceState());
        count(out, "flags", link.getFlags());
        attributes(out, link.getAttributesList());
        count(out, "droppedAttributesCount", link.getDroppedAttributesCount());
        out.writeEndObject();
      }
      out.writeEndArray();
    }
    count(out, "droppedLinksCount", span.getDroppedLinksCount());
    if (span.hasStatus()) {
      out.writeObjectFieldStart("status");
      text(out, "message", span.getStatus().getMessage());
      count(out, "code", span.getStatus().getCodeValue());
      out.writeEndObject();
    }
    out.writeEndObject();
  }

  private static void attributes(JsonGenerator out, List<KeyValue> attributes) throws IOException {
    if (!attributes.isEmpty()) {
      keyValues(out, "attributes", attributes);
    }
  }

  private static void keyValues(JsonGenerator out, String field, List<KeyValue> attributes)
      throws IOException {
    out.writeArrayFieldStart(field);
    for (KeyValue attribute : attributes) {
      out.writeStartObject();
      out.writeStringField("key", attribute.getKey());
      out.writeFieldName("value");
      value(out, attribute.getValue());
      out.writeEndObject();
    }
    out.writeEndArray();
  }

  /** Intake has bounded the depth. */
  private static void value(JsonGenerator out, AnyValue value) throws IOException {
    out.writeStartObject();
    switch (value.getValueCase()) {
      case STRING_VALUE -> out.writeStringField("stringValue", value.getStringValue());
      case BOOL_VALUE -> out.writeBooleanField("boolValue", value.getBoolValue());
      case INT_VALUE -> out.writeStringField("intValue", Long.toString(value.getIntValue()));
      case DOUBLE_VALUE -> real(out, value.getDoubleValue());
      case BYTES_VALUE ->
          out.writeStringField(
              "bytesValue",
              Base64.getEncoder().encodeToString(value.getBytesValue().toByteArray()));
      case ARRAY_VALUE -> {
        out.writeObjectFieldStart("arrayValue");
        out.writeArrayFieldStart("values");
        for (AnyValue item : value.getArrayValue().getValuesList()) {
          value(out, item);
        }
        out.writeEndArray();
        out.writeEndObject();
      }
      case KVLIST_VALUE -> {
        out.writeObjectFieldStart("kvlistValue");
        keyValues(out, "values", value.getKvlistValue().getValuesList());
        out.writeEndObject();
      }
      default -> {} // unset, or an index into a table that traces do not have
    }
    out.writeEndObject();
  }

  /** JSON has no NaN and no infinities; protobuf writes them as text. */
  private static void real(JsonGenerator out, double value) throws IOException {
    if (Double.isFinite(value)) {
      out.writeNumberField("doubleValue", value);
    } else {
      out.writeStringField("doubleValue", Double.toString(value));
    }
  }

  private static void text(JsonGenerator out, String field, String text) throws IOException {
    if (!text.isEmpty()) {
      out.writeStringField(field, text);
    }
  }

  private static void count(JsonGenerator out, String field, int count) throws IOException {
    if (count != 0) {
      out.writeNumberField(field, Integer.toUnsignedLong(count));
    }
  }

  private static void time(JsonGenerator out, String field, long nanos) throws IOException {
    if (nanos != 0) {
      out.writeStringField(field, Long.toUnsignedString(nanos));
    }
  }

  private static void hex(JsonGenerator out, String field, ByteString bytes) throws IOException {
    if (!bytes.isEmpty()) {
      out.writeStringField(field, HexFormat.of().formatHex(bytes.toByteArray()));
    }
  }
}
