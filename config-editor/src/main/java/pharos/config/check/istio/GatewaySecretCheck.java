package pharos.config.check.istio;

import pharos.config.resource.ResourceKey;
import pharos.config.istio.Pods;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import pharos.config.check.Check;
import pharos.config.check.Finding;
import pharos.config.check.IstioMessage;
import pharos.config.check.MeshView;
import pharos.config.istio.NameReference;
import pharos.config.istio.Selectors;
import pharos.config.resource.Fields;
import pharos.config.resource.Kinds;
import pharos.config.resource.Node;
import pharos.config.resource.Path;
import pharos.config.resource.Resource;
import pharos.config.resource.ResourceKey.Kind;

/** A Gateway's credential is missing or cannot serve (catalog 5.15). */
final class GatewaySecretCheck implements Check {
  @Override
  public String name() {
    return "gateway.SecretAnalyzer";
  }

  @Override
  public Set<Kind> reads() {
    return Set.of(Kinds.GATEWAY, Kinds.POD, Kinds.SECRET);
  }

  @Override
  public boolean readsClock() {
    return true; // certificates expire
  }

  @Override
  public void run(MeshView mesh, Consumer<Finding> report) {
    // Gateways share certificates, and reading one is work.
    Map<ResourceKey, Boolean> usable = new HashMap<>();
    for (Resource gateway : mesh.all(Kinds.GATEWAY)) {
      Map<String, String> selector = Fields.map(gateway.spec(), "selector");
      Resource workload = mesh.index(Pods.INDEX).matching(selector).findFirst().orElse(null);
      if (workload == null) {
        report.accept(
            Finding.at(
                gateway,
                GatewayPaths.selector(selector),
                name(),
                IstioMessage.REFERENCED_RESOURCE_NOT_FOUND,
                "selector",
                Selectors.text(selector)));
        continue;
      }
      checkCredentials(gateway, workload.key().namespace(), mesh, usable, report);
    }
  }

  private void checkCredentials(
      Resource gateway,
      String namespace,
      MeshView mesh,
      Map<ResourceKey, Boolean> usable,
      Consumer<Finding> report) {
    List<Node> servers = Fields.items(gateway.spec(), "servers");
    for (int i = 0; i < servers.size(); i++) {
      String credential = Fields.text(servers.get(i), "tls", "credentialName");
      if (credential.isEmpty()) {
        continue;
      }
      Path path = Path.of("spec", "servers", i, "tls", "credentialName");
      NameReference reference = NameReference.of(credential, namespace);
      Resource secret = mesh.find(Kinds.SECRET, reference.namespace(), reference.name());
      if (secret == null) {
        report.accept(
            Finding.at(
                gateway,
                path,
                name(),
                IstioMessage.REFERENCED_RESOURCE_NOT_FOUND,
                "credentialName",
                credential));
      } else if (!usable.computeIfAbsent(
          secret.key(), _ -> Credentials.usable(secret, mesh.now()))) {
        report.accept(
            Finding.at(
                gateway,
                path,
                name(),
                IstioMessage.INVALID_GATEWAY_CREDENTIAL,
                gateway.key().name(),
                namespace));
      }
    }
  }
}
