package pharos.config.check.istio;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import pharos.config.check.Check;
import pharos.config.check.Finding;
import pharos.config.check.IstioMessage;
import pharos.config.check.MeshView;
import pharos.config.resource.Fields;
import pharos.config.resource.Kinds;
import pharos.config.resource.Node;
import pharos.config.resource.Path;
import pharos.config.resource.Resource;
import pharos.config.resource.ResourceKey.Kind;

/** Networks whose endpoints come from a registry that nobody knows (catalog 5.23). */
final class MeshNetworksCheck implements Check {
  @Override
  public String name() {
    return "meshnetworks.MeshNetworksAnalyzer";
  }

  @Override
  public Set<Kind> reads() {
    return Set.of(Kinds.SECRET);
  }

  @Override
  public void run(MeshView mesh, Consumer<Finding> report) {
    Set<String> known = new HashSet<>(Set.of("Mock", "Kubernetes", "External"));
    for (Resource secret : mesh.all(Kinds.SECRET)) {
      if ("true".equals(secret.labels().get("istio/multiCluster"))) {
        known.addAll(Fields.map(secret.root(), "data").keySet());
        known.addAll(Fields.map(secret.root(), "stringData").keySet());
      }
    }
    Resource networks = mesh.mesh().meshNetworksResource();
    if (networks == null) {
      return;
    }
    Fields.entries(networks.root(), "networks")
        .forEach((network, definition) -> {
          for (Node endpoint : Fields.items(definition, "endpoints")) {
            String registry = Fields.text(endpoint, "fromRegistry");
            if (!registry.isEmpty() && !known.contains(registry)) {
              report.accept(
                  Finding.at(
                      networks,
                      Path.of("networks", network, "endpoints"),
                      name(),
                      IstioMessage.UNKNOWN_MESH_NETWORKS_SERVICE_REGISTRY,
                      registry,
                      network));
            }
          }
        });
  }
}
