package pharos.config.schema;

import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import pharos.config.resource.ResourceKey.Kind;

/**
 * Reads one catalogue file. A line is {@code word word … -- doc}; a line that is not indented
 * begins a kind, a message or an enum, an indented one is a member of it.
 *
 * <pre>
 * kind networking.istio.io Gateway GatewaySpec -- What the kind is for.
 * use istio-types
 * message GatewaySpec
 *   servers [Server] items=1.. -- A list of messages.
 *   selector {string} -- A map.
 *   oneof a b
 *   gone old use fresh -- Why it does nothing any more.
 *   alias other_name name
 * enum Mode
 *   SIMPLE -- What it means.
 * </pre>
 */
final class SchemaReader {
  private final String file;
  private final Map<String, MessageSchema> messages = new HashMap<>();
  private final Map<String, EnumSchema> enums = new HashMap<>();
  private final List<KindLine> kinds = new ArrayList<>();
  private @Nullable SchemaFamily used;
  private Block block = new Block("", "");

  private record KindLine(Kind kind, String spec, boolean specRequired, String doc) {}

  /** A message or enum that is being read. */
  private static final class Block {
    final String what;
    final String name;
    final Map<String, Field> fields = new LinkedHashMap<>();
    final Map<String, EnumSchema.Value> values = new LinkedHashMap<>();
    final List<MessageSchema.Group> groups = new ArrayList<>();
    final Map<String, MessageSchema.Gone> gone = new HashMap<>();
    boolean open;

    Block(String what, String name) {
      this.what = what;
      this.name = name;
    }
  }

  SchemaReader(String file) {
    this.file = file;
  }

  /** The kinds of the file; a file without kinds gives its family only. */
  record Content(SchemaFamily family, List<KindSchema> kinds) {}

  /**
   * Reads the file's text.
   *
   * @param use gives the family of another file
   */
  Content read(String text, Function<String, SchemaFamily> use) {
    int number = 0;
    for (String line : text.split("\n", -1)) {
      number++;
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      try {
        line(line, use);
      } catch (IllegalArgumentException e) {
        throw new IllegalStateException("%s:%d: %s".formatted(file, number, e.getMessage()), e);
      }
    }
    close();
    SchemaFamily family = new SchemaFamily(messages, enums, used);
    return new Content(
        family,
        kinds.stream()
            .map(k -> new KindSchema(k.kind(), k.spec(), k.specRequired(), k.doc(), family))
            .toList());
  }

  private void line(String line, Function<String, SchemaFamily> use) {
    int dashes = line.indexOf(" -- ");
    String doc = dashes < 0 ? "" : line.substring(dashes + 4);
    String[] words = (dashes < 0 ? line : line.substring(0, dashes)).strip().split(" +", -1);
    if (line.startsWith(" ")) {
      member(words, doc);
      return;
    }
    close();
    switch (words[0]) {
      case "kind" ->
          kinds.add(
              new KindLine(
                  new Kind(words[1].equals("core") ? "" : words[1], words[2]),
                  words[3],
                  words.length > 4,
                  doc));
      case "use" -> used = use.apply(words[1]);
      case "message", "enum" -> {
        block = new Block(words[0], words[1]);
        block.open = words.length > 2;
      }
      default -> throw new IllegalArgumentException("unknown word " + words[0]);
    }
  }

  private void close() {
    switch (block.what) {
      case "message" ->
          messages.put(
              block.name,
              new MessageSchema(block.name, block.fields, block.groups, block.gone, block.open));
      case "enum" -> enums.put(block.name, new EnumSchema(block.name, block.values));
      default -> {
        // Nothing was begun.
      }
    }
    block = new Block("", "");
  }

  private void member(String[] words, String doc) {
    if (block.what.equals("enum")) {
      String replacement = words.length > 1 ? words[1].substring(words[1].indexOf('=') + 1) : null;
      block.values.put(words[0], new EnumSchema.Value(words[0], doc, replacement));
      return;
    }
    switch (words[0]) {
      case "oneof" ->
          block.groups.add(new MessageSchema.Group(Arrays.asList(words).subList(1, words.length)));
      case "gone" -> block.gone.put(words[1], new MessageSchema.Gone(words[1], words[3], doc));
      case "alias" -> {
        Field meant = block.fields.get(words[2]);
        if (meant == null) {
          throw new IllegalArgumentException("no field " + words[2] + " before its alias");
        }
        block.fields.put(words[1], hidden(words[1], meant));
      }
      default -> block.fields.put(words[0], field(words, doc));
    }
  }

  private static Field hidden(String alias, Field meant) {
    EnumSet<Field.Trait> traits = EnumSet.of(Field.Trait.HIDDEN);
    traits.addAll(meant.traits());
    traits.remove(Field.Trait.REQUIRED);
    return new Field(
        alias,
        meant.type(),
        traits,
        meant.bounds(),
        meant.pattern(),
        meant.keyPattern(),
        meant.listKey(),
        meant.standard(),
        meant.values(),
        meant.name(),
        meant.doc());
  }

  private static Field field(String[] words, String doc) {
    EnumSet<Field.Trait> traits = EnumSet.noneOf(Field.Trait.class);
    Map<Field.Aspect, Bounds> bounds = new EnumMap<>(Field.Aspect.class);
    Map<String, String> texts = new HashMap<>();
    for (String word : Arrays.asList(words).subList(2, words.length)) {
      int equals = word.indexOf('=');
      String attribute = equals < 0 ? word : word.substring(0, equals);
      String value = equals < 0 ? "" : word.substring(equals + 1);
      boolean known = false;
      for (Field.Trait trait : Field.Trait.values()) {
        if (trait.attribute().equals(attribute)) {
          traits.add(trait);
          known = true;
        }
      }
      for (Field.Aspect aspect : Field.Aspect.values()) {
        if (aspect.attribute().equals(attribute)) {
          bounds.put(aspect, Bounds.parse(value));
          known = true;
        }
      }
      if (!value.isEmpty()) {
        texts.put(attribute, value);
      } else if (!known) {
        throw new IllegalArgumentException("unknown attribute " + word);
      }
    }
    String values = texts.getOrDefault("values", "");
    return new Field(
        words[0],
        type(words[1]),
        traits,
        bounds,
        pattern(texts.get("pattern")),
        pattern(texts.get("keyPattern")),
        texts.get("listKey"),
        texts.get("default"),
        values.isEmpty() ? List.of() : List.of(values.split(",", -1)),
        texts.containsKey("deprecated") ? texts.get("deprecated") : texts.get("old"),
        doc);
  }

  private static @Nullable Pattern pattern(@Nullable String text) {
    return text == null ? null : Pattern.compile(text);
  }

  private static FieldType type(String word) {
    if (word.startsWith("[")) {
      return new FieldType.ListOf(type(word.substring(1, word.length() - 1)));
    }
    if (word.startsWith("{")) {
      return new FieldType.MapOf(type(word.substring(1, word.length() - 1)));
    }
    return switch (word) {
      case "intOrString" -> FieldType.Scalar.INT_OR_STRING;
      case "k8sDuration" -> FieldType.Scalar.K8S_DURATION;
      default ->
          Character.isLowerCase(word.charAt(0))
              ? FieldType.Scalar.valueOf(word.toUpperCase(Locale.ROOT))
              : new FieldType.Named(word);
    };
  }
}
