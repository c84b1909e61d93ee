package pharos.config.reference;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import pharos.config.reference.Reference.Role;
import pharos.config.resource.Fields;
import pharos.config.resource.Kinds;
import pharos.config.resource.Node;
import pharos.config.resource.Path;

/** What Services and Ingresses name. */
final class KubernetesReferences {
  private KubernetesReferences() {}

  static void read(ReferenceReader reader) {
    if (reader.kind().equals(Kinds.SERVICE)) {
      Map<String, String> selector = Fields.map(reader.spec(), "selector");
      reader.workloads(
          Path.of("spec", "selector"),
          selector,
          reader.targets().workloads(reader.namespace(), selector));
    } else if (reader.kind().equals(Kinds.INGRESS)) {
      ingress(reader);
    }
  }

  private static void ingress(ReferenceReader reader) {
    String ingressClass = Fields.text(reader.spec(), "ingressClassName");
    if (!ingressClass.isEmpty()) {
      reader.object(
          Path.of("spec", "ingressClassName"),
          Role.CLASS,
          ingressClass,
          Kinds.INGRESS_CLASS,
          "",
          ingressClass);
    }
    backend(
        reader, Path.of("spec", "defaultBackend"), Fields.node(reader.spec(), "defaultBackend"));
    List<Node> rules = Fields.items(reader.spec(), "rules");
    for (int i = 0; i < rules.size(); i++) {
      List<Node> paths = Fields.items(rules.get(i), "http", "paths");
      for (int j = 0; j < paths.size(); j++) {
        backend(
            reader,
            Path.of("spec", "rules", i, "http", "paths", j, "backend"),
            Fields.node(paths.get(j), "backend"));
      }
    }
    List<Node> tls = Fields.items(reader.spec(), "tls");
    for (int i = 0; i < tls.size(); i++) {
      String secret = Fields.text(tls.get(i), "secretName");
      if (!secret.isEmpty()) {
        reader.named(
            Path.of("spec", "tls", i, "secretName"), Role.CERTIFICATE, secret, Kinds.SECRET);
      }
    }
  }

  private static void backend(ReferenceReader reader, Path path, @Nullable Node backend) {
    String service = Fields.text(backend, "service", "name");
    if (!service.isEmpty()) {
      reader.object(
          path.key("service").key("name"),
          Role.BACKEND,
          service,
          Kinds.SERVICE,
          reader.namespace(),
          service);
    }
  }
}
