package pharos.backend.traces;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Spans as lines: {@code trace id parent kind service name start end key=value…}, times in
 * milliseconds after a moment. Each line is sent under a resource of its own.
 */
public final class SpanRows {
  private SpanRows() {}

  public static List<ResourceSpans> of(Instant zero, String lines) {
    List<ResourceSpans> spans = new ArrayList<>();
    lines.lines().filter(line -> !line.isBlank()).forEach(line -> spans.add(one(zero, line)));
    return spans;
  }

  private static ResourceSpans one(Instant zero, String line) {
    String[] words = line.strip().split("\\s+", -1);
    long nanos = zero.getEpochSecond() * 1_000_000_000L + zero.getNano();
    var span =
        Span.newBuilder()
            .setTraceId(bytes(0, Long.parseLong(words[0])))
            .setSpanId(bytes(Long.parseLong(words[1])))
            .setKind(Span.SpanKind.valueOf("SPAN_KIND_" + words[3].toUpperCase(Locale.ROOT)))
            .setName(words[5])
            .setStartTimeUnixNano(nanos + Long.parseLong(words[6]) * 1_000_000)
            .setEndTimeUnixNano(nanos + Long.parseLong(words[7]) * 1_000_000);
    if (!words[2].equals("-")) {
      span.setParentSpanId(bytes(Long.parseLong(words[2])));
    }
    for (int i = 8; i < words.length; i++) {
      int equals = words[i].indexOf('=');
      span.addAttributes(attribute(words[i].substring(0, equals), words[i].substring(equals + 1)));
    }
    return ResourceSpans.newBuilder()
        .setResource(Resource.newBuilder().addAttributes(attribute("service.name", words[4])))
        .addScopeSpans(ScopeSpans.newBuilder().addSpans(span))
        .build();
  }

  private static KeyValue attribute(String key, String value) {
    return KeyValue.newBuilder()
        .setKey(key)
        .setValue(AnyValue.newBuilder().setStringValue(value))
        .build();
  }

  private static ByteString bytes(long... parts) {
    ByteBuffer buffer = ByteBuffer.allocate(parts.length * Long.BYTES);
    for (long part : parts) {
      buffer.putLong(part);
    }
    return ByteString.copyFrom(buffer.flip());
  }
}
