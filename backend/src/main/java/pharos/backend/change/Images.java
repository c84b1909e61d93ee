package pharos.backend.change;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import pharos.config.resource.DocumentReader;
import pharos.config.resource.Fields;
import pharos.config.resource.Limits;
import pharos.config.resource.Manifest;
import pharos.config.resource.Node;
import pharos.config.resource.Place;
import pharos.config.resource.Resource;
import pharos.config.resource.ResourceKey;

/** Whole objects: what is sent for a draft, what undoes it, and when two are the same. */
final class Images {
  private static final String METADATA = "metadata";
  private static final String ANNOTATIONS = "annotations";
  private static final String STATUS = "status";

  /** What the API server alone writes, and a write must repeat. */
  private static final Set<String> IDENTITY =
      Set.of("uid", "resourceVersion", "generation", "creationTimestamp", "selfLink");

  private static final String MANAGED_FIELDS = "managedFields";

  /** Kept by {@code kubectl apply}; nobody edits it, and it must not get lost. */
  private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

  private Images() {}

  /** Reads an object that an API server sent. */
  static Node.Mapping read(String json) {
    if (DocumentReader.value(json, Limits.DEFAULT) instanceof Node.Mapping object) {
      return object;
    }
    throw new ChangeFailure.ClusterAway("The API server answered with something unreadable.");
  }

  /**
   * What is sent for a draft: everything that it says, with the identity, the status and the notes
   * of {@code kubectl} that the live object has.
   *
   * @param live null when the object is created
   */
  static Node.Mapping after(Resource draft, Node.@Nullable Mapping live) {
    Map<String, Node.Mapping.Entry> top = new LinkedHashMap<>(draft.root().entries());
    top.remove(STATUS);
    Map<String, Node.Mapping.Entry> metadata = entries(draft.root(), METADATA);
    metadata.keySet().removeAll(IDENTITY);
    metadata.remove(MANAGED_FIELDS);
    put(metadata, "name", text(draft.key().name()));
    if (!draft.key().namespace().isEmpty()) {
      put(metadata, "namespace", text(draft.key().namespace()));
    }
    if (live != null) {
      Node liveMetadata = live.value(METADATA);
      for (String field : IDENTITY) {
        putIfThere(metadata, field, Fields.node(liveMetadata, field));
      }
      Node kept = Fields.node(liveMetadata, ANNOTATIONS, LAST_APPLIED);
      if (kept != null) {
        Map<String, Node.Mapping.Entry> annotations = entries(mapping(metadata), ANNOTATIONS);
        put(annotations, LAST_APPLIED, kept);
        put(metadata, ANNOTATIONS, mapping(annotations));
      }
      putIfThere(top, STATUS, live.value(STATUS));
    }
    put(top, METADATA, mapping(metadata));
    return live == null ? mapping(top) : (Node.Mapping) inOrderOf(mapping(top), live);
  }

  /**
   * The same values with keys in the order of another tree, new ones behind: order means nothing to
   * an API server, and a difference of texts should show what does mean something.
   */
  private static Node inOrderOf(Node node, @Nullable Node model) {
    return switch (node) {
      case Node.Mapping mapping when model instanceof Node.Mapping known -> {
        Map<String, Node.Mapping.Entry> ordered = new LinkedHashMap<>();
        for (String key : known.entries().keySet()) {
          Node value = mapping.value(key);
          if (value != null) {
            put(ordered, key, inOrderOf(value, known.value(key)));
          }
        }
        mapping.entries().forEach(ordered::putIfAbsent);
        yield mapping(ordered);
      }
      case Node.Sequence sequence when model instanceof Node.Sequence known -> {
        List<Node> items = new ArrayList<>();
        for (Node item : sequence.items()) {
          items.add(inOrderOf(item, known.get(items.size())));
        }
        yield new Node.Sequence(items, Place.START, Place.START);
      }
      default -> node;
    };
  }

  /** The same with our mark. */
  static Node.Mapping marked(Node.Mapping object, String mark) {
    Map<String, Node.Mapping.Entry> metadata = entries(object, METADATA);
    Map<String, Node.Mapping.Entry> annotations = entries(mapping(metadata), ANNOTATIONS);
    put(annotations, Manifest.CHANGE_MARK, text(mark));
    put(metadata, ANNOTATIONS, mapping(annotations));
    return with(object, METADATA, mapping(metadata));
  }

  /** The mark that an object carries; empty when it has none. */
  static String mark(Node.Mapping object) {
    return Fields.text(object, METADATA, ANNOTATIONS, Manifest.CHANGE_MARK);
  }

  /** The old object over what stands there now: its content, and the present identity. */
  static Node.Mapping restored(Node.Mapping before, Node.Mapping now) {
    Map<String, Node.Mapping.Entry> metadata = entries(before, METADATA);
    metadata.remove(MANAGED_FIELDS);
    for (String field : IDENTITY) {
      metadata.remove(field);
      putIfThere(metadata, field, Fields.node(now, METADATA, field));
    }
    Map<String, Node.Mapping.Entry> top = new LinkedHashMap<>(before.entries());
    put(top, METADATA, mapping(metadata));
    top.remove(STATUS);
    putIfThere(top, STATUS, now.value(STATUS));
    return mapping(top);
  }

  /** An object without what only an API server can say: what a person wrote. */
  static Node.Mapping content(Node.Mapping object) {
    Map<String, Node.Mapping.Entry> metadata = entries(object, METADATA);
    metadata.keySet().removeAll(IDENTITY);
    metadata.remove(MANAGED_FIELDS);
    Map<String, Node.Mapping.Entry> top = new LinkedHashMap<>(object.entries());
    put(top, METADATA, mapping(metadata));
    top.remove(STATUS);
    return mapping(top);
  }

  /** The content without our mark: what a person means by "the same". */
  static Node.Mapping unmarked(Node.Mapping object) {
    Map<String, Node.Mapping.Entry> metadata = entries(object, METADATA);
    Map<String, Node.Mapping.Entry> annotations = entries(mapping(metadata), ANNOTATIONS);
    annotations.remove(Manifest.CHANGE_MARK);
    if (annotations.isEmpty()) {
      metadata.remove(ANNOTATIONS);
    } else {
      put(metadata, ANNOTATIONS, mapping(annotations));
    }
    return with(object, METADATA, mapping(metadata));
  }

  /** Equal but for what the API server writes, our mark included. */
  static boolean sameContent(Node.Mapping one, Node.Mapping other) {
    return Node.sameValue(content(one), content(other));
  }

  static String uid(Node.Mapping object) {
    return Fields.text(object, METADATA, "uid");
  }

  static String resourceVersion(Node.Mapping object) {
    return Fields.text(object, METADATA, "resourceVersion");
  }

  /** As a resource of the cluster. */
  static Resource resource(ResourceKey key, Node.Mapping object) {
    return new Resource(key, Fields.text(object, "apiVersion"), object, Resource.Source.LIVE);
  }

  static Node.Mapping with(Node.Mapping object, String field, Node value) {
    Map<String, Node.Mapping.Entry> entries = new LinkedHashMap<>(object.entries());
    put(entries, field, value);
    return mapping(entries);
  }

  private static Map<String, Node.Mapping.Entry> entries(Node.Mapping object, String field) {
    return object.value(field) instanceof Node.Mapping mapping
        ? new LinkedHashMap<>(mapping.entries())
        : new LinkedHashMap<>();
  }

  private static void putIfThere(
      Map<String, Node.Mapping.Entry> entries, String key, @Nullable Node value) {
    if (value != null) {
      put(entries, key, value);
    }
  }

  private static void put(Map<String, Node.Mapping.Entry> entries, String key, Node value) {
    entries.put(key, new Node.Mapping.Entry(key, Place.START, Place.START, value));
  }

  private static Node.Mapping mapping(Map<String, Node.Mapping.Entry> entries) {
    return new Node.Mapping(entries, Place.START, Place.START);
  }

  private static Node text(String text) {
    return new Node.Scalar(text, text, true, Place.START, Place.START);
  }
}
