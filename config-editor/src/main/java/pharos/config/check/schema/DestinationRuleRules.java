package pharos.config.check.schema;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import pharos.config.resource.Fields;
import pharos.config.resource.Node;
import pharos.config.resource.Path;
import pharos.config.resource.Resource;

/** DestinationRule (analysis catalog 6.3). */
final class DestinationRuleRules implements KindRules {
  @Override
  public void apply(Resource rule, boolean withMetadata, Verdicts verdicts) {
    Path spec = Path.of("spec");
    String namespace = rule.key().namespace();
    verdicts.errorIf(spec.key("host"), Names.wildcardDomain(Fields.text(rule.spec(), "host")));
    TrafficPolicyRules.apply(
        Fields.node(rule.spec(), "trafficPolicy"), namespace, spec.key("trafficPolicy"), verdicts);
    Set<String> names = new HashSet<>();
    List<Node> subsets = Fields.items(rule.spec(), "subsets");
    for (int i = 0; i < subsets.size(); i++) {
      Path path = spec.key("subsets").index(i);
      String name = Fields.text(subsets.get(i), "name");
      verdicts.errorIf(!names.add(name), path.key("name"), "duplicate subset names: " + name);
      verdicts.errorIf(path.key("name"), Names.subsetName(name));
      Names.labelsMap(Fields.map(subsets.get(i), "labels"), path.key("labels"), verdicts);
      TrafficPolicyRules.apply(
          Fields.node(subsets.get(i), "trafficPolicy"),
          namespace,
          path.key("trafficPolicy"),
          verdicts.errorsOnly());
    }
    Node selector = Fields.node(rule.spec(), "workloadSelector");
    SharedRules.exportTo(
        Fields.texts(rule.spec(), "exportTo"), namespace, false, selector != null, verdicts);
    SharedRules.matchLabels(selector, spec.key("workloadSelector"), verdicts);
  }
}
