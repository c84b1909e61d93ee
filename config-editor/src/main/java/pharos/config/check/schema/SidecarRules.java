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

/** Sidecar (analysis catalog 6.6). */
final class SidecarRules implements KindRules {
  private static final Path SPEC = Path.of("spec");
  private static final Set<String> ENDPOINT_HOSTS = Set.of("", "127.0.0.1", "0.0.0.0", "::1", "::");

  @Override
  public void apply(Resource sidecar, boolean withMetadata, Verdicts verdicts) {
    @Nullable Node spec = sidecar.spec();
    if (!SharedRules.workloadSelector(
        Fields.node(spec, "workloadSelector"),
        "labels",
        SPEC.key("workloadSelector"),
        "sidecar: ",
        ", will be applied to all services in namespace",
        verdicts)) {
      verdicts.keepErrorsOnly();
      return;
    }
    List<Node> ingress = Fields.items(spec, "ingress");
    List<Node> egress = Fields.items(spec, "egress");
    Node policy = Fields.node(spec, "outboundTrafficPolicy");
    Node pool = Fields.node(spec, "inboundConnectionPool");
    if (egress.isEmpty() && ingress.isEmpty() && policy == null && pool == null) {
      verdicts.keepErrorsOnly();
      verdicts.error(SPEC, "sidecar: empty configuration provided");
      return;
    }
    Set<Long> ports = new HashSet<>();
    for (int i = 0; i < ingress.size(); i++) {
      ingress(ingress.get(i), ports, SPEC.key("ingress").index(i), verdicts);
    }
    ConnectionPoolRules.apply(pool, SPEC.key("inboundConnectionPool"), verdicts);
    EgressRules.apply(egress, sidecar.key().namespace(), verdicts);
    outbound(policy, verdicts);
  }

  private static void ingress(Node listener, Set<Long> ports, Path path, Verdicts verdicts) {
    Node port = Fields.node(listener, "port");
    if (port == null) {
      verdicts.error(path.key("port"), "sidecar: port is required for ingress listeners");
      return;
    }
    String bind = Fields.text(listener, "bind");
    long number = Fields.number(port, "number");
    verdicts.errorIf(
        Fields.number(port, "targetPort") > 0,
        path.key("port").key("targetPort"),
        "targetPort has no impact on Sidecars");
    port(port, path.key("port"), verdicts);
    verdicts.errorIf(path.key("port").key("number"), Names.port(number));
    if (!bind.isEmpty()) {
      verdicts.errorIf(path.key("bind"), Names.ip(bind));
    }
    verdicts.errorIf(
        !ports.add(number),
        path.key("port"),
        "sidecar: ports on IP bound listeners must be unique");
    String endpoint = Fields.text(listener, "defaultEndpoint");
    if (!endpoint.isEmpty()) {
      defaultEndpoint(endpoint, path.key("defaultEndpoint"), verdicts);
    }
    PortProtocol protocol = PortProtocol.parse(Fields.text(port, "protocol"));
    tls(Fields.node(listener, "tls"), protocol, path.key("tls"), verdicts);
    Node pool = Fields.node(listener, "connectionPool");
    ConnectionPoolRules.apply(pool, path.key("connectionPool"), verdicts);
    verdicts.warningIf(
        Fields.has(pool, "http") && !protocol.isHttp(),
        path.key("connectionPool"),
        ("sidecar: HTTP connection pool settings are configured for port %d (\"%s\") but its"
                + " protocol is not HTTP (%s); only TCP settings will apply")
            .formatted(number, Fields.text(port, "name"), Fields.text(port, "protocol")));
  }

  static void port(Node port, Path path, Verdicts verdicts) {
    String name = Fields.text(port, "name");
    if (!name.isEmpty()) {
      verdicts.errorIf(path.key("name"), Names.portName(name));
    }
    verdicts.errorIf(path.key("protocol"), Names.protocol(Fields.text(port, "protocol")));
  }

  private static void defaultEndpoint(String endpoint, Path path, Verdicts verdicts) {
    if (endpoint.startsWith("unix://")) {
      verdicts.errorIf(path, Names.unixAddress(endpoint));
      return;
    }
    int colon = endpoint.lastIndexOf(':');
    String host = colon < 0 ? endpoint : endpoint.substring(0, colon);
    if (colon < 0) {
      verdicts.error(path, "address %s: missing port in address".formatted(endpoint));
      return;
    }
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    } else if (host.contains(":")) {
      verdicts.error(path, "address %s: too many colons in address".formatted(endpoint));
      return;
    }
    verdicts.errorIf(
        !ENDPOINT_HOSTS.contains(host),
        path,
        "sidecar: defaultEndpoint must be of form"
            + " 127.0.0.1:<port>,0.0.0.0:<port>,[::1]:port,[::]:port,unix://filepath or unset");
    String port = endpoint.substring(colon + 1);
    if (port.matches("[+-]?[0-9]{1,9}")) {
      verdicts.errorIf(path, Names.port(Long.parseLong(port)));
    } else {
      verdicts.error(
          path,
          "sidecar: defaultEndpoint port (%s) is not a number: strconv.Atoi: parsing \"%s\": invalid syntax"
              .formatted(port, port));
    }
  }

  private static void tls(@Nullable Node tls, PortProtocol protocol, Path path, Verdicts verdicts) {
    if (tls == null) {
      return;
    }
    verdicts.errorIf(
        !Fields.items(tls, "subjectAltNames").isEmpty(),
        path,
        "sidecar: subjectAltNames is not supported in ingress tls");
    verdicts.errorIf(
        Fields.flag(tls, "httpsRedirect"), path, "sidecar: httpsRedirect is not supported");
    verdicts.errorIf(
        !Fields.text(tls, "credentialName").isEmpty(),
        path,
        "sidecar: credentialName is not currently supported");
    verdicts.errorIf(
        !Fields.items(tls, "credentialNames").isEmpty(),
        path,
        "sidecar: credentialNames is not currently supported");
    verdicts.errorIf(
        !Fields.items(tls, "tlsCertificates").isEmpty(),
        path,
        "sidecar: tls_certificates is not currently supported");
    String mode = Fields.text(tls, "mode");
    verdicts.errorIf(
        mode.equals("ISTIO_MUTUAL") || mode.equals("AUTO_PASSTHROUGH"),
        path,
        "configuration is invalid: cannot set mode to %s in sidecar ingress tls".formatted(mode));
    verdicts.errorIf(
        !protocol.isTls(), path, "server cannot have TLS settings for non HTTPS/TLS ports");
    ServerTlsRules.apply(tls, path, verdicts);
  }

  private static void outbound(@Nullable Node policy, Verdicts verdicts) {
    Path path = SPEC.key("outboundTrafficPolicy");
    Node proxy = Fields.node(policy, "egressProxy");
    if (proxy == null) {
      return;
    }
    if (!Fields.text(policy, "mode").equals("ALLOW_ANY")) {
      verdicts.error(
          path,
          "sidecar: egress_proxy must be set only with ALLOW_ANY outbound_traffic_policy mode");
      return;
    }
    verdicts.errorIf(path.key("egressProxy").key("host"), Names.fqdn(Fields.text(proxy, "host")));
    if (Fields.has(proxy, "port")) {
      RouteDestinationRules.destination(proxy, path.key("egressProxy"), verdicts);
    } else {
      verdicts.error(path.key("egressProxy"), "sidecar: egress_proxy port must be non-nil");
    }
  }
}
