package pharos.backend.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Writing JSON by hand: no reflection, numbers that JSON can carry, null for what is unknown. */
final class Json {
  private static final JsonFactory FACTORY = new JsonFactory();
  private static final double PRECISION = 1e6;
  private static final double SMALL = 1e-3;

  private Json() {}

  /** Something that writes itself. */
  interface Writing {
    void to(JsonGenerator out) throws IOException;
  }

  static byte[] bytes(Writing writing) {
    var bytes = new ByteArrayOutputStream(4 << 10);
    try (JsonGenerator out = FACTORY.createGenerator(bytes)) {
      writing.to(out);
    } catch (IOException e) {
      throw new UncheckedIOException("writing JSON into memory", e);
    }
    return bytes.toByteArray();
  }

  /** Null, NaN and infinities are null: no number is better than a wrong one. */
  static void number(JsonGenerator out, String field, @Nullable Double value) throws IOException {
    out.writeFieldName(field);
    number(out, value);
  }

  static void number(JsonGenerator out, @Nullable Double value) throws IOException {
    if (value == null || !Double.isFinite(value)) {
      out.writeNull();
      return;
    }
    double exact = value;
    double size = Math.abs(exact);
    // Six decimals are enough for a rate; a trickle keeps its digits, so that it never becomes 0.
    double shown = size >= SMALL && size < 1e9 ? Math.round(exact * PRECISION) / PRECISION : exact;
    if (shown == Math.rint(shown) && size < 1e15) {
      out.writeNumber((long) shown);
    } else {
      out.writeNumber(shown);
    }
  }

  /** Leaves out what is 0. */
  static void rate(JsonGenerator out, String field, double value) throws IOException {
    if (value != 0 && Double.isFinite(value)) {
      number(out, field, value);
    }
  }

  static void time(JsonGenerator out, String field, @Nullable Instant at) throws IOException {
    text(out, field, at == null ? null : at.toString());
  }

  static void text(JsonGenerator out, String field, @Nullable String text) throws IOException {
    if (text == null) {
      out.writeNullField(field);
    } else {
      out.writeStringField(field, text);
    }
  }

  static void texts(JsonGenerator out, String field, Collection<String> texts) throws IOException {
    out.writeArrayFieldStart(field);
    for (String text : texts) {
      out.writeString(text);
    }
    out.writeEndArray();
  }

  /** In the order of the keys, so that equal content has equal bytes. */
  static void texts(JsonGenerator out, String field, Map<String, String> texts) throws IOException {
    out.writeObjectFieldStart(field);
    for (Map.Entry<String, String> entry : new TreeMap<>(texts).entrySet()) {
      out.writeStringField(entry.getKey(), entry.getValue());
    }
    out.writeEndObject();
  }
}
