package pharos.config.schema;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import pharos.config.resource.Fields;
import pharos.config.resource.Node;
import pharos.config.resource.Path;
import pharos.config.schema.Field.Aspect;
import pharos.config.schema.Field.Trait;
import pharos.config.schema.Mismatch.Problem;

/** Compares an object with the catalogue, as the API server compares it with the kind's schema. */
public final class Mismatches {
  private static final Field TEXTS =
      new Field(
          "labels",
          new FieldType.MapOf(FieldType.Scalar.STRING),
          Set.of(),
          Map.of(),
          null,
          null,
          null,
          null,
          List.of(),
          null,
          "");

  private final SchemaFamily family;
  private final List<Mismatch> found = new ArrayList<>();
  private final List<MessageSchema> above = new ArrayList<>();

  private Mismatches(SchemaFamily family) {
    this.family = family;
  }

  /** What is wrong with an object of a kind, in the order of the catalogue. */
  public static List<Mismatch> of(KindSchema kind, Node.Mapping root) {
    Mismatches walk = new Mismatches(kind.family());
    walk.metadata(root);
    Node spec = root.value("spec");
    Path path = Path.of("spec");
    if (spec == null) {
      if (kind.specRequired()) {
        ScalarRules.refuse(path, "Required value", walk.found);
      }
    } else if (spec instanceof Node.Scalar scalar && scalar.value() == null) {
      walk.isNull("object", path);
    } else {
      walk.message(kind.specMessage(), spec, path);
    }
    return walk.found;
  }

  private void metadata(Node.Mapping root) {
    for (String texts : List.of("labels", "annotations")) {
      Node map = Fields.node(root, "metadata", texts);
      if (map != null) {
        map(TEXTS, FieldType.Scalar.STRING, map, Path.of("metadata", texts));
      }
    }
  }

  private void isNull(String type, Path path) {
    ScalarRules.refuse(path, "must be of type %s: \"null\"".formatted(type), found);
  }

  private void message(MessageSchema schema, Node node, Path path) {
    if (!(node instanceof Node.Mapping object)) {
      ScalarRules.typed(FieldType.Scalar.STRUCT, node, path, found);
      return;
    }
    above.add(schema);
    int before = found.size();
    object
        .entries()
        .forEach((key, entry) -> {
          Field field = schema.fields().get(key);
          if (field == null) {
            unknown(schema, key, path);
          } else {
            field(schema, field, entry.value(), path.key(key));
          }
        });
    for (Field field : schema.fields().values()) {
      if (field.is(Trait.REQUIRED) && !object.entries().containsKey(field.name())) {
        found.add(Mismatch.at(Problem.REFUSED, path.key(field.name()), "Required value"));
      }
    }
    groups(schema, object, path);
    if (decodes(before)) {
      MessageRules.apply(schema.name(), object, path, found);
    }
    above.removeLast();
  }

  private boolean decodes(int before) {
    return found.subList(before, found.size()).stream()
        .noneMatch(mismatch -> mismatch.problem() == Problem.UNDECODABLE);
  }

  private void groups(MessageSchema schema, Node.Mapping object, Path path) {
    for (MessageSchema.Group group : schema.groups()) {
      List<String> set =
          group.members().stream().filter(member -> Fields.has(object, member)).toList();
      if (set.size() > 1) {
        found.add(
            new Mismatch(
                Problem.REFUSED,
                path.key(set.get(1)),
                true,
                "only one of %s may be set, but %s are"
                    .formatted(String.join(", ", group.members()), String.join(" and ", set)),
                null));
      }
    }
  }

  private void unknown(MessageSchema schema, String key, Path path) {
    MessageSchema.Gone gone = schema.gone().get(key);
    if (gone != null) {
      gone(gone, path.key(key));
      return;
    }
    if (schema.open()) {
      return;
    }
    List<String> names =
        schema.fields().values().stream()
            .filter(field -> !field.is(Trait.HIDDEN))
            .map(Field::name)
            .toList();
    String meant = Spelling.nearest(key, names);
    String hint =
        meant != null
            ? "did you mean \"%s\"?".formatted(meant)
            : elsewhere(schema, key, path, names);
    found.add(
        new Mismatch(
            Problem.UNKNOWN_FIELD,
            path.key(key),
            true,
            "unknown field \"%s\": %s".formatted(ScalarRules.shortened(key), hint),
            meant));
  }

  /** Where the field would be right: a level up or down is what wrong indentation looks like. */
  private String elsewhere(MessageSchema schema, String key, Path path, List<String> names) {
    Path at = path;
    for (int up = above.size() - 2; up >= 0; up--) {
      do {
        at = at.parent();
      } while (!at.steps().isEmpty() && at.steps().getLast() instanceof Path.Index);
      if (above.get(up).fields().containsKey(key)) {
        return "it belongs further out, beside \"%s\"; is the indentation right?"
            .formatted(lastKey(path, above.size() - 1 - up));
      }
    }
    for (Field field : schema.fields().values()) {
      FieldType type = field.type() instanceof FieldType.ListOf list ? list.item() : field.type();
      MessageSchema inner = family.message(type);
      if (inner != null && inner.fields().containsKey(key)) {
        return "it belongs under \"%s\"; is the indentation right?".formatted(field.name());
      }
    }
    return names.size() <= 12
        ? "expected one of " + String.join(", ", names)
        : "the API would drop it";
  }

  /** The key, {@code levels} messages above the end of a path, under which it lies. */
  private static String lastKey(Path path, int levels) {
    List<String> keys =
        path.steps().stream()
            .filter(Path.Key.class::isInstance)
            .map(step -> ((Path.Key) step).name())
            .toList();
    return keys.get(Math.max(0, keys.size() - levels));
  }

  private void gone(MessageSchema.Gone gone, Path path) {
    found.add(
        new Mismatch(
            Problem.GONE_FIELD,
            path,
            true,
            "\"%s\" is no longer a field: use \"%s\". %s"
                .formatted(gone.name(), gone.replacement(), gone.why()),
            gone.replacement()));
  }

  private void field(MessageSchema schema, Field field, Node node, Path path) {
    MessageSchema.Gone gone = schema.gone().get(field.name());
    if (gone != null) {
      gone(gone, path);
    } else if (field.is(Trait.DEPRECATED)) {
      found.add(
          new Mismatch(
              Problem.DEPRECATED_FIELD,
              path,
              true,
              "\"%s\" is deprecated%s"
                  .formatted(
                      field.name(),
                      field.replacement() == null || field.replacement().isEmpty()
                          ? ""
                          : ": use \"%s\"".formatted(field.replacement())),
              null));
    }
    value(field, field.type(), node, path);
  }

  private void value(Field field, FieldType type, Node node, Path path) {
    if (node instanceof Node.Scalar scalar && scalar.value() == null) {
      if (!field.is(Trait.NULLABLE) && type != FieldType.Scalar.ANY) {
        isNull(typeName(type), path);
      }
      return;
    }
    switch (type) {
      case FieldType.ListOf list -> list(field, list.item(), node, path);
      case FieldType.MapOf map -> map(field, map.value(), node, path);
      case FieldType.Scalar scalar -> {
        if (ScalarRules.typed(scalar, node, path, found) && node instanceof Node.Scalar value) {
          ScalarRules.bounded(field, value, path, found);
        }
      }
      case FieldType.Named named -> {
        EnumSchema choice = family.choice(named);
        if (choice != null) {
          choice(choice, node, path);
        } else {
          message(family.messageNamed(named.name()), node, path);
        }
      }
    }
  }

  private String typeName(FieldType type) {
    return switch (type) {
      case FieldType.ListOf _ -> "array";
      case FieldType.MapOf _ -> "object";
      case FieldType.Scalar scalar -> scalar.text();
      case FieldType.Named named -> family.choice(named) == null ? "object" : "string";
    };
  }

  private void choice(EnumSchema choice, Node node, Path path) {
    if (!(node instanceof Node.Scalar scalar) || !(scalar.value() instanceof String text)) {
      ScalarRules.typed(FieldType.Scalar.STRING, node, path, found);
      return;
    }
    EnumSchema.Value value = choice.values().get(text);
    if (value == null) {
      String meant = Spelling.nearest(text, choice.values().keySet());
      found.add(
          new Mismatch(
              Problem.UNDECODABLE,
              path,
              false,
              "Unsupported value \"%s\"%s supported values: %s"
                  .formatted(
                      ScalarRules.shortened(text),
                      meant == null ? ":" : ", did you mean \"%s\"?".formatted(meant),
                      String.join(", ", choice.values().keySet())),
              meant));
    } else if (value.replacement() != null) {
      found.add(
          new Mismatch(
              Problem.DEPRECATED_FIELD,
              path,
              false,
              "\"%s\" is deprecated: use \"%s\"".formatted(text, value.replacement()),
              value.replacement()));
    }
  }

  private void list(Field field, FieldType item, Node node, Path path) {
    if (!(node instanceof Node.Sequence sequence)) {
      notAList(item, node, path);
      return;
    }
    Bounds bounds = field.bounds(Aspect.ITEMS);
    if (bounds != null && !bounds.contains(sequence.items().size())) {
      ScalarRules.refuse(
          path, "must have %s items, not %d".formatted(bounds, sequence.items().size()), found);
    }
    Set<Object> seen = new HashSet<>();
    for (int i = 0; i < sequence.items().size(); i++) {
      Node member = sequence.items().get(i);
      Path at = path.index(i);
      int before = found.size();
      value(plain(field), item, member, at);
      if (member instanceof Node.Scalar scalar && scalar.value() instanceof String text) {
        ScalarRules.length(field.bounds(Aspect.ITEM_LENGTH), text, at, found);
      }
      if (field.listKey() != null && decodes(before)) {
        String key = Fields.text(member, field.listKey());
        if (Fields.has(member, field.listKey()) && !seen.add(key)) {
          ScalarRules.refuse(
              at.key(field.listKey()), "Duplicate value: \"%s\"".formatted(key), found);
        }
      }
    }
  }

  private void notAList(FieldType item, Node node, Path path) {
    boolean single = node instanceof Node.Scalar scalar && scalar.value() instanceof String;
    found.add(
        new Mismatch(
            Problem.UNDECODABLE,
            path,
            false,
            "must be of type array, not %s".formatted(node.typeName()),
            single && item == FieldType.Scalar.STRING && node instanceof Node.Scalar scalar
                ? "[\"%s\"]".formatted(scalar.text())
                : null));
  }

  /** The field without what is meant for the list or map as a whole. */
  private static Field plain(Field field) {
    return field.traits().isEmpty() && field.pattern() == null && field.bounds().isEmpty()
        ? field
        : TEXTS;
  }

  private void map(Field field, FieldType value, Node node, Path path) {
    if (!(node instanceof Node.Mapping mapping)) {
      ScalarRules.typed(FieldType.Scalar.STRUCT, node, path, found);
      return;
    }
    Bounds bounds = field.bounds(Aspect.PROPERTIES);
    if (bounds != null && !bounds.contains(mapping.entries().size())) {
      ScalarRules.refuse(
          path,
          mapping.entries().size() < bounds.min()
              ? "should have at least %d properties".formatted(bounds.min())
              : "may have at most %d properties".formatted(bounds.max()),
          found);
    }
    mapping
        .entries()
        .forEach((key, entry) -> {
          Path at = path.key(key);
          key(field, key, at);
          value(TEXTS, value, entry.value(), at);
          if (entry.value() instanceof Node.Scalar scalar) {
            entry(field, scalar, at);
          }
        });
  }

  private void key(Field field, String key, Path at) {
    @Nullable String problem = null;
    if (field.is(Trait.LABELS)) {
      problem =
          key.isEmpty()
              ? "key must not be empty"
              : key.contains("*") ? "wildcard not allowed in label key match" : null;
    }
    if (field.is(Trait.KEY_PORT)
        && !(key.matches("[0-9]{1,9}")
            && Long.parseLong(key) >= 1
            && Long.parseLong(key) <= 65_535)) {
      problem = "port must be between 1-65535";
    }
    if (field.keyPattern() != null && !field.keyPattern().matches(key)) {
      problem = "key \"%s\" must be valid".formatted(ScalarRules.shortened(key));
    }
    if (problem != null) {
      found.add(new Mismatch(Problem.REFUSED, at, true, problem, null));
    }
  }

  private void entry(Field field, Node.Scalar scalar, Path at) {
    if (field.is(Trait.VALUE_PORT) && scalar.value() instanceof Number number) {
      ScalarRules.port(number.doubleValue(), at, found);
    }
    if (scalar.value() instanceof String text) {
      ScalarRules.length(field.bounds(Aspect.VALUE_LENGTH), text, at, found);
      if (field.is(Trait.LABELS) && text.contains("*")) {
        ScalarRules.refuse(at, "wildcard not allowed in label value match", found);
      }
    }
  }
}
