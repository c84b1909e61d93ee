package pharos.backend.demo.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Label and field selectors, see
 * https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#api.
 */
final class Selector {
  private static final Pattern SET =
      Pattern.compile("\\s*(\\S+)\\s+(in|notin)\\s*\\(([^()]*)\\)\\s*");
  private static final Pattern COMPARE =
      Pattern.compile("\\s*([^\\s=!]+)\\s*(==|=|!=)\\s*([^\\s=!]*)\\s*");
  private static final Pattern EXISTS = Pattern.compile("\\s*(!?)\\s*([^\\s=!()]+)\\s*");
  private static final Set<String> FIELDS =
      Set.of(
          "metadata.name",
          "metadata.namespace",
          "spec.nodeName",
          "spec.serviceAccountName",
          "status.phase",
          "status.podIP",
          "involvedObject.name",
          "involvedObject.kind",
          "involvedObject.namespace",
          "type");

  private Selector() {}

  /**
   * @throws StatusError 400 if a term cannot be read
   */
  static Predicate<ObjectNode> labels(@Nullable String selector) {
    Predicate<ObjectNode> all = object -> true;
    for (String term : terms(selector)) {
      all = all.and(label(term));
    }
    return all;
  }

  /**
   * @throws StatusError 400 if a term cannot be read or the field cannot be selected by
   */
  static Predicate<ObjectNode> fields(@Nullable String selector) {
    Predicate<ObjectNode> all = object -> true;
    for (String term : terms(selector)) {
      Matcher compare = COMPARE.matcher(term);
      if (!compare.matches()) {
        throw StatusError.badRequest(
            "invalid selector: '%s'; can't understand '%s'".formatted(selector, term));
      }
      String field = compare.group(1);
      if (!FIELDS.contains(field)) {
        throw StatusError.badRequest("field label not supported: " + field);
      }
      List<String> path = Arrays.asList(field.split("\\."));
      String value = compare.group(3);
      Predicate<ObjectNode> equal = object -> at(object, path).asText().equals(value);
      all = all.and(compare.group(2).equals("!=") ? equal.negate() : equal);
    }
    return all;
  }

  private static Predicate<ObjectNode> label(String term) {
    Matcher set = SET.matcher(term);
    if (set.matches()) {
      String key = set.group(1);
      Set<String> values =
          Arrays.stream(set.group(3).split(",")).map(String::strip).collect(Collectors.toSet());
      Predicate<ObjectNode> in = object -> has(object, key) && values.contains(get(object, key));
      return set.group(2).toLowerCase(Locale.ROOT).equals("in") ? in : in.negate();
    }
    Matcher compare = COMPARE.matcher(term);
    if (compare.matches()) {
      String key = compare.group(1);
      String value = compare.group(3);
      Predicate<ObjectNode> equal = object -> has(object, key) && get(object, key).equals(value);
      return compare.group(2).equals("!=") ? equal.negate() : equal;
    }
    Matcher exists = EXISTS.matcher(term);
    if (exists.matches()) {
      String key = exists.group(2);
      Predicate<ObjectNode> present = object -> has(object, key);
      return exists.group(1).isEmpty() ? present : present.negate();
    }
    throw StatusError.badRequest("unable to parse requirement: '%s'".formatted(term));
  }

  /** Splits at the commas outside parentheses. */
  private static List<String> terms(@Nullable String selector) {
    if (selector == null || selector.isBlank()) {
      return List.of();
    }
    return List.of(selector.split(",(?![^(]*\\))", -1));
  }

  private static boolean has(ObjectNode object, String key) {
    return object.path("metadata").path("labels").has(key);
  }

  private static String get(ObjectNode object, String key) {
    return object.path("metadata").path("labels").path(key).asText();
  }

  private static JsonNode at(ObjectNode object, List<String> path) {
    JsonNode node = object;
    for (String step : path) {
      node = node.path(step);
    }
    return node;
  }
}
