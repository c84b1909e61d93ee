package pharos.config.check.traffic.destination;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import pharos.config.check.Check;
import pharos.config.check.Finding;
import pharos.config.check.MeshView;
import pharos.config.istio.Hosts;
import pharos.config.istio.ServiceHosts;
import pharos.config.istio.Visibility;
import pharos.config.resource.Fields;
import pharos.config.resource.Kinds;
import pharos.config.resource.Path;
import pharos.config.resource.Resource;
import pharos.config.resource.ResourceKey.Kind;
import pharos.config.check.traffic.Report;
import pharos.config.check.traffic.Views;
import pharos.config.check.traffic.Bindings;

/** DestinationRules that hide each other, or are looked at by few (R-DR-3 to R-DR-7). */
final class DestinationRuleHidingCheck implements Check {
  private static final String TLS = "tls";

  @Override
  public String name() {
    return "traffic.DestinationRuleHidingCheck";
  }

  @Override
  public Set<Kind> reads() {
    return Set.of(Kinds.DESTINATION_RULE, Kinds.SERVICE, Kinds.SERVICE_ENTRY);
  }

  /** Rules by namespace, wildcards apart: few hosts are wildcards. */
  private record Shelf(Map<String, List<Resource>> exact, List<Resource> wildcards) {}

  @Override
  public void run(MeshView mesh, Consumer<Finding> findings) {
    Map<String, Shelf> shelves = new HashMap<>();
    for (Resource rule : mesh.all(Kinds.DESTINATION_RULE)) {
      Shelf shelf =
          shelves.computeIfAbsent(
              rule.key().namespace(), _ -> new Shelf(new LinkedHashMap<>(), new ArrayList<>()));
      String host = host(rule);
      if (host.startsWith("*")) {
        shelf.wildcards().add(rule);
      } else {
        shelf.exact().computeIfAbsent(host, _ -> new ArrayList<>()).add(rule);
      }
    }
    String root = mesh.mesh().rootNamespace();
    Report report = new Report(name(), findings);
    for (Resource rule : mesh.all(Kinds.DESTINATION_RULE)) {
      if (Fields.has(rule.spec(), "workloadSelector") || host(rule).startsWith("*")) {
        continue;
      }
      inherited(rule, shelves, root, mesh, report);
      String owner = owner(rule, mesh);
      if (!owner.isEmpty()
          && !owner.equals(rule.key().namespace())
          && !root.equals(rule.key().namespace())) {
        foreign(rule, owner, shelves, mesh, report);
      }
    }
    for (Map.Entry<String, Shelf> entry : shelves.entrySet()) {
      if (!entry.getKey().equals(root)) {
        for (Resource wildcard : entry.getValue().wildcards()) {
          wildcard(wildcard, entry.getValue(), shelves, mesh, report);
        }
      }
    }
  }

  private static String host(Resource rule) {
    return Hosts.fullName(Fields.text(rule.spec(), "host"), rule.key().namespace());
  }

  /** Namespace of the Kubernetes Service that the rule is for; empty when it is for none. */
  private static String owner(Resource rule, MeshView mesh) {
    ServiceHosts.Entry entry =
        mesh.index(ServiceHosts.INDEX)
            .find(
                rule.key().namespace(),
                Fields.text(rule.spec(), "host"),
                Fields.texts(rule.spec(), "exportTo"));
    return entry != null && entry.resource().key().kind().equals(Kinds.SERVICE)
        ? entry.resource().key().namespace()
        : "";
  }

  /** Wider rules whose policy a narrower one does not take over. */
  private static void inherited(
      Resource rule, Map<String, Shelf> shelves, String root, MeshView mesh, Report report) {
    Set<String> own = Fields.entries(rule.spec(), "trafficPolicy").keySet();
    for (String namespace : new LinkedHashSet<>(List.of(rule.key().namespace(), root))) {
      Shelf shelf = shelves.get(namespace);
      if (shelf == null) {
        continue;
      }
      for (Resource wider : shelf.wildcards()) {
        Set<String> lost = new TreeSet<>(Fields.entries(wider.spec(), "trafficPolicy").keySet());
        lost.removeAll(own);
        if (automatic(wider, mesh)) {
          lost.remove(TLS);
        }
        if (!lost.isEmpty() && Hosts.subsetOf(host(rule), host(wider))) {
          report.at(
              rule,
              Path.of("spec", "host"),
              DestinationMessage.POLICY_NOT_INHERITED,
              Bindings.nameOf(wider),
              Fields.text(wider.spec(), "host"),
              String.join(", ", lost));
          return;
        }
      }
    }
  }

  /** Mutual TLS comes about by itself, so a rule that asks for it is not missed. */
  private static boolean automatic(Resource rule, MeshView mesh) {
    return Views.config(mesh.mesh()).autoMtls()
        && Fields.text(rule.spec(), "trafficPolicy", TLS, "mode").equals("ISTIO_MUTUAL");
  }

  private static void foreign(
      Resource rule, String owner, Map<String, Shelf> shelves, MeshView mesh, Report report) {
    Shelf shelf = shelves.get(owner);
    List<Resource> hidden =
        shelf == null ? List.of() : shelf.exact().getOrDefault(host(rule), List.of());
    if (!hides(rule, host(rule), hidden, mesh, report)) {
      if (Bindings.scopes(rule, mesh.mesh()).contains(Visibility.EVERYWHERE)) {
        report.at(
            rule,
            Path.of("spec", "host"),
            DestinationMessage.DESTINATION_RULE_ONLY_LOCAL,
            owner,
            rule.key().namespace());
      }
    }
  }

  /** A wildcard of the client's namespace hides what the services' namespaces say. */
  private static void wildcard(
      Resource rule, Shelf own, Map<String, Shelf> shelves, MeshView mesh, Report report) {
    String client = rule.key().namespace();
    for (Map.Entry<String, Shelf> entry : shelves.entrySet()) {
      if (entry.getKey().equals(client)) {
        continue;
      }
      for (Map.Entry<String, List<Resource>> other : entry.getValue().exact().entrySet()) {
        boolean ownRule = own.exact().containsKey(other.getKey());
        if (!ownRule
            && Hosts.subsetOf(other.getKey(), host(rule))
            && owner(other.getValue().getFirst(), mesh).equals(entry.getKey())
            && hides(rule, other.getKey(), other.getValue(), mesh, report)) {
          return;
        }
      }
    }
  }

  private static boolean hides(
      Resource rule, String host, List<Resource> hidden, MeshView mesh, Report report) {
    Set<String> own = subsets(rule);
    for (Resource other : hidden) {
      Set<String> scopes = Bindings.scopes(other, mesh.mesh());
      boolean seen =
          scopes.contains(Visibility.EVERYWHERE) || scopes.contains(rule.key().namespace());
      Set<String> lost = subsets(other);
      lost.removeAll(own);
      if (seen && !lost.isEmpty()) {
        report.at(
            rule,
            Path.of("spec", "host"),
            DestinationMessage.SUBSET_HIDDEN,
            rule.key().namespace(),
            Bindings.nameOf(other),
            host,
            String.join(", ", lost));
        return true;
      }
    }
    return false;
  }

  private static Set<String> subsets(Resource rule) {
    Set<String> names = new TreeSet<>();
    Fields.items(rule.spec(), "subsets").forEach(subset -> names.add(Fields.text(subset, "name")));
    return names;
  }
}
