package pharos.backend.http;

import com.fasterxml.jackson.core.JsonGenerator;
import com.google.protobuf.ByteString;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import pharos.backend.traces.AttributeText;
import pharos.backend.traces.StoredSpan;

/** One span with everything that was sent of it. */
final class SpanJson {
  private static final HexFormat HEX = HexFormat.of();

  private SpanJson() {}

  static byte[] of(StoredSpan stored) {
    Span span = stored.otlp();
    return Json.bytes(out -> {
      out.writeStartObject();
      out.writeStringField("id", hex(span.getSpanId()));
      out.writeStringField("parent", hex(span.getParentSpanId()));
      out.writeStringField("name", span.getName());
      out.writeStringField("traceState", span.getTraceState());
      out.writeStringField("startNanos", Long.toUnsignedString(span.getStartTimeUnixNano()));
      out.writeStringField("endNanos", Long.toUnsignedString(span.getEndTimeUnixNano()));
      out.writeObjectFieldStart("status");
      out.writeStringField("code", status(span));
      out.writeStringField("message", span.getStatus().getMessage());
      out.writeEndObject();
      out.writeBooleanField("error", stored.error());
      out.writeObjectFieldStart("scope");
      out.writeStringField("name", stored.scope().getName());
      out.writeStringField("version", stored.scope().getVersion());
      out.writeEndObject();
      attributes(out, "attributes", span.getAttributesList());
      attributes(out, "resource", stored.resource().getAttributesList());
      events(out, span);
      links(out, span);
      out.writeNumberField("droppedAttributes", span.getDroppedAttributesCount());
      out.writeNumberField("droppedEvents", span.getDroppedEventsCount());
      out.writeNumberField("droppedLinks", span.getDroppedLinksCount());
      out.writeEndObject();
    });
  }

  private static String status(Span span) {
    return switch (span.getStatus().getCode()) {
      case STATUS_CODE_OK -> "ok";
      case STATUS_CODE_ERROR -> "error";
      default -> "unset";
    };
  }

  private static void attributes(JsonGenerator out, String field, List<KeyValue> attributes)
      throws IOException {
    out.writeArrayFieldStart(field);
    for (KeyValue attribute : attributes) {
      out.writeStartObject();
      out.writeStringField("key", attribute.getKey());
      out.writeStringField("type", AttributeText.type(attribute.getValue()));
      out.writeStringField("value", AttributeText.of(attribute.getValue()));
      out.writeEndObject();
    }
    out.writeEndArray();
  }

  private static void events(JsonGenerator out, Span span) throws IOException {
    out.writeArrayFieldStart("events");
    for (Span.Event event : span.getEventsList()) {
      out.writeStartObject();
      out.writeStringField("name", event.getName());
      out.writeNumberField("afterNanos", event.getTimeUnixNano() - span.getStartTimeUnixNano());
      attributes(out, "attributes", event.getAttributesList());
      out.writeEndObject();
    }
    out.writeEndArray();
  }

  private static void links(JsonGenerator out, Span span) throws IOException {
    out.writeArrayFieldStart("links");
    for (Span.Link link : span.getLinksList()) {
      out.writeStartObject();
      out.writeStringField("trace", hex(link.getTraceId()));
      out.writeStringField("span", hex(link.getSpanId()));
      attributes(out, "attributes", link.getAttributesList());
      out.writeEndObject();
    }
    out.writeEndArray();
  }

  private static String hex(ByteString bytes) {
    return HEX.formatHex(bytes.toByteArray());
  }
}
