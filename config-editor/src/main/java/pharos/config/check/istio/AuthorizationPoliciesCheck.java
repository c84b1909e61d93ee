package pharos.config.check.istio;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import pharos.config.check.Check;
import pharos.config.check.Finding;
import pharos.config.check.IstioMessage;
import pharos.config.check.MeshView;
import pharos.config.istio.MeshMembership;
import pharos.config.istio.Pods;
import pharos.config.istio.Selectors;
import pharos.config.resource.Fields;
import pharos.config.resource.Kinds;
import pharos.config.resource.Node;
import pharos.config.resource.Path;
import pharos.config.resource.Resource;
import pharos.config.resource.ResourceKey.Kind;

/** An AuthorizationPolicy selects no workload or names no namespace (catalog 5.4). */
final class AuthorizationPoliciesCheck implements Check {
  @Override
  public String name() {
    return "auth.AuthorizationPoliciesAnalyzer";
  }

  @Override
  public Set<Kind> reads() {
    return Set.of(Kinds.AUTHORIZATION_POLICY, Kinds.NAMESPACE, Kinds.POD);
  }

  @Override
  public void run(MeshView mesh, Consumer<Finding> report) {
    MeshMembership membership = new MeshMembership(mesh.resources());
    for (Resource policy : mesh.all(Kinds.AUTHORIZATION_POLICY)) {
      checkSelector(policy, mesh, membership, report);
      checkNamespaces(policy, mesh, report);
    }
  }

  private void checkSelector(
      Resource policy, MeshView mesh, MeshMembership membership, Consumer<Finding> report) {
    boolean selects = Fields.has(policy.spec(), "selector");
    boolean meshWide = policy.key().namespace().equals(mesh.mesh().rootNamespace());
    if (meshWide && !selects) {
      return;
    }
    Map<String, String> selector = Fields.map(policy.spec(), "selector", "matchLabels");
    Pods pods = mesh.index(Pods.INDEX);
    boolean matches =
        (meshWide ? pods.matching(selector) : pods.matching(policy.key().namespace(), selector))
            .anyMatch(pod -> membership.podInMesh(pod) || MeshMembership.ambientPod(pod));
    if (!matches) {
      report.accept(
          Finding.at(
              policy,
              Path.ROOT,
              name(),
              IstioMessage.NO_MATCHING_WORKLOADS_FOUND,
              Selectors.text(selector)));
    }
  }

  private void checkNamespaces(Resource policy, MeshView mesh, Consumer<Finding> report) {
    List<Node> rules = Fields.items(policy.spec(), "rules");
    for (int r = 0; r < rules.size(); r++) {
      List<Node> sources = Fields.items(rules.get(r), "from");
      for (int s = 0; s < sources.size(); s++) {
        for (String field : List.of("namespaces", "notNamespaces")) {
          List<String> entries = Fields.texts(sources.get(s), "source", field);
          for (int i = 0; i < entries.size(); i++) {
            String entry = entries.get(i);
            if (!exists(entry, mesh)) {
              report.accept(
                  Finding.at(
                      policy,
                      Path.of("spec", "rules", r, "from", s, "source", field, i),
                      name(),
                      IstioMessage.REFERENCED_RESOURCE_NOT_FOUND,
                      "namespace",
                      entry));
            }
          }
        }
      }
    }
  }

  private static boolean exists(String entry, MeshView mesh) {
    return mesh.find(Kinds.NAMESPACE, "", entry) != null
        || mesh.all(Kinds.NAMESPACE).stream()
            .anyMatch(namespace -> names(entry, namespace.key().name()));
  }

  private static boolean names(String entry, String namespace) {
    if (entry.equals("*")) {
      return true;
    }
    if (entry.startsWith("*")) {
      return namespace.endsWith(entry.substring(1));
    }
    return entry.endsWith("*")
        ? namespace.startsWith(entry.substring(0, entry.length() - 1))
        : namespace.equalsIgnoreCase(entry);
  }
}
