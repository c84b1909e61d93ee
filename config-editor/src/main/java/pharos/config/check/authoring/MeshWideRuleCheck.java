package pharos.config.check.authoring;

import java.util.Set;
import java.util.function.Consumer;
import pharos.config.check.Finding;
import pharos.config.check.MeshView;
import pharos.config.check.ObjectCheck;
import pharos.config.resource.Fields;
import pharos.config.resource.Kinds;
import pharos.config.resource.Path;
import pharos.config.resource.Resource;
import pharos.config.resource.ResourceKey.Kind;

/** A DestinationRule for all hosts in the root namespace, which other rules replace (R-DR-3). */
record MeshWideRuleCheck() implements ObjectCheck {
  @Override
  public String name() {
    return "authoring.MeshWideRule";
  }

  @Override
  public Set<Kind> reads() {
    return Set.of(Kinds.DESTINATION_RULE);
  }

  @Override
  public void check(Resource resource, MeshView.MeshSettings mesh, Consumer<Finding> report) {
    boolean everyHost = Fields.text(resource.spec(), "host").equals("*");
    if (everyHost
        && resource.key().namespace().equals(mesh.rootNamespace())
        && Fields.has(resource.spec(), "trafficPolicy")
        && !Fields.has(resource.spec(), "workloadSelector")) {
      report.accept(
          Finding.at(resource, Path.of("spec", "host"), name(), AuthoringMessage.MESH_WIDE_RULE));
    }
  }
}
