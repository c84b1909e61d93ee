package pharos.config.check.authoring;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import pharos.config.check.Check;
import pharos.config.check.Finding;
import pharos.config.check.MeshView;
import pharos.config.resource.Fields;
import pharos.config.resource.Kinds;
import pharos.config.resource.Node;
import pharos.config.resource.Path;
import pharos.config.resource.Resource;
import pharos.config.resource.ResourceKey.Kind;

/** What a server of a Gateway does without more ado: redirects, and certificates from files. */
final class GatewayServerCheck implements Check {
  @Override
  public String name() {
    return "authoring.GatewayServers";
  }

  @Override
  public Set<Kind> reads() {
    return Set.of(Kinds.GATEWAY, Kinds.VIRTUAL_SERVICE);
  }

  @Override
  public void run(MeshView mesh, Consumer<Finding> report) {
    Set<String> bound = new HashSet<>();
    for (Resource service : mesh.all(Kinds.VIRTUAL_SERVICE)) {
      for (String gateway : Fields.texts(service.spec(), "gateways")) {
        bound.add(gateway.contains("/") ? gateway : service.key().namespace() + "/" + gateway);
      }
    }
    for (Resource gateway : mesh.all(Kinds.GATEWAY)) {
      String name = gateway.key().namespace() + "/" + gateway.key().name();
      List<Node> servers = Fields.items(gateway.spec(), "servers");
      for (int i = 0; i < servers.size(); i++) {
        Path tls = Path.of("spec", "servers", i, "tls");
        if (Fields.flag(servers.get(i), "tls", "httpsRedirect") && !bound.contains(name)) {
          report.accept(
              Finding.at(
                  gateway,
                  tls.key("httpsRedirect"),
                  name(),
                  AuthoringMessage.REDIRECT_WITHOUT_ROUTE,
                  String.join(", ", Fields.texts(servers.get(i), "hosts"))));
        }
        if (Fields.has(servers.get(i), "tls", "serverCertificate")
            && !Fields.has(servers.get(i), "tls", "credentialName")) {
          report.accept(
              Finding.at(
                  gateway,
                  tls.key("serverCertificate"),
                  name(),
                  AuthoringMessage.CERTIFICATE_FILES));
        }
      }
    }
  }
}
