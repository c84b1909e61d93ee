package pharos.backend.demo.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** RFC 6902 (JSON patch) and RFC 7386 (merge patch). */
final class JsonPatches {
  private JsonPatches() {}

  /** A merge patch: null removes, objects merge, everything else replaces. */
  static JsonNode merge(JsonNode target, JsonNode patch) {
    if (!(patch instanceof ObjectNode fields)) {
      return patch.deepCopy();
    }
    ObjectNode result =
        target instanceof ObjectNode object
            ? object.deepCopy()
            : JsonNodeFactory.instance.objectNode();
    for (Map.Entry<String, JsonNode> field : fields.properties()) {
      if (field.getValue().isNull()) {
        result.remove(field.getKey());
      } else {
        result.set(field.getKey(), merge(result.path(field.getKey()), field.getValue()));
      }
    }
    return result;
  }

  /**
   * All operations or none.
   *
   * @throws Failed if an operation cannot be done, a failed {@code test} included
   */
  static ObjectNode apply(ObjectNode target, JsonNode operations) throws Failed {
    if (!operations.isArray()) {
      throw new Failed("a JSON patch is an array of operations");
    }
    JsonNode document = target.deepCopy();
    for (JsonNode operation : operations) {
      document = one(document, operation);
    }
    if (!(document instanceof ObjectNode result)) {
      throw new Failed("the patched document is no object");
    }
    return result;
  }

  private static JsonNode one(JsonNode document, JsonNode operation) throws Failed {
    String op = operation.path("op").asText();
    String path = operation.path("path").asText();
    return switch (op) {
      case "add" -> add(document, path, value(operation));
      case "remove" -> remove(document, path);
      case "replace" -> {
        JsonNode value = value(operation);
        if (path.isEmpty()) {
          yield value;
        }
        read(document, path);
        yield add(remove(document, path), path, value);
      }
      case "move" -> {
        String from = operation.path("from").asText();
        JsonNode moved = read(document, from);
        yield add(remove(document, from), path, moved);
      }
      case "copy" ->
          add(document, path, read(document, operation.path("from").asText()).deepCopy());
      case "test" -> {
        if (!read(document, path).equals(value(operation))) {
          throw new Failed("testing value %s failed".formatted(path));
        }
        yield document;
      }
      default -> throw new Failed("Unexpected kind: " + op);
    };
  }

  private static JsonNode value(JsonNode operation) throws Failed {
    JsonNode value = operation.get("value");
    if (value == null) {
      throw new Failed("operation without a value");
    }
    return value.deepCopy();
  }

  private static JsonNode read(JsonNode document, String path) throws Failed {
    JsonNode node = document;
    for (String step : steps(path)) {
      node = node instanceof ArrayNode array ? array.path(index(step, array)) : node.path(step);
    }
    if (node.isMissingNode()) {
      throw new Failed("doc is missing path: \"%s\": missing value".formatted(path));
    }
    return node;
  }

  private static JsonNode add(JsonNode document, String path, JsonNode value) throws Failed {
    List<String> steps = steps(path);
    if (steps.isEmpty()) {
      return value;
    }
    switch (parent(document, path)) {
      case ObjectNode object -> object.set(steps.getLast(), value);
      case ArrayNode array -> {
        int index = steps.getLast().equals("-") ? array.size() : index(steps.getLast(), array);
        if (index > array.size()) {
          throw new Failed("index %d is out of bounds in \"%s\"".formatted(index, path));
        }
        array.insert(index, value);
      }
      default -> throw new Failed("doc is missing path: \"%s\": missing value".formatted(path));
    }
    return document;
  }

  private static JsonNode remove(JsonNode document, String path) throws Failed {
    read(document, path);
    List<String> steps = steps(path);
    if (steps.isEmpty()) {
      throw new Failed("the whole document cannot be removed");
    }
    switch (parent(document, path)) {
      case ObjectNode object -> object.remove(steps.getLast());
      case ArrayNode array -> array.remove(index(steps.getLast(), array));
      default -> throw new Failed("doc is missing path: \"%s\": missing value".formatted(path));
    }
    return document;
  }

  private static JsonNode parent(JsonNode document, String path) throws Failed {
    return read(document, path.substring(0, path.lastIndexOf('/')));
  }

  private static List<String> steps(String path) throws Failed {
    if (path.isEmpty()) {
      return List.of();
    }
    if (!path.startsWith("/")) {
      throw new Failed("\"%s\" is no JSON pointer".formatted(path));
    }
    return Arrays.stream(path.substring(1).split("/", -1))
        .map(step -> step.replace("~1", "/").replace("~0", "~"))
        .toList();
  }

  private static int index(String step, ArrayNode array) throws Failed {
    try {
      int index = Integer.parseInt(step);
      if (index >= 0) {
        return index;
      }
    } catch (NumberFormatException e) {
      // told below
    }
    throw new Failed("\"%s\" is no index of an array of %d".formatted(step, array.size()));
  }

  /** An operation could not be done. */
  static final class Failed extends Exception {
    private static final long serialVersionUID = 1L;

    Failed(String message) {
      super(message);
    }
  }
}
