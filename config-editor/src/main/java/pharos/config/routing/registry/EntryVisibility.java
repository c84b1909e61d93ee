package pharos.config.routing.registry;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import pharos.config.istio.MeshConfig;
import pharos.config.istio.Selectors;
import pharos.config.istio.Visibility;
import pharos.config.resource.Fields;
import pharos.config.resource.Kinds;
import pharos.config.resource.Node;
import pharos.config.resource.Resource;
import pharos.config.resource.Snapshot;

/** What {@code serviceEntryVisibility} of the mesh leaves of a ServiceEntry's exports (R-VIS-6). */
final class EntryVisibility {
  private static final String SETTING = "serviceEntryVisibility";
  private static final Set<String> NOBODY = Set.of("~");

  private final MeshConfig mesh;
  private final boolean applies;
  private final Map<String, Map<String, String>> namespaceLabels = new HashMap<>();

  EntryVisibility(Snapshot resources, MeshConfig mesh) {
    this.mesh = mesh;
    this.applies = Fields.flag(mesh.tree(), SETTING, "applyToSidecars");
    for (Resource namespace : resources.all(Kinds.NAMESPACE)) {
      namespaceLabels.put(namespace.key().name(), namespace.labels());
    }
  }

  /** Resolved scopes, or fewer; never more. */
  Set<String> narrowed(Set<String> scopes, String namespace) {
    if (!applies) {
      return scopes;
    }
    return switch (visibility(namespace)) {
      case "NONE" -> NOBODY;
      case "NAMESPACE" ->
          scopes.contains(Visibility.EVERYWHERE) || scopes.contains(namespace)
              ? Set.of(namespace)
              : NOBODY;
      default -> scopes;
    };
  }

  /** The first policy whose rules all hold for the namespace decides, else the default. */
  private String visibility(String namespace) {
    Map<String, String> labels = new TreeMap<>(namespaceLabels.getOrDefault(namespace, Map.of()));
    labels.put("kubernetes.io/metadata.name", namespace);
    for (Node policy : Fields.items(mesh.tree(), SETTING, "policies")) {
      boolean holds =
          Fields.items(policy, "matchingRules").stream()
              .allMatch(rule ->
                  Fields.has(rule, "namespaceSelector")
                      && Selectors.matchesSelector(Fields.node(rule, "namespaceSelector"), labels));
      if (holds) {
        return Fields.text(policy, "visibility");
      }
    }
    return Fields.text(mesh.tree(), SETTING, "defaultVisibility");
  }
}
