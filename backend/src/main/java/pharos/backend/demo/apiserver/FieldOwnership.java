package pharos.backend.demo.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * {@code metadata.managedFields} and server-side apply. Lists are atomic: Istio's CRDs carry no
 * list types, and HTTPRoute marks its lists atomic; so "who owns a weight" is "who owns the list".
 * A path is its field names with a dot before each, as conflict messages print it; a field name
 * that holds a dot (an annotation) is kept whole by {@link #STEP}.
 */
final class FieldOwnership {
  private static final String STEP = "\u0000";
  private static final Set<String> SERVER_FIELDS =
      Set.of(
          "name",
          "namespace",
          "uid",
          "resourceVersion",
          "generation",
          "creationTimestamp",
          "deletionTimestamp",
          "deletionGracePeriodSeconds",
          "managedFields",
          "selfLink");

  private FieldOwnership() {}

  /** Notes on {@code after} that the manager set what differs from {@code before}. */
  static void record(
      @Nullable ObjectNode before,
      ObjectNode after,
      ResourceType type,
      String manager,
      String operation,
      String time) {
    if (manager.isEmpty()) {
      return;
    }
    Map<String, JsonNode> old = before == null ? Map.of() : leaves(before);
    Map<String, JsonNode> now = leaves(after);
    Set<String> changed = new TreeSet<>();
    now.forEach((path, value) -> {
      if (!value.equals(old.get(path))) {
        changed.add(path);
      }
    });
    boolean applying = operation.equals("Apply");
    if (changed.isEmpty() && !applying && old.keySet().equals(now.keySet())) {
      return;
    }
    ArrayNode entries = JsonNodeFactory.instance.arrayNode();
    Set<String> mine = new TreeSet<>(changed);
    for (JsonNode entry : Manifests.metadata(after).path("managedFields")) {
      Set<String> owned = paths(entry.path("fieldsV1"));
      owned.retainAll(now.keySet());
      if (entry.path("manager").asText().equals(manager)
          && entry.path("operation").asText().equals(operation)) {
        mine.addAll(owned);
        continue;
      }
      if (!applying) {
        owned.removeAll(changed);
      }
      if (!owned.isEmpty()) {
        entries.add(((ObjectNode) entry.deepCopy()).set("fieldsV1", tree(owned)));
      }
    }
    if (!mine.isEmpty()) {
      ObjectNode entry = entries.addObject();
      entry.put("manager", manager).put("operation", operation);
      entry.put("apiVersion", type.apiVersion()).put("time", time).put("fieldsType", "FieldsV1");
      entry.set("fieldsV1", tree(mine));
    }
    Manifests.metadata(after).set("managedFields", entries);
  }

  /**
   * What the object becomes when a manager applies its intent.
   *
   * @throws StatusError 409 naming each field that another manager set to another value, unless
   *     forced
   */
  static ObjectNode apply(
      ObjectNode before, ObjectNode intent, ResourceType type, String manager, boolean force) {
    Map<String, JsonNode> current = leaves(before);
    Map<String, JsonNode> wanted = leaves(intent);
    List<String> conflicts = new ArrayList<>();
    ObjectNode details = JsonNodeFactory.instance.objectNode();
    details.put("name", Manifests.name(before)).put("group", type.group());
    details.put("kind", type.plural());
    ArrayNode causes = details.putArray("causes");
    Set<String> mineBefore = new TreeSet<>();
    Set<String> others = new TreeSet<>();
    ArrayNode kept = JsonNodeFactory.instance.arrayNode();
    for (JsonNode entry : Manifests.metadata(before).path("managedFields")) {
      Set<String> owned = paths(entry.path("fieldsV1"));
      String owner = entry.path("manager").asText();
      if (owner.equals(manager) && entry.path("operation").asText().equals("Apply")) {
        mineBefore.addAll(owned);
        continue;
      }
      for (Map.Entry<String, JsonNode> field : wanted.entrySet()) {
        String path = field.getKey();
        if (owned.contains(path) && !field.getValue().equals(current.get(path))) {
          if (force) {
            owned.remove(path);
          } else {
            String text =
                "conflict with \"%s\" using %s".formatted(owner, entry.path("apiVersion").asText());
            conflicts.add(text + ": " + printed(path));
            causes
                .addObject()
                .put("reason", "FieldManagerConflict")
                .put("message", text)
                .put("field", printed(path));
          }
        }
      }
      others.addAll(owned);
      kept.add(((ObjectNode) entry.deepCopy()).set("fieldsV1", tree(owned)));
    }
    if (!conflicts.isEmpty()) {
      String plural = conflicts.size() == 1 ? "conflict" : "conflicts";
      throw StatusError.applyConflict(
          "Apply failed with %d %s: %s"
              .formatted(
                  conflicts.size(),
                  plural,
                  conflicts.size() == 1
                      ? conflicts.getFirst()
                      : "\n- " + String.join("\n- ", conflicts)),
          details);
    }
    ObjectNode merged = before.deepCopy();
    wanted.forEach((path, value) -> set(merged, path, value));
    for (String path : mineBefore) {
      if (!wanted.containsKey(path) && !others.contains(path)) {
        remove(merged, path);
      }
    }
    if (!Manifests.resourceVersion(intent).isEmpty()) {
      Manifests.metadata(merged).put("resourceVersion", Manifests.resourceVersion(intent));
    }
    ObjectNode mine = kept.addObject();
    mine.put("manager", manager).put("operation", "Apply").put("apiVersion", type.apiVersion());
    mine.set("fieldsV1", tree(wanted.keySet()));
    Manifests.metadata(merged).set("managedFields", kept);
    return merged;
  }

  /** Each field that is not an object, by path; what the server owns is left out. */
  private static Map<String, JsonNode> leaves(ObjectNode object) {
    Map<String, JsonNode> leaves = new java.util.TreeMap<>();
    for (Map.Entry<String, JsonNode> field : object.properties()) {
      switch (field.getKey()) {
        case "apiVersion", "kind", "status" -> {}
        case "metadata" -> {
          for (Map.Entry<String, JsonNode> part : field.getValue().properties()) {
            if (!SERVER_FIELDS.contains(part.getKey())) {
              collect(STEP + "metadata" + STEP + part.getKey(), part.getValue(), leaves);
            }
          }
        }
        default -> collect(STEP + field.getKey(), field.getValue(), leaves);
      }
    }
    return leaves;
  }

  private static void collect(String path, JsonNode value, Map<String, JsonNode> into) {
    if (value instanceof ObjectNode object && !object.isEmpty()) {
      for (Map.Entry<String, JsonNode> field : object.properties()) {
        collect(path + STEP + field.getKey(), field.getValue(), into);
      }
    } else {
      into.put(path, value);
    }
  }

  private static void set(ObjectNode object, String path, JsonNode value) {
    String[] steps = path.substring(1).split(STEP, -1);
    ObjectNode node = object;
    for (int i = 0; i < steps.length - 1; i++) {
      node = node.get(steps[i]) instanceof ObjectNode child ? child : node.putObject(steps[i]);
    }
    node.set(steps[steps.length - 1], value.deepCopy());
  }

  private static void remove(ObjectNode object, String path) {
    String[] steps = path.substring(1).split(STEP, -1);
    ObjectNode node = object;
    for (int i = 0; i < steps.length - 1; i++) {
      if (!(node.get(steps[i]) instanceof ObjectNode child)) {
        return;
      }
      node = child;
    }
    node.remove(steps[steps.length - 1]);
  }

  /** {@code fieldsV1}: field names with {@code f:} before them, leaves are empty objects. */
  private static ObjectNode tree(Set<String> paths) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    for (String path : paths) {
      ObjectNode node = root;
      for (String step : path.substring(1).split(STEP, -1)) {
        String field = "f:" + step;
        node = node.get(field) instanceof ObjectNode child ? child : node.putObject(field);
      }
    }
    return root;
  }

  private static Set<String> paths(JsonNode tree) {
    Set<String> paths = new TreeSet<>();
    walk("", tree, paths);
    return paths;
  }

  private static void walk(String path, JsonNode node, Set<String> into) {
    if (node.isEmpty()) {
      if (!path.isEmpty()) {
        into.add(path);
      }
      return;
    }
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      walk(path + STEP + field.getKey().substring(2), field.getValue(), into);
    }
  }

  private static String printed(String path) {
    return path.replace(STEP, ".");
  }
}
