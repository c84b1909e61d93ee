package pharos.config.reference;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import pharos.config.istio.NameReference;
import pharos.config.istio.Selectors;
import pharos.config.istio.ServiceHosts;
import pharos.config.reference.Reference.Role;
import pharos.config.resource.Fields;
import pharos.config.resource.Kinds;
import pharos.config.resource.Node;
import pharos.config.resource.Path;
import pharos.config.resource.Resource;
import pharos.config.resource.ResourceKey;
import pharos.config.resource.ResourceKey.Kind;

/** Collects the references of one object. */
final class ReferenceReader {
  private final Resource resource;
  private final Targets targets;
  private final List<Reference> found = new ArrayList<>();

  ReferenceReader(Resource resource, Targets targets) {
    this.resource = resource;
    this.targets = targets;
  }

  Resource resource() {
    return resource;
  }

  Kind kind() {
    return resource.key().kind();
  }

  @Nullable Node spec() {
    return resource.spec();
  }

  String namespace() {
    return resource.key().namespace();
  }

  Targets targets() {
    return targets;
  }

  List<Reference> found() {
    return found;
  }

  void add(Path path, Role role, String text, List<ResourceKey> to, Kind wanted) {
    found.add(new Reference(resource.key(), path, role, text, to, wanted));
  }

  /** A reference by namespace and name. */
  void object(Path path, Role role, String text, Kind kind, String namespace, String name) {
    ResourceKey key = targets.object(kind, namespace, name);
    add(path, role, text, key == null ? List.of() : List.of(key), kind);
  }

  /** A reference written {@code name} or {@code namespace/name}. */
  void named(Path path, Role role, String text, Kind kind) {
    NameReference name = NameReference.of(text, namespace());
    object(path, role, text, kind, name.namespace(), name.name());
  }

  /** A host that must stand for a service. */
  void host(Path path, Role role, String host) {
    if (!host.isEmpty()) {
      ServiceHosts.Entry entry = targets.service(host, namespace());
      add(
          path,
          role,
          host,
          entry == null ? List.of() : List.of(entry.resource().key()),
          Kinds.SERVICE);
    }
  }

  /** A host that may stand for a service, or for a name that only clients outside know. */
  void possibleHost(Path path, Role role, String host) {
    ServiceHosts.Entry entry = host.isEmpty() ? null : targets.service(host, namespace());
    if (entry != null) {
      add(path, role, host, List.of(entry.resource().key()), Kinds.SERVICE);
    }
  }

  /** Workloads by labels; nothing when there are no labels, which means all. */
  void workloads(Path path, Map<String, String> labels, List<ResourceKey> to) {
    if (!labels.isEmpty()) {
      add(path, Role.WORKLOADS, Selectors.text(labels), to, Kinds.DEPLOYMENT);
    }
  }

  /** {@code targetRef} and {@code targetRefs} of policies. */
  void targetRefs() {
    if (Fields.has(spec(), "targetRef")) {
      typed(Path.of("spec", "targetRef"), Role.TARGET, Fields.node(spec(), "targetRef"), "Gateway");
    }
    List<Node> refs = Fields.items(spec(), "targetRefs");
    for (int i = 0; i < refs.size(); i++) {
      typed(Path.of("spec", "targetRefs", i), Role.TARGET, refs.get(i), "Gateway");
    }
  }

  /**
   * A reference that names group, kind, namespace and name.
   *
   * @param otherwise the kind when none is written
   */
  void typed(Path path, Role role, @Nullable Node ref, String otherwise) {
    String name = Fields.text(ref, "name");
    if (name.isEmpty()) {
      return;
    }
    String kind = Fields.text(ref, "kind").isEmpty() ? otherwise : Fields.text(ref, "kind");
    String group =
        Fields.has(ref, "group")
            ? Fields.text(ref, "group")
            : kind.equals("Gateway") ? Kinds.K8S_GATEWAY.group() : "";
    Kind wanted = new Kind(group, kind);
    Kinds.Facts facts = Kinds.facts(wanted);
    String namespace =
        facts != null && !facts.namespaced()
            ? ""
            : Fields.has(ref, "namespace") ? Fields.text(ref, "namespace") : namespace();
    String text =
        namespace.isEmpty() || namespace.equals(namespace()) ? name : namespace + "/" + name;
    object(path.key("name"), role, text, wanted, namespace, name);
  }
}
