package pharos.config.check.istio;

import java.util.Map;
import java.util.LinkedHashMap;
import java.util.ArrayList;
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
    Map<List<String>, List<Resource>> servers = new LinkedHashMap<>();
    for (Resource gateway : mesh.all(Kinds.GATEWAY)) {
      for (Node server : Fields.items(gateway.spec(), "servers")) {
        List<String> certificate = certificate(Fields.node(server, "tls"));
        if (!certificate.isEmpty()) {
          servers.computeIfAbsent(certificate, _ -> new ArrayList<>()).add(gateway);
        }
      }
    }
    servers.values().forEach(sharing -> check(sharing, report));
  }

  private void check(List<Resource> sharing, Consumer<Finding> report) {
    for (Resource a : sharing) {
      for (Resource b : sharing) {
        if (a != b
            && Selectors.matches(
                Fields.map(a.spec(), "selector"), Fields.map(b.spec(), "selector"))) {
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

  private static String nameOf(Resource gateway) {
    return gateway.key().namespace() + "/" + gateway.key().name();
  }

  /** What names the certificate: a Secret, or the files of both halves; empty for neither. */
  private static List<String> certificate(@Nullable Node tls) {
    String credential = Fields.text(tls, "credentialName");
    if (!credential.isEmpty()) {
      return List.of(credential);
    }
    String certificate = Fields.text(tls, "serverCertificate");
    String key = Fields.text(tls, "privateKey");
    return certificate.isEmpty() || key.isEmpty() ? List.of() : List.of(certificate, key);
  }
}
