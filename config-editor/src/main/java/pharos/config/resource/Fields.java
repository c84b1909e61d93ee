package pharos.config.resource;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads fields of a tree as a protobuf message would be read: what is absent, null or of another
 * type has its zero value. That a type is wrong is the schema's finding, not the reader's.
 */
public final class Fields {
  private Fields() {}

  /** The node under a chain of keys, or null. */
  public static @Nullable Node node(@Nullable Node node, String... keys) {
    Node at = node;
    for (String key : keys) {
      if (at == null) {
        return null;
      }
      at = at.get(key);
    }
    return at instanceof Node.Scalar scalar && scalar.value() == null ? null : at;
  }

  /** Whether there is a value that is not null. */
  public static boolean has(@Nullable Node node, String... keys) {
    return node(node, keys) != null;
  }

  /** A text; numbers and booleans are given as written, everything else is empty. */
  public static String text(@Nullable Node node, String... keys) {
    return node(node, keys) instanceof Node.Scalar scalar ? scalar.text() : "";
  }

  /** An integer, also from a text of digits; 0 when there is none. */
  public static long number(@Nullable Node node, String... keys) {
    if (!(node(node, keys) instanceof Node.Scalar scalar)) {
      return 0;
    }
    return switch (scalar.value()) {
      case Long whole -> whole;
      case Double decimal -> decimal.longValue();
      case String digits when digits.matches("-?[0-9]{1,18}") -> Long.parseLong(digits);
      case null, default -> 0;
    };
  }

  /** A boolean; false when there is none. */
  public static boolean flag(@Nullable Node node, String... keys) {
    return node(node, keys) instanceof Node.Scalar scalar && Boolean.TRUE.equals(scalar.value());
  }

  /** The items of an array; empty when there is none. */
  public static List<Node> items(@Nullable Node node, String... keys) {
    return node(node, keys) instanceof Node.Sequence sequence ? sequence.items() : List.of();
  }

  /** The items of an array as texts. */
  public static List<String> texts(@Nullable Node node, String... keys) {
    List<String> texts = new ArrayList<>();
    for (Node item : items(node, keys)) {
      if (item instanceof Node.Scalar scalar && scalar.value() != null) {
        texts.add(scalar.text());
      }
    }
    return texts;
  }

  /** The entries of an object whose values are scalars, as texts. */
  public static Map<String, String> map(@Nullable Node node, String... keys) {
    Map<String, String> texts = new LinkedHashMap<>();
    entries(node, keys)
        .forEach((key, value) -> {
          if (value instanceof Node.Scalar scalar && scalar.value() != null) {
            texts.put(key, scalar.text());
          }
        });
    return texts;
  }

  /** The entries of an object; empty when there is none. */
  public static Map<String, Node> entries(@Nullable Node node, String... keys) {
    Map<String, Node> entries = new LinkedHashMap<>();
    if (node(node, keys) instanceof Node.Mapping mapping) {
      mapping.entries().forEach((key, entry) -> entries.put(key, entry.value()));
    }
    return entries;
  }
}
