package pharos.config.check.traffic.destination;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import pharos.config.check.Check;
import pharos.config.check.Finding;
import pharos.config.check.MeshView;
import pharos.config.istio.CreationTimes;
import pharos.config.istio.Hosts;
import pharos.config.istio.Visibility;
import pharos.config.resource.Fields;
import pharos.config.resource.Kinds;
import pharos.config.resource.Node;
import pharos.config.resource.Path;
import pharos.config.resource.Resource;
import pharos.config.resource.ResourceKey.Kind;
import pharos.config.check.traffic.Report;
import pharos.config.check.traffic.Bindings;

/** Several DestinationRules for one host in one namespace (section 7.2). */
final class DestinationRuleMergeCheck implements Check {
  @Override
  public String name() {
    return "traffic.DestinationRuleMergeCheck";
  }

  @Override
  public Set<Kind> reads() {
    return Set.of(Kinds.DESTINATION_RULE);
  }

  private record Place(String namespace, String host) {}

  @Override
  public void run(MeshView mesh, Consumer<Finding> findings) {
    Map<Place, List<Resource>> byHost = new LinkedHashMap<>();
    for (Resource rule : mesh.all(Kinds.DESTINATION_RULE)) {
      // What applies to single workloads has rules of its own (R-DR-17).
      if (!Fields.has(rule.spec(), "workloadSelector")) {
        String namespace = rule.key().namespace();
        byHost
            .computeIfAbsent(
                new Place(namespace, Hosts.fullName(Fields.text(rule.spec(), "host"), namespace)),
                _ -> new ArrayList<>())
            .add(rule);
      }
    }
    Report report = new Report(name(), findings);
    for (List<Resource> rules : byHost.values()) {
      List<Resource> byAge = rules.stream().sorted(CreationTimes.ORDER).toList();
      for (int newer = 1; newer < byAge.size(); newer++) {
        Resource rule = byAge.get(newer);
        Resource older = byAge.get(newer - 1);
        if (exportTo(rule).equals(exportTo(older))) {
          partly(rule, byAge.subList(0, newer), report);
        } else if (!widens(rule, older) && meet(rule, older, mesh)) {
          report.at(
              older,
              Path.of("spec", "host"),
              DestinationMessage.DESTINATION_RULES_NOT_MERGED,
              Bindings.nameOf(rule));
        }
      }
    }
  }

  /** Then the newer one is merged into the older one all the same (R-DR-16). */
  private static boolean widens(Resource newer, Resource older) {
    return !exportTo(older).isEmpty() && exportTo(newer).containsAll(exportTo(older));
  }

  private static Set<String> exportTo(Resource rule) {
    return Set.copyOf(Fields.texts(rule.spec(), "exportTo"));
  }

  /** Whether some namespace sees both. */
  private static boolean meet(Resource a, Resource b, MeshView mesh) {
    Set<String> one = Bindings.scopes(a, mesh.mesh());
    Set<String> other = Bindings.scopes(b, mesh.mesh());
    return one.contains(Visibility.EVERYWHERE)
        || other.contains(Visibility.EVERYWHERE)
        || one.stream().anyMatch(other::contains);
  }

  private static void partly(Resource rule, List<Resource> older, Report report) {
    List<Resource> merged =
        older.stream().filter(first -> exportTo(first).equals(exportTo(rule))).toList();
    if (Fields.has(rule.spec(), "trafficPolicy")) {
      merged.stream()
          .filter(first -> Fields.has(first.spec(), "trafficPolicy"))
          .findFirst()
          .ifPresent(first ->
              report.atKey(
                  rule,
                  Path.of("spec", "trafficPolicy"),
                  DestinationMessage.DESTINATION_RULE_PARTLY_IGNORED,
                  "The traffic policy",
                  Bindings.nameOf(first)));
    }
    Map<String, Resource> taken = new HashMap<>();
    for (Resource first : merged) {
      Fields.items(first.spec(), "subsets")
          .forEach(subset -> taken.putIfAbsent(Fields.text(subset, "name"), first));
    }
    List<Node> subsets = Fields.items(rule.spec(), "subsets");
    for (int i = 0; i < subsets.size(); i++) {
      String name = Fields.text(subsets.get(i), "name");
      Resource first = taken.get(name);
      if (first != null) {
        report.at(
            rule,
            Path.of("spec", "subsets", i, "name"),
            DestinationMessage.DESTINATION_RULE_PARTLY_IGNORED,
            "Subset " + name,
            Bindings.nameOf(first));
      }
    }
  }
}
