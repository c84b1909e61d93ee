package pharos.config.check.istio;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import pharos.config.check.Finding;
import pharos.config.check.IstioMessage;
import pharos.config.check.MeshView;
import pharos.config.check.ObjectCheck;
import pharos.config.resource.Fields;
import pharos.config.resource.Kinds;
import pharos.config.resource.Node;
import pharos.config.resource.Path;
import pharos.config.resource.Resource;
import pharos.config.resource.ResourceKey.Kind;

/** Tracing goes to a Lightstep provider, which Istio gives up (catalog 5.36). */
final class LightstepCheck implements ObjectCheck {
  @Override
  public String name() {
    return "telemetry.LightstepAnalyzer";
  }

  @Override
  public Set<Kind> reads() {
    return Set.of(Kinds.TELEMETRY);
  }

  @Override
  public void check(Resource telemetry, MeshView.MeshSettings mesh, Consumer<Finding> report) {
    Set<String> providers = new HashSet<>();
    for (Node provider : Fields.items(mesh.meshConfig(), "extensionProviders")) {
      if (Fields.has(provider, "lightstep")) {
        providers.add(Fields.text(provider, "name"));
      }
    }
    List<Node> tracing = Fields.items(telemetry.spec(), "tracing");
    for (int i = 0; i < tracing.size(); i++) {
      List<Node> named = Fields.items(tracing.get(i), "providers");
      for (int j = 0; j < named.size(); j++) {
        String name = Fields.text(named.get(j), "name");
        if (providers.contains(name)) {
          report.accept(
              Finding.at(
                  telemetry,
                  Path.of("spec", "tracing", i, "providers", j, "name"),
                  name(),
                  IstioMessage.DEPRECATED,
                  "The Lightstep provider %s is deprecated, please migrate to OpenTelemetry provider."
                      .formatted(name)));
        }
      }
    }
  }
}
