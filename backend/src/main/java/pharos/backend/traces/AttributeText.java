package pharos.backend.traces;

import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/** Values of attributes as people write them: what is searched for and what is shown. */
public final class AttributeText {
  /** Intake bounds the depth of what it reads; this bounds what is shown of it. */
  private static final int MAX_DEPTH = 16;

  private AttributeText() {}

  /** Key → text; the last of several equal keys wins. */
  public static Map<String, String> of(List<KeyValue> attributes) {
    Map<String, String> texts = LinkedHashMap.newLinkedHashMap(attributes.size());
    for (KeyValue attribute : attributes) {
      texts.put(attribute.getKey(), of(attribute.getValue()));
    }
    return texts;
  }

  /** Lists and maps as JSON-like text, bytes as Base64. */
  public static String of(AnyValue value) {
    return of(value, 0);
  }

  private static String of(AnyValue value, int depth) {
    if (depth > MAX_DEPTH) {
      return "…";
    }
    return switch (value.getValueCase()) {
      case STRING_VALUE -> value.getStringValue();
      case BOOL_VALUE -> Boolean.toString(value.getBoolValue());
      case INT_VALUE -> Long.toString(value.getIntValue());
      case DOUBLE_VALUE -> Double.toString(value.getDoubleValue());
      case BYTES_VALUE -> Base64.getEncoder().encodeToString(value.getBytesValue().toByteArray());
      case ARRAY_VALUE -> {
        var items = new StringJoiner(", ", "[", "]");
        for (AnyValue item : value.getArrayValue().getValuesList()) {
          items.add(of(item, depth + 1));
        }
        yield items.toString();
      }
      case KVLIST_VALUE -> {
        var items = new StringJoiner(", ", "{", "}");
        for (KeyValue item : value.getKvlistValue().getValuesList()) {
          items.add(item.getKey() + ": " + of(item.getValue(), depth + 1));
        }
        yield items.toString();
      }
      default -> ""; // unset, or an index into a table that traces do not have
    };
  }

  /** The type's name as OTLP/JSON users know it. */
  public static String type(AnyValue value) {
    return switch (value.getValueCase()) {
      case BOOL_VALUE -> "bool";
      case INT_VALUE -> "int";
      case DOUBLE_VALUE -> "double";
      case BYTES_VALUE -> "bytes";
      case ARRAY_VALUE -> "array";
      case KVLIST_VALUE -> "map";
      default -> "string";
    };
  }
}
