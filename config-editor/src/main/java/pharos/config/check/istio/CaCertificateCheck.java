package pharos.config.check.istio;

import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
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

/** TLS is begun without a way to verify the server (catalog 5.9). */
final class CaCertificateCheck implements ObjectCheck {
  @Override
  public String name() {
    return "destinationrule.CaCertificateAnalyzer";
  }

  @Override
  public Set<Kind> reads() {
    return Set.of(Kinds.DESTINATION_RULE);
  }

  @Override
  public void check(Resource rule, MeshView.MeshSettings mesh, Consumer<Finding> report) {
    String namespace = rule.key().namespace();
    String full = namespace + "/" + rule.key().name();
    String host = Fields.text(rule.spec(), "host");
    Node tls = Fields.node(rule.spec(), "trafficPolicy", "tls");
    if (unverified(tls, rule)) {
      report.accept(
          Finding.at(
              rule,
              Path.of("spec", "trafficPolicy", "tls", "caCertificates"),
              name(),
              IstioMessage.NO_SERVER_CERTIFICATE_VERIFICATION_DESTINATION_LEVEL,
              full,
              namespace,
              Fields.text(tls, "mode"),
              host));
    }
    List<Node> ports = Fields.items(rule.spec(), "trafficPolicy", "portLevelSettings");
    for (int i = 0; i < ports.size(); i++) {
      Node portTls = Fields.node(ports.get(i), "tls");
      if (unverified(portTls, rule)) {
        report.accept(
            Finding.at(
                rule,
                Path.of("spec", "trafficPolicy", "portLevelSettings", i, "tls", "caCertificates"),
                name(),
                IstioMessage.NO_SERVER_CERTIFICATE_VERIFICATION_PORT_LEVEL,
                full,
                namespace,
                Fields.text(portTls, "mode"),
                host,
                "number:" + Fields.number(ports.get(i), "port", "number")));
      }
    }
  }

  private static boolean unverified(@Nullable Node tls, Resource rule) {
    String mode = Fields.text(tls, "mode");
    boolean verifies =
        !Fields.text(tls, "caCertificates").isEmpty()
            || (!Fields.text(tls, "credentialName").isEmpty()
                && Fields.has(rule.spec(), "workloadSelector"));
    return (mode.equals("SIMPLE") || mode.equals("MUTUAL")) && !verifies;
  }
}
