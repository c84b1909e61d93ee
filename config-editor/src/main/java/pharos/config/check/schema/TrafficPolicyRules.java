package pharos.config.check.schema;

import java.util.List;
import org.jspecify.annotations.Nullable;
import pharos.config.resource.Fields;
import pharos.config.resource.Node;
import pharos.config.resource.Path;

/** A DestinationRule's traffic policy (analysis catalog 6.3.1). */
final class TrafficPolicyRules {
  private static final List<String> PORT_PARTS =
      List.of("outlierDetection", "connectionPool", "loadBalancer", "tls");
  private static final List<String> PARTS =
      List.of(
          "outlierDetection",
          "connectionPool",
          "loadBalancer",
          "tls",
          "portLevelSettings",
          "tunnel",
          "proxyProtocol",
          "retryBudget");

  private TrafficPolicyRules() {}

  static void apply(@Nullable Node policy, String namespace, Path path, Verdicts verdicts) {
    if (policy == null) {
      return;
    }
    if (PARTS.stream().noneMatch(part -> present(policy, part))) {
      verdicts.error(path, "traffic policy must have at least one field");
      return;
    }
    if (Fields.has(policy, "tunnel") && Fields.has(policy, "proxyProtocol")) {
      verdicts.error(path, "tunnel and proxyProtocol must not be set together");
      return;
    }
    parts(policy, namespace, path, verdicts);
    List<Node> ports = Fields.items(policy, "portLevelSettings");
    for (int i = 0; i < ports.size(); i++) {
      Path at = path.key("portLevelSettings").index(i);
      Node port = ports.get(i);
      verdicts.errorIf(
          !Fields.has(port, "port"), at.key("port"), "portTrafficPolicy must have valid port");
      if (PORT_PARTS.stream().noneMatch(part -> Fields.has(port, part))) {
        verdicts.error(at, "port traffic policy must have at least one field");
      } else {
        parts(port, namespace, at, verdicts.errorsOnly());
      }
    }
    tunnel(Fields.node(policy, "tunnel"), path.key("tunnel"), verdicts);
    Node proxyProtocol = Fields.node(policy, "proxyProtocol");
    String version = Fields.text(proxyProtocol, "version");
    verdicts.errorIf(
        proxyProtocol != null
            && !version.isEmpty()
            && !version.equals("V1")
            && !version.equals("V2"),
        path.key("proxyProtocol"),
        "proxy protocol version is invalid: " + version);
  }

  private static boolean present(Node policy, String part) {
    Node node = Fields.node(policy, part);
    return node instanceof Node.Sequence list ? !list.items().isEmpty() : node != null;
  }

  private static void parts(Node policy, String namespace, Path path, Verdicts verdicts) {
    Node outlier = Fields.node(policy, "outlierDetection");
    outlierDetection(outlier, path.key("outlierDetection"), verdicts);
    ConnectionPoolRules.apply(
        Fields.node(policy, "connectionPool"), path.key("connectionPool"), verdicts);
    LoadBalancerRules.apply(
        Fields.node(policy, "loadBalancer"), outlier != null, path.key("loadBalancer"), verdicts);
    clientTls(Fields.node(policy, "tls"), namespace, path.key("tls"), verdicts);
  }

  private static void outlierDetection(@Nullable Node outlier, Path path, Verdicts verdicts) {
    if (outlier == null) {
      return;
    }
    for (String field : List.of("baseEjectionTime", "interval")) {
      verdicts.errorIf(path.key(field), Values.duration(Fields.node(outlier, field)));
    }
    verdicts.warningIf(
        Fields.number(outlier, "consecutiveErrors") != 0,
        path.key("consecutiveErrors"),
        "outlier detection consecutive errors is deprecated, use consecutiveGatewayErrors or"
            + " consecutive5xxErrors instead");
    verdicts.errorIf(
        Fields.number(outlier, "consecutiveLocalOriginFailures") > 0
            && !Fields.flag(outlier, "splitExternalLocalOriginErrors"),
        path,
        "outlier detection consecutive local origin failures is specified, but split external local"
            + " origin errors is set to false");
    for (String field : List.of("maxEjectionPercent", "minHealthPercent")) {
      verdicts.errorIf(path.key(field), Names.percent(Fields.number(outlier, field)));
    }
  }

  private static void tunnel(@Nullable Node tunnel, Path path, Verdicts verdicts) {
    if (tunnel == null) {
      return;
    }
    String protocol = Fields.text(tunnel, "protocol");
    verdicts.errorIf(
        !protocol.isEmpty() && !protocol.equals("CONNECT") && !protocol.equals("POST"),
        path.key("protocol"),
        "tunnel protocol must be \"CONNECT\" or \"POST\"");
    String host = Fields.text(tunnel, "targetHost");
    String fqdn = Names.fqdn(host);
    String ip = Names.ip(host);
    if (fqdn != null && ip != null) {
      verdicts.error(
          path.key("targetHost"),
          "tunnel target host must be valid FQDN or IP address: %s; %s".formatted(fqdn, ip));
    }
    String port = Names.port(Fields.number(tunnel, "targetPort"));
    if (port != null) {
      verdicts.error(path.key("targetPort"), "tunnel target port is invalid: " + port);
    }
  }

  /** Client TLS (catalog 6.3.4). */
  private static void clientTls(
      @Nullable Node tls, String namespace, Path path, Verdicts verdicts) {
    if (tls == null) {
      return;
    }
    String credential = Fields.text(tls, "credentialName");
    if (credential.startsWith("configmap://")) {
      configMap(credential.substring("configmap://".length()), namespace, path, verdicts);
    }
    String mode = Fields.text(tls, "mode");
    boolean ca = !Fields.text(tls, "caCertificates").isEmpty();
    boolean names = !Fields.items(tls, "subjectAltNames").isEmpty();
    if (Fields.flag(tls, "insecureSkipVerify")) {
      verdicts.errorIf(
          mode.equals("SIMPLE") && (ca || names || !credential.isEmpty()),
          path,
          "cannot specify CaCertificates or CredentialName or SubjectAltNames when"
              + " InsecureSkipVerify is set true");
      verdicts.errorIf(
          mode.equals("MUTUAL") && (ca || names),
          path,
          "cannot specify CaCertificates or SubjectAltNames when InsecureSkipVerify is set true");
    }
    boolean certificate = !Fields.text(tls, "clientCertificate").isEmpty();
    boolean key = !Fields.text(tls, "privateKey").isEmpty();
    if ((mode.equals("SIMPLE") || mode.equals("MUTUAL")) && !credential.isEmpty()) {
      verdicts.errorIf(
          certificate || key || ca || !Fields.text(tls, "caCrl").isEmpty(),
          path,
          "cannot specify client certificates or CA certificate or CA CRL If credentialName is"
              + " set");
      return;
    }
    if (mode.equals("MUTUAL")) {
      verdicts.errorIf(!certificate, path, "client certificate required for mutual tls");
      verdicts.errorIf(!key, path, "private key required for mutual tls");
    }
  }

  private static void configMap(String reference, String namespace, Path path, Verdicts verdicts) {
    String[] parts = reference.split("/", -1);
    if (parts.length != 2 || parts[0].isEmpty() || parts[1].isEmpty()) {
      verdicts.error(
          path.key("credentialName"),
          "invalid configmap:// credentialName: invalid ConfigMap name \"%s\". Expected format: configmap://namespace/name"
              .formatted(reference));
    } else if (namespace.isEmpty() || !parts[0].equals(namespace)) {
      verdicts.error(
          path.key("credentialName"),
          "invalid configmap:// credentialName: namespace must match the configuration namespace \"%s\""
              .formatted(namespace));
    }
  }
}
