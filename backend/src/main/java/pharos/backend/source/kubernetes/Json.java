package pharos.backend.source.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads strings from JSON that may be anything. */
final class Json {
  private Json() {}

  /** The scalar fields of an object; empty if it is none. */
  static Map<String, String> strings(JsonNode object) {
    if (object.isEmpty()) {
      return Map.of();
    }
    Map<String, String> strings = new HashMap<>();
    for (Map.Entry<String, JsonNode> field : object.properties()) {
      // Label keys and values repeat over thousands of pods.
      strings.put(field.getKey().intern(), field.getValue().asText().intern());
    }
    return Map.copyOf(strings);
  }

  /** The elements of an array of scalars; empty if it is none. */
  static List<String> list(JsonNode array) {
    List<String> list = new ArrayList<>();
    for (JsonNode element : array) {
      list.add(element.asText());
    }
    return list;
  }
}
