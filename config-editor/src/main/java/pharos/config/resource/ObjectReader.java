package pharos.config.resource;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes a document's tree for a Kubernetes object, or for a list of them. */
final class ObjectReader {
  private final String file;
  private final int line;
  private final List<Resource> resources;
  private final List<Refusal> refusals;

  ObjectReader(String file, int line, List<Resource> resources, List<Refusal> refusals) {
    this.file = file;
    this.line = line;
    this.resources = resources;
    this.refusals = refusals;
  }

  void read(Node root) {
    if (root instanceof Node.Scalar scalar && scalar.value() == null) {
      return;
    }
    if (!(root instanceof Node.Mapping object)) {
      refuse(root, Refusal.FOREIGN + ": it is " + article(root.typeName()));
      return;
    }
    String kind = text(object, "kind");
    if (kind != null
        && kind.endsWith("List")
        && object.value("items") instanceof Node.Sequence items) {
      for (Node item : items.items()) {
        new ObjectReader(file, item.start().line(), resources, refusals).read(item);
      }
      return;
    }
    String apiVersion = text(object, "apiVersion");
    if (!object.entries().containsKey("apiVersion") && !object.entries().containsKey("kind")) {
      refuse(object, Refusal.FOREIGN + ": it has neither apiVersion nor kind");
      return;
    }
    if (apiVersion == null || kind == null) {
      refuse(object, "an object needs the texts apiVersion and kind");
      return;
    }
    Node metadata = object.value("metadata");
    String name = metadata == null ? null : text(metadata, "name");
    String namespace = metadata == null ? null : text(metadata, "namespace");
    int slash = apiVersion.indexOf('/');
    String group = slash < 0 ? "" : apiVersion.substring(0, slash);
    resources.add(
        new Resource(
            new ResourceKey(
                new ResourceKey.Kind(group, kind),
                namespace == null ? "" : namespace,
                name == null ? "" : name),
            apiVersion,
            object,
            new Resource.Source(file, line)));
  }

  private static @Nullable String text(Node node, String key) {
    return node.get(key) instanceof Node.Scalar scalar ? scalar.string() : null;
  }

  private static String article(String type) {
    return switch (type) {
      case "object", "array", "integer" -> "an " + type;
      case "null" -> type;
      default -> "a " + type;
    };
  }

  private void refuse(Node at, String reason) {
    refusals.add(new Refusal(file, at.start(), reason));
  }
}
