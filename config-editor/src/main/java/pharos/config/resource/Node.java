package pharos.config.resource;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A value of a YAML or JSON document with its place, read as Kubernetes reads it: JSON types only,
 * keys are texts. Nodes are shared between the places that alias them, so a tree may be a directed
 * acyclic graph; its expanded size is bounded.
 */
public sealed interface Node {

  /** First character of the value. */
  Place start();

  /** Just after its last character. */
  Place end();

  /**
   * What a person calls this type: {@code object}, {@code array}, {@code string}, {@code number}, …
   */
  String typeName();

  /** The child under a key, or null when this is no object or has no such key. */
  default @Nullable Node get(String key) {
    return this instanceof Mapping mapping ? mapping.value(key) : null;
  }

  /** The child at an index, or null when this is no array or is shorter. */
  default @Nullable Node get(int index) {
    return this instanceof Sequence sequence && index >= 0 && index < sequence.items().size()
        ? sequence.items().get(index)
        : null;
  }

  /** The node that a path leads to, or null. */
  default @Nullable Node at(Path path) {
    Node node = this;
    for (Path.Step step : path.steps()) {
      node =
          switch (step) {
            case Path.Key key -> node.get(key.name());
            case Path.Index index -> node.get(index.position());
          };
      if (node == null) {
        return null;
      }
    }
    return node;
  }

  /**
   * An object. Keys keep the order of the text.
   *
   * @param entries by key; the key's own place is part of the entry
   */
  record Mapping(Map<String, Entry> entries, Place start, Place end) implements Node {
    public Mapping {
      entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
    }

    @Override
    public String typeName() {
      return "object";
    }

    /** The value under a key, or null. */
    public @Nullable Node value(String key) {
      Entry entry = entries.get(key);
      return entry == null ? null : entry.value();
    }

    /** A key, where it stands, and its value. */
    public record Entry(String key, Place keyStart, Place keyEnd, Node value) {}
  }

  /** An array. */
  record Sequence(List<Node> items, Place start, Place end) implements Node {
    public Sequence {
      items = List.copyOf(items);
    }

    @Override
    public String typeName() {
      return "array";
    }
  }

  /**
   * A single value.
   *
   * @param value null, {@link Boolean}, {@link Long}, {@link java.math.BigInteger}, {@link Double}
   *     or {@link String}
   * @param text the value's characters without quotes, before it was given a type
   * @param quoted written as text on purpose: in quotes or as a block
   */
  record Scalar(@Nullable Object value, String text, boolean quoted, Place start, Place end)
      implements Node {
    @Override
    public String typeName() {
      return switch (value) {
        case null -> "null";
        case Boolean _ -> "boolean";
        case String _ -> "string";
        case Double _ -> "number";
        default -> "integer";
      };
    }

    /** The value if it is a text, else null. */
    public @Nullable String string() {
      return value instanceof String string ? string : null;
    }
  }

  /** Equal as JSON: same types and values, whatever the order of keys and wherever they stand. */
  static boolean sameValue(@Nullable Node a, @Nullable Node b) {
    if (a == null || b == null) {
      return a == null && b == null;
    }
    return switch (a) {
      case Mapping left when b instanceof Mapping right -> {
        if (!left.entries().keySet().equals(right.entries().keySet())) {
          yield false;
        }
        for (String key : left.entries().keySet()) {
          if (!sameValue(left.value(key), right.value(key))) {
            yield false;
          }
        }
        yield true;
      }
      case Sequence left when b instanceof Sequence right -> {
        if (left.items().size() != right.items().size()) {
          yield false;
        }
        for (int i = 0; i < left.items().size(); i++) {
          if (!sameValue(left.items().get(i), right.items().get(i))) {
            yield false;
          }
        }
        yield true;
      }
      case Scalar left when b instanceof Scalar right ->
          Objects.equals(left.value(), right.value());
      default -> false;
    };
  }

  /** The node as plain Java values: maps, lists, texts, numbers, booleans and null. */
  static @Nullable Object plain(Node node) {
    return switch (node) {
      case Scalar scalar -> scalar.value();
      case Sequence sequence -> {
        List<@Nullable Object> list = new ArrayList<>();
        sequence.items().forEach(item -> list.add(plain(item)));
        yield list;
      }
      case Mapping mapping -> {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        mapping.entries().forEach((key, entry) -> map.put(key, plain(entry.value())));
        yield map;
      }
    };
  }
}
