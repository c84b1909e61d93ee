package pharos.config.routing.gatewayapi;

import org.jspecify.annotations.Nullable;
import pharos.config.resource.Fields;
import pharos.config.resource.Node;
import pharos.config.resource.ResourceKey;

/**
 * A reference of the Gateway API with its defaults filled in.
 *
 * @param namespace as written or the one of the object that refers
 * @param namespaced whether a namespace was written
 */
record Reference(ResourceKey.Kind kind, String namespace, String name, boolean namespaced) {

  /** Reads a reference; group and kind default to the given kind, each on its own. */
  static Reference of(@Nullable Node node, ResourceKey.Kind defaults, String localNamespace) {
    String group = Fields.has(node, "group") ? Fields.text(node, "group") : defaults.group();
    String kind = Fields.has(node, "kind") ? Fields.text(node, "kind") : defaults.name();
    boolean namespaced = Fields.has(node, "namespace");
    return new Reference(
        new ResourceKey.Kind(group, kind),
        namespaced ? Fields.text(node, "namespace") : localNamespace,
        Fields.text(node, "name"),
        namespaced);
  }

  ResourceKey key() {
    return new ResourceKey(kind, namespace, name);
  }

  @Override
  public String toString() {
    return kind.name() + " " + namespace + "/" + name;
  }
}
