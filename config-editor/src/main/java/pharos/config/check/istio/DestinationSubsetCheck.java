package pharos.config.check.istio;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import pharos.config.check.Check;
import pharos.config.check.Finding;
import pharos.config.check.IstioMessage;
import pharos.config.check.MeshView;
import pharos.config.istio.NameReference;
import pharos.config.resource.Fields;
import pharos.config.resource.Kinds;
import pharos.config.resource.Node;
import pharos.config.resource.Resource;
import pharos.config.resource.ResourceKey.Kind;

/** Routes to subsets that no DestinationRule defines (catalog 5.30). */
final class DestinationSubsetCheck implements Check {
  @Override
  public String name() {
    return "virtualservice.DestinationRuleAnalyzer";
  }

  @Override
  public Set<Kind> reads() {
    return Set.of(Kinds.VIRTUAL_SERVICE, Kinds.DESTINATION_RULE);
  }

  @Override
  public void run(MeshView mesh, Consumer<Finding> report) {
    Set<String> known = new HashSet<>();
    for (Resource rule : mesh.all(Kinds.DESTINATION_RULE)) {
      NameReference host =
          NameReference.ofHost(Fields.text(rule.spec(), "host"), rule.key().namespace());
      for (Node subset : Fields.items(rule.spec(), "subsets")) {
        known.add(host + "+" + Fields.text(subset, "name"));
      }
    }
    for (Resource service : mesh.all(Kinds.VIRTUAL_SERVICE)) {
      for (Destinations.Destination destination : Destinations.of(service)) {
        NameReference host = NameReference.ofHost(destination.host(), service.key().namespace());
        if (!destination.subset().isEmpty() && !known.contains(host + "+" + destination.subset())) {
          report.accept(
              Finding.at(
                  service,
                  destination.path().key("subset"),
                  name(),
                  IstioMessage.REFERENCED_RESOURCE_NOT_FOUND,
                  destination.mirror()
                      ? "mirror+subset in destinationrule"
                      : "host+subset in destinationrule",
                  destination.host() + "+" + destination.subset()));
        }
      }
    }
  }
}
