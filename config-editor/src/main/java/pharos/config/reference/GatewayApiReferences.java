package pharos.config.reference;

import java.util.List;
import org.jspecify.annotations.Nullable;
import pharos.config.reference.Reference.Role;
import pharos.config.resource.Fields;
import pharos.config.resource.Kinds;
import pharos.config.resource.Node;
import pharos.config.resource.Path;

/** What Gateway API kinds name. */
final class GatewayApiReferences {
  private GatewayApiReferences() {}

  static void read(ReferenceReader reader) {
    switch (reader.kind().name()) {
      case "Gateway" -> gateway(reader);
      case "HTTPRoute", "GRPCRoute", "TCPRoute", "TLSRoute", "UDPRoute" -> route(reader);
      case "BackendTLSPolicy" -> backendTls(reader);
      default -> {
        // GatewayClass and ReferenceGrant are named, and name no object.
      }
    }
  }

  private static void gateway(ReferenceReader reader) {
    String gatewayClass = Fields.text(reader.spec(), "gatewayClassName");
    if (!gatewayClass.isEmpty()) {
      reader.object(
          Path.of("spec", "gatewayClassName"),
          Role.CLASS,
          gatewayClass,
          Kinds.GATEWAY_CLASS,
          "",
          gatewayClass);
    }
    List<Node> listeners = Fields.items(reader.spec(), "listeners");
    for (int i = 0; i < listeners.size(); i++) {
      refs(
          reader,
          Fields.node(listeners.get(i), "tls"),
          Path.of("spec", "listeners", i, "tls"),
          "certificateRefs",
          Role.CERTIFICATE,
          "Secret");
    }
  }

  private static void route(ReferenceReader reader) {
    refs(reader, reader.spec(), Path.of("spec"), "parentRefs", Role.PARENT, "Gateway");
    List<Node> rules = Fields.items(reader.spec(), "rules");
    for (int i = 0; i < rules.size(); i++) {
      Path path = Path.of("spec", "rules", i);
      refs(reader, rules.get(i), path, "backendRefs", Role.BACKEND, "Service");
      List<Node> filters = Fields.items(rules.get(i), "filters");
      for (int j = 0; j < filters.size(); j++) {
        reader.typed(
            path.key("filters").index(j).key("requestMirror").key("backendRef"),
            Role.MIRROR,
            Fields.node(filters.get(j), "requestMirror", "backendRef"),
            "Service");
      }
    }
  }

  private static void backendTls(ReferenceReader reader) {
    refs(reader, reader.spec(), Path.of("spec"), "targetRefs", Role.TARGET, "Service");
    refs(
        reader,
        Fields.node(reader.spec(), "validation"),
        Path.of("spec", "validation"),
        "caCertificateRefs",
        Role.CERTIFICATE,
        "ConfigMap");
  }

  private static void refs(
      ReferenceReader reader,
      @Nullable Node parent,
      Path path,
      String field,
      Role role,
      String otherwise) {
    List<Node> refs = Fields.items(parent, field);
    for (int i = 0; i < refs.size(); i++) {
      reader.typed(path.key(field).index(i), role, refs.get(i), otherwise);
    }
  }
}
