package pharos.config.edit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import pharos.config.resource.JsonText;
import pharos.config.resource.Node;
import pharos.config.resource.Path;

/** A change as the Kubernetes API takes it. */
public final class Patches {
  private Patches() {}

  /**
   * A JSON Patch (RFC 6902) that changes nothing when the object is no longer what it was: it tests
   * the version and every value that it takes away.
   *
   * @param resourceVersion of the object that was edited; null to leave the test out
   */
  public static String json(List<Operation> operations, @Nullable String resourceVersion) {
    List<String> steps = new ArrayList<>();
    if (resourceVersion != null) {
      steps.add(step("test", Path.of("metadata", "resourceVersion"), Trees.text(resourceVersion)));
    }
    for (Operation operation : operations) {
      switch (operation) {
        case Operation.Add add -> steps.add(step("add", add.path(), add.value()));
        case Operation.Replace replace -> {
          steps.add(step("test", replace.path(), replace.before()));
          steps.add(step("replace", replace.path(), replace.value()));
        }
        case Operation.Remove remove -> {
          steps.add(step("test", remove.path(), remove.before()));
          steps.add("{\"op\": \"remove\", \"path\": " + pointer(remove.path()) + "}");
        }
      }
    }
    return "[" + String.join(",\n ", steps) + "]";
  }

  private static String step(String op, Path path, Node value) {
    return "{\"op\": \"%s\", \"path\": %s, \"value\": %s}"
        .formatted(op, pointer(path), JsonText.spaced(value));
  }

  /** A JSON Pointer (RFC 6901) in quotes. */
  private static String pointer(Path path) {
    StringBuilder pointer = new StringBuilder();
    for (Path.Step step : path.steps()) {
      pointer
          .append('/')
          .append(
              switch (step) {
                case Path.Key key -> key.name().replace("~", "~0").replace("/", "~1");
                case Path.Index index -> Integer.toString(index.position());
              });
    }
    return JsonText.quoted(pointer.toString());
  }

  /**
   * The smallest JSON Merge Patch (RFC 7386) between two objects. It replaces arrays whole, so it
   * is only safe together with a resourceVersion.
   */
  public static String merge(Node.Mapping before, Node.Mapping after) {
    return JsonText.spaced(merged(before, after));
  }

  private static Node merged(Node.Mapping before, Node.Mapping after) {
    Map<String, Node> patch = new LinkedHashMap<>();
    after
        .entries()
        .forEach((key, entry) -> {
          Node old = before.value(key);
          if (old instanceof Node.Mapping from && entry.value() instanceof Node.Mapping to) {
            if (merged(from, to) instanceof Node.Mapping inner && !inner.entries().isEmpty()) {
              patch.put(key, inner);
            }
          } else if (old == null || !Node.sameValue(old, entry.value())) {
            patch.put(key, entry.value());
          }
        });
    before
        .entries()
        .forEach((key, entry) -> {
          if (!after.entries().containsKey(key)) {
            patch.put(
                key,
                new Node.Scalar(null, "null", false, entry.value().start(), entry.value().end()));
          }
        });
    return Trees.object(patch);
  }

  /** The operations that lead from one object to another, as few and as small as fields allow. */
  public static List<Operation> difference(Node.Mapping before, Node.Mapping after) {
    List<Operation> operations = new ArrayList<>();
    difference(before, after, Path.ROOT, operations);
    return List.copyOf(operations);
  }

  private static void difference(Node before, Node after, Path path, List<Operation> operations) {
    if (Node.sameValue(before, after)) {
      return;
    }
    if (before instanceof Node.Mapping from && after instanceof Node.Mapping to) {
      from.entries()
          .forEach((key, entry) -> {
            if (!to.entries().containsKey(key)) {
              operations.add(new Operation.Remove(path.key(key), entry.value()));
            }
          });
      to.entries()
          .forEach((key, entry) -> {
            Node old = from.value(key);
            if (old == null) {
              operations.add(new Operation.Add(path.key(key), entry.value()));
            } else {
              difference(old, entry.value(), path.key(key), operations);
            }
          });
    } else if (before instanceof Node.Sequence from
        && after instanceof Node.Sequence to
        && !from.items().isEmpty()
        && !to.items().isEmpty()) {
      items(from.items(), to.items(), path, operations);
    } else {
      operations.add(new Operation.Replace(path, before, after));
    }
  }

  /** What stays at both ends is left alone; between them items are changed, added or removed. */
  private static void items(List<Node> from, List<Node> to, Path path, List<Operation> operations) {
    int head = 0;
    int shorter = Math.min(from.size(), to.size());
    while (head < shorter && Node.sameValue(from.get(head), to.get(head))) {
      head++;
    }
    int tail = 0;
    while (tail < shorter - head
        && Node.sameValue(from.get(from.size() - 1 - tail), to.get(to.size() - 1 - tail))) {
      tail++;
    }
    int fromEnd = from.size() - tail;
    int toEnd = to.size() - tail;
    int both = Math.min(fromEnd, toEnd);
    for (int i = head; i < both; i++) {
      difference(from.get(i), to.get(i), path.index(i), operations);
    }
    for (int i = both; i < toEnd; i++) {
      operations.add(new Operation.Add(path.index(i), to.get(i)));
    }
    for (int i = fromEnd - 1; i >= both; i--) {
      operations.add(new Operation.Remove(path.index(i), from.get(i)));
    }
  }
}
