package pharos.config.resource;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An object as a person edits it: without what the API server writes and nobody else may. */
public final class Manifest {
  private static final Set<String> SERVER_OWNED =
      Set.of(
          "managedFields", "uid", "resourceVersion", "generation", "creationTimestamp", "selfLink");

  /** A copy of the object itself, kept by {@code kubectl apply}. */
  private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

  /** Which change of Pharos wrote the object last; it is set anew by every change. */
  public static final String CHANGE_MARK = "pharos.dev/change";

  private static final List<String> TOP = List.of("apiVersion", "kind", "metadata");
  private static final List<String> METADATA =
      List.of("name", "namespace", "labels", "annotations");

  private Manifest() {}

  /** The YAML text that an editor opens. */
  public static String text(Resource live) {
    Map<String, Node.Mapping.Entry> top = ordered(live.root(), TOP);
    top.remove("status");
    if (live.root().value("metadata") instanceof Node.Mapping metadata) {
      Map<String, Node.Mapping.Entry> kept = ordered(metadata, METADATA);
      kept.keySet().removeAll(SERVER_OWNED);
      if (metadata.value("annotations") instanceof Node.Mapping annotations) {
        Map<String, Node.Mapping.Entry> others = new LinkedHashMap<>(annotations.entries());
        others.remove(LAST_APPLIED);
        others.remove(CHANGE_MARK);
        if (others.isEmpty()) {
          kept.remove("annotations");
        } else {
          kept.put("annotations", entry("annotations", mapping(others)));
        }
      }
      top.put("metadata", entry("metadata", mapping(kept)));
    }
    return YamlText.of(mapping(top));
  }

  /**
   * A draft as the API server would complete it: with the status and the server's fields of the
   * live object, on which some checks depend. Everything that the draft says keeps its place.
   */
  public static Resource completed(Resource draft, @Nullable Resource live) {
    if (live == null) {
      return draft;
    }
    Map<String, Node.Mapping.Entry> top = new LinkedHashMap<>(draft.root().entries());
    Node.Mapping.Entry status = live.root().entries().get("status");
    if (status != null) {
      top.put("status", entry("status", status.value()));
    }
    if (draft.root().value("metadata") instanceof Node.Mapping written
        && live.root().value("metadata") instanceof Node.Mapping known) {
      Map<String, Node.Mapping.Entry> metadata = new LinkedHashMap<>(written.entries());
      for (String field : SERVER_OWNED) {
        Node value = known.value(field);
        if (value != null) {
          metadata.putIfAbsent(field, entry(field, value));
        }
      }
      Node.Mapping.Entry own = draft.root().entries().get("metadata");
      if (own != null) {
        top.put(
            "metadata",
            new Node.Mapping.Entry(
                own.key(),
                own.keyStart(),
                own.keyEnd(),
                new Node.Mapping(metadata, written.start(), written.end())));
      }
    }
    return new Resource(
        draft.key(),
        draft.apiVersion(),
        new Node.Mapping(top, draft.root().start(), draft.root().end()),
        draft.source());
  }

  private static Map<String, Node.Mapping.Entry> ordered(Node.Mapping object, List<String> first) {
    Map<String, Node.Mapping.Entry> ordered = new LinkedHashMap<>();
    for (String key : first) {
      Node.Mapping.Entry entry = object.entries().get(key);
      if (entry != null) {
        ordered.put(key, entry);
      }
    }
    object.entries().forEach(ordered::putIfAbsent);
    return ordered;
  }

  private static Node.Mapping.Entry entry(String key, Node value) {
    return new Node.Mapping.Entry(key, Place.START, Place.START, value);
  }

  private static Node.Mapping mapping(Map<String, Node.Mapping.Entry> entries) {
    return new Node.Mapping(entries, Place.START, Place.START);
  }
}
