package pharos.config.edit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import pharos.config.resource.Node;
import pharos.config.resource.Path;
import pharos.config.resource.Place;

/** Trees that were never a text, and trees with a part changed. */
final class Trees {
  private Trees() {}

  static Node text(String text) {
    return new Node.Scalar(text, text, true, Place.START, Place.START);
  }

  static Node number(long number) {
    String text = Long.toString(number);
    return new Node.Scalar(number, text, false, Place.START, Place.START);
  }

  static Node number(double number) {
    return number == Math.rint(number) && Math.abs(number) < 1e15
        ? number((long) number)
        : new Node.Scalar(number, Double.toString(number), false, Place.START, Place.START);
  }

  static Node flag(boolean flag) {
    return new Node.Scalar(flag, Boolean.toString(flag), false, Place.START, Place.START);
  }

  static Node list(List<Node> items) {
    return new Node.Sequence(items, Place.START, Place.START);
  }

  static Node texts(List<String> texts) {
    return list(texts.stream().map(Trees::text).toList());
  }

  static Node texts(Map<String, String> texts) {
    Map<String, Node> nodes = new LinkedHashMap<>();
    texts.forEach((key, value) -> nodes.put(key, text(value)));
    return object(nodes);
  }

  static Node object(Map<String, Node> fields) {
    Map<String, Node.Mapping.Entry> entries = new LinkedHashMap<>();
    fields.forEach((key, value) -> entries.put(key, entry(key, value)));
    return new Node.Mapping(entries, Place.START, Place.START);
  }

  static Node.Mapping.Entry entry(String key, Node value) {
    return new Node.Mapping.Entry(key, Place.START, Place.START, value);
  }

  /**
   * A tree after an operation.
   *
   * @throws IllegalArgumentException when the path does not lead where the operation needs it to
   */
  static Node after(Node root, Operation operation) {
    return changed(root, operation, operation.path().steps(), 0);
  }

  private static Node changed(Node node, Operation operation, List<Path.Step> steps, int depth) {
    if (depth == steps.size()) {
      if (operation instanceof Operation.Replace replace) {
        return replace.value();
      }
      throw misses(operation);
    }
    boolean last = depth == steps.size() - 1;
    return switch (steps.get(depth)) {
      case Path.Key key when node instanceof Node.Mapping object -> {
        Map<String, Node.Mapping.Entry> entries = new LinkedHashMap<>(object.entries());
        Node.Mapping.Entry old = entries.get(key.name());
        if (last && operation instanceof Operation.Add add) {
          entries.put(key.name(), entry(key.name(), add.value()));
        } else if (old == null) {
          throw misses(operation);
        } else if (last && operation instanceof Operation.Remove) {
          entries.remove(key.name());
        } else {
          Node value = changed(old.value(), operation, steps, depth + 1);
          entries.put(
              key.name(), new Node.Mapping.Entry(old.key(), old.keyStart(), old.keyEnd(), value));
        }
        yield new Node.Mapping(entries, object.start(), object.end());
      }
      case Path.Index index when node instanceof Node.Sequence array -> {
        List<Node> items = new ArrayList<>(array.items());
        int at = index.position();
        boolean add = last && operation instanceof Operation.Add;
        if (at < 0 || at > items.size() || (at == items.size() && !add)) {
          throw misses(operation);
        }
        if (last && operation instanceof Operation.Add added) {
          items.add(at, added.value());
        } else if (last && operation instanceof Operation.Remove) {
          items.remove(at);
        } else {
          items.set(at, changed(items.get(at), operation, steps, depth + 1));
        }
        yield new Node.Sequence(items, array.start(), array.end());
      }
      default -> throw misses(operation);
    };
  }

  private static IllegalArgumentException misses(Operation operation) {
    return new IllegalArgumentException(
        "%s: the object has no such place".formatted(operation.path()));
  }

  /** The node at a path, taking null for absent. */
  static @Nullable Node at(Node root, Path path) {
    Node node = root.at(path);
    return node instanceof Node.Scalar scalar && scalar.value() == null ? null : node;
  }
}
