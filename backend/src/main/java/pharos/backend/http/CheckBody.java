package pharos.backend.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import pharos.backend.config.DraftReader;
import pharos.backend.http.HttpFailure.BadValue;
import pharos.backend.http.HttpFailure.Kind;
import pharos.config.resource.Kinds;
import pharos.config.resource.ResourceKey;

/**
 * The body of a question about a draft.
 *
 * @param texts what is proposed, by the name that places in it carry
 * @param removed what would be deleted
 * @param namespace of objects that name none
 * @param everything whether unchanged findings of other objects are wanted
 */
record CheckBody(
    Map<String, String> texts, Set<ResourceKey> removed, String namespace, boolean everything) {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final int LIST = 200;
  private static final Set<String> FIELDS =
      Set.of("text", "objects", "removed", "namespace", "unchanged");

  static CheckBody of(byte[] bytes) {
    return of(json(bytes), Set.of());
  }

  /**
   * @param others fields of the body that somebody else reads
   */
  static CheckBody of(JsonNode body, Set<String> others) {
    List<BadValue> errors = new ArrayList<>();
    body.fieldNames()
        .forEachRemaining(name -> {
          if (!FIELDS.contains(name) && !others.contains(name)) {
            errors.add(new BadValue("body", "a field is not known (expected: " + FIELDS + ")"));
          }
        });
    Map<String, String> texts = new LinkedHashMap<>();
    JsonNode text = body.path("text");
    if (text.isTextual()) {
      texts.put(DraftReader.FILE, text.textValue());
    } else if (!text.isMissingNode()) {
      errors.add(new BadValue("text", "text is no string (expected: YAML or JSON as a string)"));
    }
    objects(body.path("objects"), texts, errors);
    Set<ResourceKey> removed = removed(body.path("removed"), errors);
    if (texts.isEmpty() && removed.isEmpty() && errors.isEmpty()) {
      errors.add(new BadValue("body", "nothing is proposed (expected: text, objects or removed)"));
    }
    String namespace = body.path("namespace").asText("default");
    if (!Names.isLabel(namespace)) {
      errors.add(new BadValue("namespace", "namespace is no name of a namespace"));
    }
    String unchanged = body.path("unchanged").asText("all");
    if (!unchanged.equals("all") && !unchanged.equals("proposed")) {
      errors.add(new BadValue("unchanged", "unchanged is neither \"all\" nor \"proposed\""));
    }
    if (!errors.isEmpty()) {
      throw HttpFailure.badParameters(errors);
    }
    return new CheckBody(texts, removed, namespace, unchanged.equals("all"));
  }

  /** The body as a JSON object. */
  static JsonNode json(byte[] bytes) {
    try {
      JsonNode body = MAPPER.readTree(bytes);
      if (body != null && body.isObject()) {
        return body;
      }
    } catch (JsonProcessingException e) {
      var at = e.getLocation();
      throw new HttpFailure(
          Kind.BAD_REQUEST,
          "The body is not JSON, from line %d, column %d on."
              .formatted(at == null ? 1 : at.getLineNr(), at == null ? 1 : at.getColumnNr()));
    } catch (IOException e) {
      throw new HttpFailure(Kind.BAD_REQUEST, "The body cannot be read.");
    }
    throw new HttpFailure(Kind.BAD_REQUEST, "The body is no JSON object.");
  }

  private static void objects(JsonNode objects, Map<String, String> texts, List<BadValue> errors) {
    if (objects.isMissingNode()) {
      return;
    }
    if (!objects.isArray() || objects.size() > LIST) {
      errors.add(
          new BadValue("objects", "objects is no array of at most %d objects".formatted(LIST)));
      return;
    }
    for (int i = 0; i < objects.size(); i++) {
      texts.put("objects[%d]".formatted(i), objects.get(i).toPrettyString());
    }
  }

  private static Set<ResourceKey> removed(JsonNode list, List<BadValue> errors) {
    Set<ResourceKey> removed = new HashSet<>();
    if (!list.isMissingNode() && (!list.isArray() || list.size() > LIST)) {
      errors.add(new BadValue("removed", "removed is no array of at most %d keys".formatted(LIST)));
      return removed;
    }
    for (int i = 0; i < list.size(); i++) {
      JsonNode key = list.get(i);
      ResourceKey.Kind kind = KindNames.kind(key.path("kind").asText());
      String name = key.path("name").asText();
      if (kind == null || name.isEmpty()) {
        errors.add(
            new BadValue(
                "removed[%d]".formatted(i), "no known kind or no name (expected: kind, name)"));
      } else {
        Kinds.Facts facts = Kinds.facts(kind);
        boolean namespaced = facts == null || facts.namespaced();
        removed.add(new ResourceKey(kind, namespaced ? key.path("namespace").asText() : "", name));
      }
    }
    return removed;
  }
}
