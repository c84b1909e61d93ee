package pharos.config.routing.gatewayapi;

import java.util.HashSet;
import java.util.Set;
import pharos.config.resource.Fields;
import pharos.config.resource.Kinds;
import pharos.config.resource.Node;
import pharos.config.resource.Resource;
import pharos.config.resource.ResourceKey;
import pharos.config.resource.Snapshot;

/** Which objects may refer to which objects of other namespaces (R-GWAPI-15). */
final class ReferenceGrants {
  private static final String ANY_NAME = "";

  private final Set<Grant> grants;

  private ReferenceGrants(Set<Grant> grants) {
    this.grants = grants;
  }

  private record Grant(
      ResourceKey.Kind from,
      String fromNamespace,
      ResourceKey.Kind to,
      String toNamespace,
      String toName) {}

  /** The grants of a snapshot. A grant lives in the namespace of its targets. */
  static ReferenceGrants of(Snapshot resources) {
    Set<Grant> grants = new HashSet<>();
    for (Resource grant : resources.all(Kinds.REFERENCE_GRANT)) {
      for (Node from : Fields.items(grant.spec(), "from")) {
        for (Node to : Fields.items(grant.spec(), "to")) {
          grants.add(
              new Grant(
                  kind(from),
                  Fields.text(from, "namespace"),
                  kind(to),
                  grant.key().namespace(),
                  Fields.text(to, "name")));
        }
      }
    }
    return new ReferenceGrants(grants);
  }

  private static ResourceKey.Kind kind(Node node) {
    return new ResourceKey.Kind(Fields.text(node, "group"), Fields.text(node, "kind"));
  }

  /** Whether an object of a kind and namespace may refer to a target. */
  boolean allow(ResourceKey.Kind from, String fromNamespace, Reference to) {
    return grants.contains(new Grant(from, fromNamespace, to.kind(), to.namespace(), ANY_NAME))
        || grants.contains(new Grant(from, fromNamespace, to.kind(), to.namespace(), to.name()));
  }
}
