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

/** A TCP ServiceEntry without addresses catches traffic to every address (catalog 5.26). */
final class ServiceEntryAddressesCheck implements ObjectCheck {
  @Override
  public String name() {
    return "serviceentry.Analyzer";
  }

  @Override
  public Set<Kind> reads() {
    return Set.of(Kinds.SERVICE_ENTRY);
  }

  @Override
  public void check(Resource entry, MeshView.MeshSettings mesh, Consumer<Finding> report) {
    Node proxy = Fields.node(mesh.meshConfig(), "defaultConfig", "proxyMetadata");
    boolean allocates =
        Fields.text(proxy, "ISTIO_META_DNS_CAPTURE").equals("true")
            && (Fields.text(proxy, "ISTIO_META_DNS_AUTO_ALLOCATE").equals("true")
                || Fields.text(proxy, "PILOT_ENABLE_IP_AUTOALLOCATE").equals("true"));
    boolean addressed =
        allocates
            || !Fields.items(entry.spec(), "addresses").isEmpty()
            || !Fields.items(entry.root(), "status", "addresses").isEmpty();
    List<Node> ports = Fields.items(entry.spec(), "ports");
    for (int i = 0; i < ports.size() && !addressed; i++) {
      String protocol = Fields.text(ports.get(i), "protocol");
      if (protocol.isEmpty() || protocol.equalsIgnoreCase("TCP")) {
        report.accept(
            Finding.at(
                entry,
                Path.of("spec", "ports", i, "name"),
                name(),
                IstioMessage.SERVICE_ENTRY_ADDRESSES_REQUIRED));
      }
    }
  }
}
