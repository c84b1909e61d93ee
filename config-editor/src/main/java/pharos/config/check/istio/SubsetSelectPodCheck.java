package pharos.config.check.istio;

import pharos.config.istio.Pods;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import pharos.config.check.Check;
import pharos.config.check.Finding;
import pharos.config.check.IstioMessage;
import pharos.config.check.MeshView;
import pharos.config.istio.ServiceHosts;
import pharos.config.resource.Fields;
import pharos.config.resource.Kinds;
import pharos.config.resource.Node;
import pharos.config.resource.Path;
import pharos.config.resource.Resource;
import pharos.config.resource.ResourceKey.Kind;

/** A DestinationRule's host is unknown, or a subset of it selects no Pod (catalog 5.10). */
final class SubsetSelectPodCheck implements Check {
  @Override
  public String name() {
    return "destinationrule.SubsetSelectPodAnalyzer";
  }

  @Override
  public Set<Kind> reads() {
    return Set.of(
        Kinds.DESTINATION_RULE, Kinds.POD, Kinds.SERVICE, Kinds.SERVICE_ENTRY, Kinds.NODE);
  }

  @Override
  public void run(MeshView mesh, Consumer<Finding> report) {
    ServiceHosts hosts = mesh.index(ServiceHosts.INDEX);
    Pods pods = mesh.index(Pods.WITH_NODE_LABELS);
    for (Resource rule : mesh.all(Kinds.DESTINATION_RULE)) {
      String host = Fields.text(rule.spec(), "host");
      ServiceHosts.Entry entry =
          hosts.find(rule.key().namespace(), host, Fields.texts(rule.spec(), "exportTo"));
      if (entry == null) {
        report.accept(
            Finding.at(
                rule,
                Path.of("spec", "host"),
                name(),
                IstioMessage.UNKNOWN_DESTINATION_RULE_HOST,
                host));
        continue;
      }
      // Of subsets with the same name the last one counts.
      Map<String, Integer> byName = new LinkedHashMap<>();
      List<Node> subsets = Fields.items(rule.spec(), "subsets");
      for (int i = 0; i < subsets.size(); i++) {
        byName.put(Fields.text(subsets.get(i), "name"), i);
      }
      byName.forEach((subset, i) -> {
        Map<String, String> selector = new HashMap<>(entry.workloadSelector());
        selector.putAll(Fields.map(subsets.get(i), "labels"));
        if (pods.matching(selector).findAny().isEmpty()) {
          report.accept(
              Finding.at(
                  rule,
                  Path.of("spec", "subsets", i, "name"),
                  name(),
                  IstioMessage.DESTINATION_RULE_SUBSET_NOT_SELECT_PODS,
                  subset));
        }
      });
    }
  }
}
