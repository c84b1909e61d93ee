package pharos.config.check.istio;

import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import pharos.config.check.Check;
import pharos.config.check.Finding;
import pharos.config.check.IstioMessage;
import pharos.config.check.MeshView;
import pharos.config.istio.Selectors;
import pharos.config.resource.Fields;
import pharos.config.resource.Kinds;
import pharos.config.resource.Node;
import pharos.config.resource.Path;
import pharos.config.resource.Resource;
import pharos.config.resource.ResourceKey.Kind;

/**
 * Two Gateways of one workload use the same certificate, so browsers re-use connections between
 * them (catalog 5.14).
 */
final class GatewayCertificateCheck implements Check {
  @Override
  public String name() {
    return "gateway.CertificateAnalyzer";
  }

  @Override
  public Set<Kind> reads() {
    return Set.of(Kinds.GATEWAY);
  }

  @Override
  public void run(MeshView mesh, Consumer<Finding> report) {
    List<Resource> gateways = mesh.all(Kinds.GATEWAY);
    for (Resource a : gateways) {
      for (Resource b : gateways) {
        if (a.equals(b)
            || !Selectors.matches(
                Fields.map(a.spec(), "selector"), Fields.map(b.spec(), "selector"))) {
          continue;
        }
        for (Node serverA : Fields.items(a.spec(), "servers")) {
          for (Node serverB : Fields.items(b.spec(), "servers")) {
            if (sameCertificate(Fields.node(serverA, "tls"), Fields.node(serverB, "tls"))) {
              report.accept(
                  Finding.at(
                      a,
                      Path.of("metadata", "name"),
                      name(),
                      IstioMessage.GATEWAY_DUPLICATE_CERTIFICATE,
                      List.of(nameOf(a), nameOf(b))));
            }
          }
        }
      }
    }
  }

  private static String nameOf(Resource gateway) {
    return gateway.key().namespace() + "/" + gateway.key().name();
  }

  private static boolean sameCertificate(@Nullable Node a, @Nullable Node b) {
    if (a == null || b == null) {
      return false;
    }
    String credential = Fields.text(a, "credentialName");
    if (!credential.isEmpty() || !Fields.text(b, "credentialName").isEmpty()) {
      return credential.equals(Fields.text(b, "credentialName"));
    }
    return sameFile(a, b, "serverCertificate") && sameFile(a, b, "privateKey");
  }

  private static boolean sameFile(Node a, Node b, String field) {
    String file = Fields.text(a, field);
    return !file.isEmpty() && file.equals(Fields.text(b, field));
  }
}
