package pharos.config.edit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import pharos.config.resource.Fields;
import pharos.config.resource.Node;
import pharos.config.resource.Path;

/**
 * Changes an object field by field and writes down the operations that do it. What is not named
 * stays as it is: fields that nobody knows, order, everything. Setting what is already there, and
 * removing what is not, does nothing.
 */
final class ObjectEditor {
  private Node root;
  private final List<Operation> operations = new ArrayList<>();

  ObjectEditor(Node.Mapping root) {
    this.root = root;
  }

  /** The object as changed so far. */
  Node.Mapping root() {
    if (root instanceof Node.Mapping object) {
      return object;
    }
    throw new IllegalStateException("an object became " + root.typeName());
  }

  /** What was done, in order. */
  List<Operation> operations() {
    return List.copyOf(operations);
  }

  /** The value at a path, or null when there is none. */
  @Nullable Node at(Path path) {
    return Trees.at(root, path);
  }

  /** The items of the array at a path; empty when there is none. */
  List<Node> items(Path path) {
    return at(path) instanceof Node.Sequence array ? array.items() : List.of();
  }

  /** A text at a path; empty when there is none. */
  String text(Path path) {
    return at(path) instanceof Node.Scalar scalar ? Fields.text(scalar) : "";
  }

  /**
   * Sets the field at a path, with the objects around it that are missing.
   *
   * @throws IllegalArgumentException when something else stands on the way
   */
  void set(Path path, Node value) {
    Node present = root.at(path);
    if (present != null) {
      if (!Node.sameValue(present, value)) {
        apply(new Operation.Replace(path, present, value));
      }
      return;
    }
    Path at = path;
    Node missing = value;
    while (!at.parent().steps().isEmpty() && Trees.at(root, at.parent()) == null) {
      if (!(at.steps().getLast() instanceof Path.Key key)) {
        break; // an item needs its array
      }
      missing = Trees.object(Map.of(key.name(), missing));
      at = at.parent();
    }
    Node written = root.at(at); // null, written as such
    apply(
        written == null
            ? new Operation.Add(at, missing)
            : new Operation.Replace(at, written, missing));
  }

  /** Sets the field, or removes it when there is no value. */
  void put(Path path, @Nullable Node value) {
    if (value == null) {
      remove(path);
    } else {
      set(path, value);
    }
  }

  /** Puts an item into an array, which is made when it is missing. */
  void insert(Path array, int index, Node item) {
    if (at(array) instanceof Node.Sequence) {
      apply(new Operation.Add(array.index(index), item));
    } else {
      set(array, Trees.list(List.of(item)));
    }
  }

  /** Puts an item at the end of an array, which is made when it is missing. */
  void append(Path array, Node item) {
    insert(array, items(array).size(), item);
  }

  /** Removes a field or an item. */
  void remove(Path path) {
    Node present = root.at(path);
    if (present != null) {
      apply(new Operation.Remove(path, present));
    }
  }

  /** Removes a field, and the objects around it that it leaves empty, up to a path. */
  void prune(Path path, Path upTo) {
    Path at = path;
    while (at.parent().steps().size() > upTo.steps().size()
        && root.at(at.parent()) instanceof Node.Mapping around
        && around.entries().size() == 1) {
      at = at.parent();
    }
    if (root.at(path) != null) {
      remove(at);
    }
  }

  private void apply(Operation operation) {
    root = Trees.after(root, operation);
    operations.add(operation);
  }
}
