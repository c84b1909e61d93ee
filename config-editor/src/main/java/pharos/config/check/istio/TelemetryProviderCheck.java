package pharos.config.check.istio;

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

/** Access logging is asked for, but no provider is named anywhere (catalog 5.35). */
final class TelemetryProviderCheck implements ObjectCheck {
  @Override
  public String name() {
    return "telemetry.ProviderAnalyzer";
  }

  @Override
  public Set<Kind> reads() {
    return Set.of(Kinds.TELEMETRY);
  }

  @Override
  public void check(Resource telemetry, MeshView.MeshSettings mesh, Consumer<Finding> report) {
    if (!Fields.items(mesh.meshConfig(), "defaultProviders", "accessLogging").isEmpty()) {
      return;
    }
    List<Node> entries = Fields.items(telemetry.spec(), "accessLogging");
    for (int i = 0; i < entries.size(); i++) {
      if (!Fields.flag(entries.get(i), "disabled")
          && Fields.items(entries.get(i), "providers").isEmpty()) {
        report.accept(
            Finding.at(
                telemetry,
                Path.of("spec", "accessLogging", i),
                name(),
                IstioMessage.INVALID_TELEMETRY_PROVIDER,
                telemetry.key().name(),
                telemetry.key().namespace()));
      }
    }
  }
}
