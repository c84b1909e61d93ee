package pharos.config.check.schema;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import pharos.config.istio.PortProtocol;
import pharos.config.resource.Fields;
import pharos.config.resource.Node;
import pharos.config.resource.Path;
import pharos.config.resource.Resource;

/** Gateway (analysis catalog 6.2). */
final class GatewayRules implements KindRules {
  private static final Set<String> PASS_THROUGH = Set.of("", "PASSTHROUGH", "AUTO_PASSTHROUGH");

  @Override
  public void apply(Resource gateway, boolean withMetadata, Verdicts verdicts) {
    String name = gateway.key().name();
    boolean translated =
        withMetadata
            && "gateway".equals(gateway.annotations().get("internal.istio.io/gateway-semantics"));
    verdicts.errorIf(
        !translated && !Names.isLabel(name),
        Path.of("metadata", "name"),
        "invalid gateway name: \"%s\"".formatted(name));
    List<Node> servers = Fields.items(gateway.spec(), "servers");
    Path path = Path.of("spec", "servers");
    verdicts.errorIf(servers.isEmpty(), path, "gateway must have at least one server");
    for (int i = 0; i < servers.size(); i++) {
      server(servers.get(i), translated, path.index(i), verdicts);
    }
    Set<String> portNames = new HashSet<>();
    for (int i = 0; i < servers.size(); i++) {
      Node server = servers.get(i);
      if (!Fields.has(server, "port")) {
        continue;
      }
      String portName = Fields.text(server, "port", "name");
      verdicts.errorIf(
          !portNames.add(portName),
          path.index(i).key("port").key("name"),
          "port names in servers must be unique: duplicate name " + portName);
      boolean http = PortProtocol.parse(Fields.text(server, "port", "protocol")).isHttp();
      verdicts.warningIf(
          Fields.flag(server, "tls", "httpsRedirect") && !http,
          path.index(i).key("tls").key("httpsRedirect"),
          "tls.httpsRedirect should only be used with http servers");
    }
  }

  private static void server(Node server, boolean translated, Path path, Verdicts verdicts) {
    List<String> hosts = Fields.texts(server, "hosts");
    verdicts.errorIf(
        hosts.isEmpty(), path.key("hosts"), "server config must contain at least one host");
    for (int i = 0; i < hosts.size(); i++) {
      host(hosts.get(i), translated, path.key("hosts").index(i), verdicts);
    }
    int before = verdicts.size();
    port(server, path, verdicts);
    boolean portFine = !verdicts.errorsSince(before);
    bind(server, path.key("bind"), verdicts);
    Node tls = Fields.node(server, "tls");
    ServerTlsRules.apply(tls, path.key("tls"), verdicts);
    if (portFine) {
      tlsFitsPort(server, tls, path.key("tls"), verdicts);
    }
  }

  private static void host(String entry, boolean translated, Path path, Verdicts verdicts) {
    int slash = entry.indexOf('/');
    String host = entry.substring(slash + 1);
    if (slash >= 0) {
      String namespace = entry.substring(0, slash);
      if (namespace.isEmpty() || host.isEmpty()) {
        verdicts.error(path, "config namespace and dnsName in host entry cannot be empty");
        return;
      }
      verdicts.errorIf(
          !namespace.equals("*")
              && !namespace.equals(".")
              && !(translated && namespace.equals("~"))
              && !Names.isLabel(namespace),
          path,
          "invalid namespace value \"%s\" in gateway".formatted(namespace));
    }
    HostEntries.dnsName(host, true, path, verdicts);
  }

  private static void port(Node server, Path path, Verdicts verdicts) {
    Node port = Fields.node(server, "port");
    if (port == null) {
      verdicts.error(path, "port is required");
      return;
    }
    String protocol = Fields.text(port, "protocol");
    verdicts.errorIf(
        PortProtocol.parse(protocol) == PortProtocol.UNSUPPORTED,
        path.key("port").key("protocol"),
        "invalid protocol \"%s\", supported protocols are HTTP, HTTP2, GRPC, GRPC-WEB, MONGO, REDIS, MYSQL, TCP"
            .formatted(protocol));
    long number = Fields.number(port, "number");
    if (number != 0 || !Fields.text(server, "bind").startsWith("unix://")) {
      verdicts.errorIf(path.key("port").key("number"), Names.port(number));
    }
    verdicts.errorIf(
        Fields.number(port, "targetPort") > 0,
        path.key("port").key("targetPort"),
        "targetPort has no impact on Gateways");
    verdicts.errorIf(
        Fields.text(port, "name").isEmpty(), path.key("port"), "port name must be set: " + number);
  }

  private static void bind(Node server, Path path, Verdicts verdicts) {
    String bind = Fields.text(server, "bind");
    if (bind.startsWith("unix://")) {
      verdicts.errorIf(path, Names.unixAddress(bind));
      long number = Fields.number(server, "port", "number");
      verdicts.errorIf(
          number != 0, path, "port number must be 0 for unix domain socket: " + number);
    } else if (!bind.isEmpty()) {
      verdicts.errorIf(path, Names.ip(bind));
    }
  }

  private static void tlsFitsPort(Node server, @Nullable Node tls, Path path, Verdicts verdicts) {
    PortProtocol protocol = PortProtocol.parse(Fields.text(server, "port", "protocol"));
    if (protocol.isTls()) {
      verdicts.errorIf(tls == null, path, "server must have TLS settings for HTTPS/TLS protocols");
    } else if (tls != null && protocol.isHttp()) {
      boolean certificates =
          Fields.has(tls, "caCertificates")
              || Fields.has(tls, "privateKey")
              || Fields.has(tls, "serverCertificate");
      verdicts.errorIf(
          certificates || !PASS_THROUGH.contains(Fields.text(tls, "mode")),
          path,
          "server cannot have TLS settings for plain text HTTP ports");
    } else {
      verdicts.errorIf(
          tls != null, path, "server cannot have TLS settings for non HTTPS/TLS ports");
    }
  }
}
