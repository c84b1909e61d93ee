package pharos.backend.demo.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Objects;

/** Objects as JSON: the parts that the API server itself reads and writes. */
final class Manifests {
  private static final String[] IDENTITY = {"uid", "creationTimestamp"};

  private Manifests() {}

  /** The object's metadata, made if it is missing. */
  static ObjectNode metadata(ObjectNode object) {
    return object.get("metadata") instanceof ObjectNode metadata
        ? metadata
        : object.putObject("metadata");
  }

  static String name(ObjectNode object) {
    return object.path("metadata").path("name").asText();
  }

  static String namespace(ObjectNode object) {
    return object.path("metadata").path("namespace").asText();
  }

  static String uid(ObjectNode object) {
    return object.path("metadata").path("uid").asText();
  }

  static String resourceVersion(ObjectNode object) {
    return object.path("metadata").path("resourceVersion").asText();
  }

  static ObjectNode namespace(String name) {
    ObjectNode namespace = JsonNodeFactory.instance.objectNode();
    namespace.put("apiVersion", "v1").put("kind", "Namespace");
    namespace
        .putObject("metadata")
        .put("name", name)
        .putObject("labels")
        .put("kubernetes.io/metadata.name", name);
    namespace.putObject("status").put("phase", "Active");
    return namespace;
  }

  /**
   * Gives {@code after} the identity of {@code before}, and a new generation if anything but
   * metadata and status differs.
   */
  static void keepIdentity(ObjectNode before, ObjectNode after) {
    ObjectNode from = metadata(before);
    ObjectNode to = metadata(after);
    for (String field : IDENTITY) {
      if (from.has(field)) {
        to.set(field, from.get(field));
      }
    }
    int generation = from.path("generation").asInt(1); // int: parsed ones compare as such
    to.put("generation", sameIntent(before, after) ? generation : generation + 1);
  }

  /** Equal but for what the server writes itself, so that storing it would change nothing. */
  static boolean sameContent(ObjectNode a, ObjectNode b) {
    return sameIntent(a, b)
        && Objects.equals(a.get("status"), b.get("status"))
        && userMetadata(a).equals(userMetadata(b));
  }

  private static boolean sameIntent(ObjectNode a, ObjectNode b) {
    return intent(a).equals(intent(b));
  }

  private static ObjectNode intent(ObjectNode object) {
    ObjectNode copy = JsonNodeFactory.instance.objectNode();
    for (Map.Entry<String, JsonNode> field : object.properties()) {
      switch (field.getKey()) {
        case "apiVersion", "kind", "metadata", "status" -> {}
        default -> copy.set(field.getKey(), field.getValue());
      }
    }
    return copy;
  }

  private static ObjectNode userMetadata(ObjectNode object) {
    ObjectNode copy = JsonNodeFactory.instance.objectNode();
    copy.setAll(metadata(object));
    copy.remove("resourceVersion");
    copy.remove("managedFields");
    return copy;
  }

  /** The same object as another served version shows it; shares all but the first level. */
  static ObjectNode at(String apiVersion, ObjectNode object) {
    ObjectNode copy = JsonNodeFactory.instance.objectNode();
    copy.put("apiVersion", apiVersion);
    for (Map.Entry<String, JsonNode> field : object.properties()) {
      if (!field.getKey().equals("apiVersion")) {
        copy.set(field.getKey(), field.getValue());
      }
    }
    return copy;
  }
}
