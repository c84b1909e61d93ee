package pharos.config.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import pharos.config.resource.Kinds;
import pharos.config.resource.Path;
import pharos.config.resource.ResourceKey.Kind;

/** What an editor offers while typing, and what it tells about the word under the pointer. */
public final class FieldHelp {
  private static final Map<String, String> TOP =
      Map.of(
          "apiVersion", "Group and version of the kind.",
          "kind", "What the object is.",
          "metadata", "Name, namespace, labels and annotations.",
          "spec", "What is wanted.");
  private static final List<String> TOP_ORDER = List.of("apiVersion", "kind", "metadata", "spec");
  private static final Map<String, String> METADATA =
      Map.of(
          "name", "Name of the object, unique among its kind in the namespace.",
          "namespace", "Namespace of the object.",
          "labels", "Labels for selecting objects.",
          "annotations", "Notes for tools.");
  private static final List<String> METADATA_ORDER =
      List.of("name", "namespace", "labels", "annotations");

  private FieldHelp() {}

  /**
   * Something that can be written.
   *
   * @param text the key or the value
   * @param type of the field; empty for a value
   * @param doc a sentence, or empty
   * @param required whether an object without it is refused
   * @param deprecated whether another field or value took over
   */
  public record Suggestion(
      String text, String type, String doc, boolean required, boolean deprecated) {}

  /**
   * What is known of a field.
   *
   * @param type in words
   * @param standard the value that counts when it is left out, or null
   * @param values what may or usually is written; empty when anything goes
   * @param limits bounds in words, for example {@code 1 to 65535}
   * @param replacement the field that took over, or null
   */
  public record Description(
      String name,
      String type,
      String doc,
      boolean required,
      @Nullable String standard,
      List<Suggestion> values,
      List<String> limits,
      @Nullable String replacement) {
    public Description {
      values = List.copyOf(values);
      limits = List.copyOf(limits);
    }
  }

  /**
   * What can stand at a path of an object of a kind: the fields of an object, or the values of a
   * field. The path of an item and the path of its list give the same. Empty when nothing is known.
   */
  public static List<Suggestion> complete(Kind kind, Path path) {
    List<String> keys = keys(path);
    if (keys.isEmpty()) {
      return TOP_ORDER.stream()
          .map(key ->
              new Suggestion(
                  key,
                  key.equals("spec") || key.equals("metadata") ? "object" : "string",
                  doc(TOP, key),
                  !key.equals("spec"),
                  false))
          .toList();
    }
    if (keys.equals(List.of("metadata"))) {
      return METADATA_ORDER.stream()
          .map(key ->
              new Suggestion(
                  key,
                  key.endsWith("s") ? "map of string" : "string",
                  doc(METADATA, key),
                  key.equals("name"),
                  false))
          .toList();
    }
    if (keys.equals(List.of("apiVersion"))) {
      return versions(kind);
    }
    KindSchema schema = Catalogue.of(kind);
    if (schema == null || !keys.getFirst().equals("spec")) {
      return List.of();
    }
    if (keys.size() == 1) {
      return fields(schema.specMessage(), schema.family());
    }
    Step step = step(schema, keys);
    if (step == null) {
      return List.of();
    }
    MessageSchema message = schema.family().message(step.holds());
    return message == null
        ? values(step.field(), step.holds(), schema.family())
        : fields(message, schema.family());
  }

  /** What is known of the field at a path, or null when nothing is. */
  public static @Nullable Description describe(Kind kind, Path path) {
    List<String> keys = keys(path);
    KindSchema schema = Catalogue.of(kind);
    if (keys.size() == 1 && TOP.containsKey(keys.getFirst())) {
      String key = keys.getFirst();
      String doc = key.equals("spec") && schema != null ? schema.doc() : doc(TOP, key);
      return new Description(key, "", doc, false, null, List.of(), List.of(), null);
    }
    if (keys.size() == 2 && keys.getFirst().equals("metadata")) {
      String key = keys.getLast();
      return METADATA.containsKey(key)
          ? new Description(key, "", doc(METADATA, key), false, null, List.of(), List.of(), null)
          : null;
    }
    if (schema == null || keys.size() < 2 || !keys.getFirst().equals("spec")) {
      return null;
    }
    Step step = step(schema, keys);
    if (step == null || step.freeKey()) {
      return null; // a free key of a map has no description of its own
    }
    Field field = step.field();
    return new Description(
        field.name(),
        text(field.type(), schema.family()),
        field.doc(),
        field.is(Field.Trait.REQUIRED),
        field.standard(),
        values(field, step.holds(), schema.family()),
        limits(field),
        field.replacement());
  }

  private static String doc(Map<String, String> docs, String key) {
    return docs.getOrDefault(key, "");
  }

  private static List<Suggestion> versions(Kind kind) {
    Kinds.Facts facts = Kinds.facts(kind);
    String prefix = kind.group().isEmpty() ? "" : kind.group() + "/";
    return facts == null
        ? List.of()
        : facts.versions().stream()
            .map(version -> new Suggestion(prefix + version, "", "", false, false))
            .toList();
  }

  private static List<String> keys(Path path) {
    return path.steps().stream()
        .filter(Path.Key.class::isInstance)
        .map(step -> ((Path.Key) step).name())
        .toList();
  }

  /**
   * Where a path leads.
   *
   * @param holds what stands there, an item of a list for a list
   * @param freeKey whether the last key is one of a map
   */
  private record Step(Field field, FieldType holds, boolean freeKey) {}

  private static @Nullable Step step(KindSchema schema, List<String> keys) {
    FieldType at = new FieldType.Named(schema.spec());
    Step step = null;
    for (String key : keys.subList(1, keys.size())) {
      if (at instanceof FieldType.MapOf map && step != null) {
        step = new Step(step.field(), unlisted(map.value()), true);
      } else {
        MessageSchema message = schema.family().message(at);
        Field field = message == null ? null : message.fields().get(key);
        if (field == null) {
          return null;
        }
        step = new Step(field, unlisted(field.type()), false);
      }
      at = step.holds();
    }
    return step;
  }

  private static FieldType unlisted(FieldType type) {
    return type instanceof FieldType.ListOf list ? list.item() : type;
  }

  private static List<Suggestion> fields(MessageSchema message, SchemaFamily family) {
    return message.fields().values().stream()
        .filter(field -> !field.is(Field.Trait.HIDDEN))
        .map(field ->
            new Suggestion(
                field.name(),
                text(field.type(), family),
                field.doc(),
                field.is(Field.Trait.REQUIRED),
                field.is(Field.Trait.DEPRECATED) || field.is(Field.Trait.OLD)))
        .toList();
  }

  private static List<Suggestion> values(Field field, FieldType type, SchemaFamily family) {
    EnumSchema choice = family.choice(type);
    if (choice != null) {
      return choice.values().values().stream()
          .map(value ->
              new Suggestion(value.name(), "", value.doc(), false, value.replacement() != null))
          .toList();
    }
    if (type == FieldType.Scalar.BOOL) {
      return List.of(
          new Suggestion("true", "", "", false, false),
          new Suggestion("false", "", "", false, false));
    }
    return field.values().stream()
        .map(value -> new Suggestion(value, "", "", false, false))
        .toList();
  }

  private static String text(FieldType type, SchemaFamily family) {
    return switch (type) {
      case FieldType.ListOf list -> "list of " + text(list.item(), family);
      case FieldType.MapOf map -> "map of " + text(map.value(), family);
      case FieldType.Scalar scalar -> scalar.text();
      case FieldType.Named named -> family.choice(named) == null ? "object" : "name";
    };
  }

  private static List<String> limits(Field field) {
    List<String> limits = new ArrayList<>();
    if (field.is(Field.Trait.PORT)) {
      limits.add("1 to 65535");
    }
    field
        .bounds()
        .forEach((aspect, bounds) ->
            limits.add(
                switch (aspect) {
                  case VALUE -> bounds.toString();
                  case LENGTH -> bounds + " characters";
                  case ITEMS -> bounds + " items";
                  case ITEM_LENGTH -> bounds + " characters each";
                  case PROPERTIES -> bounds + " entries";
                  case VALUE_LENGTH -> bounds + " characters per value";
                }));
    limits.sort(null);
    return limits;
  }
}
