package pharos.config.check.schema;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import pharos.config.resource.Fields;
import pharos.config.resource.Node;
import pharos.config.resource.Path;

/** TLS options of a server: Gateway servers and Sidecar ingress (analysis catalog 6.2.1). */
final class ServerTlsRules {
  private static final Set<String> CIPHERS =
      Set.of(
          "ECDHE-ECDSA-AES128-GCM-SHA256",
          "ECDHE-RSA-AES128-GCM-SHA256",
          "ECDHE-ECDSA-AES256-GCM-SHA384",
          "ECDHE-RSA-AES256-GCM-SHA384",
          "ECDHE-ECDSA-CHACHA20-POLY1305",
          "ECDHE-RSA-CHACHA20-POLY1305",
          "ECDHE-ECDSA-AES128-SHA",
          "ECDHE-RSA-AES128-SHA",
          "ECDHE-ECDSA-AES256-SHA",
          "ECDHE-RSA-AES256-SHA",
          "AES128-GCM-SHA256",
          "AES256-GCM-SHA384",
          "AES128-SHA",
          "AES256-SHA",
          "DES-CBC3-SHA",
          "ALL");

  private ServerTlsRules() {}

  static void apply(@Nullable Node tls, Path path, Verdicts verdicts) {
    if (tls == null) {
      return;
    }
    ciphers(tls, path, verdicts);
    String mode = Fields.text(tls, "mode");
    switch (mode.isEmpty() ? "PASSTHROUGH" : mode) {
      case "ISTIO_MUTUAL" -> {
        noCertificates(tls, path, verdicts);
        return;
      }
      case "PASSTHROUGH", "AUTO_PASSTHROUGH" -> {
        boolean any =
            has(tls, "caCrl")
                || has(tls, "serverCertificate")
                || has(tls, "privateKey")
                || has(tls, "caCertificates")
                || has(tls, "tlsCertificates")
                || has(tls, "credentialName")
                || has(tls, "credentialNames");
        verdicts.warningIf(
            any,
            path,
            (mode.isEmpty() ? "PASSTHROUGH" : mode)
                + " mode does not use certificates, they will be ignored");
      }
      default -> {}
    }
    certificates(tls, mode, path, verdicts);
  }

  private static boolean has(Node tls, String field) {
    Node node = Fields.node(tls, field);
    return node instanceof Node.Sequence list
        ? !list.items().isEmpty()
        : !Fields.text(tls, field).isEmpty();
  }

  private static void ciphers(Node tls, Path path, Verdicts verdicts) {
    List<String> suites = Fields.texts(tls, "cipherSuites");
    String minimum = Fields.text(tls, "minProtocolVersion");
    verdicts.warningIf(
        suites.isEmpty() && (minimum.equals("TLSV1_0") || minimum.equals("TLSV1_1")),
        path,
        "TLS version below TLSV1_2 require setting compatible ciphers as by default they no longer"
            + " include compatible ciphers.");
    Set<String> seen = new HashSet<>();
    Set<String> invalid = new TreeSet<>();
    Set<String> repeated = new TreeSet<>();
    for (String suite : suites) {
      boolean valid =
          suite.isEmpty() || !Character.isLetterOrDigit(suite.charAt(0)) || CIPHERS.contains(suite);
      if (!valid) {
        invalid.add(suite);
      } else if (!seen.add(suite)) {
        repeated.add(suite);
      }
    }
    Path at = path.key("cipherSuites");
    verdicts.warningIf(
        !invalid.isEmpty(),
        at,
        "ignoring invalid cipher suites: [" + String.join(" ", invalid) + "]");
    verdicts.warningIf(
        !repeated.isEmpty(),
        at,
        "ignoring duplicate cipher suites: [" + String.join(" ", repeated) + "]");
  }

  private static void noCertificates(Node tls, Path path, Verdicts verdicts) {
    String prefix = "ISTIO_MUTUAL TLS cannot have associated ";
    verdicts.errorIf(has(tls, "serverCertificate"), path, prefix + "server certificate");
    verdicts.errorIf(has(tls, "privateKey"), path, prefix + "private key");
    verdicts.errorIf(has(tls, "caCertificates"), path, prefix + "CA bundle");
    for (String field : List.of("tlsCertificates", "credentialName", "credentialNames")) {
      verdicts.errorIf(has(tls, field), path, prefix + field);
    }
  }

  private static void certificates(Node tls, String mode, Path path, Verdicts verdicts) {
    int ways = 0;
    ways += has(tls, "serverCertificate") && has(tls, "privateKey") ? 1 : 0;
    ways += has(tls, "credentialName") ? 1 : 0;
    ways += has(tls, "credentialNames") ? 1 : 0;
    ways += has(tls, "tlsCertificates") ? 1 : 0;
    verdicts.errorIf(
        ways > 1,
        path,
        "only one of credential_name, credential_names, server_certificate/private_key,"
            + " tls_certificates should be specified");
    boolean mutual = mode.equals("MUTUAL") || mode.equals("OPTIONAL_MUTUAL");
    boolean terminates = mutual || mode.equals("SIMPLE");
    if (terminates && (has(tls, "credentialName") || has(tls, "credentialNames"))) {
      return;
    }
    verdicts.errorIf(
        mutual && !has(tls, "caCertificates"), path, "MUTUAL TLS requires a client CA bundle");
    if (terminates) {
      pairs(tls, mutual ? "MUTUAL" : "SIMPLE", path, verdicts);
    }
    if (has(tls, "caCrl")) {
      verdicts.errorIf(
          has(tls, "credentialName"),
          path,
          "CRL is not supported with credentialName. CRL has to be specified in the credential");
      verdicts.errorIf(mode.equals("SIMPLE"), path, "CRL is not supported with SIMPLE TLS");
    }
  }

  private static void pairs(Node tls, String mode, Path path, Verdicts verdicts) {
    List<Node> pairs = Fields.items(tls, "tlsCertificates");
    verdicts.warningIf(
        pairs.size() > 2, path, mode + " TLS can support up to 2 server certificates");
    for (Node pair : pairs.isEmpty() ? List.of(tls) : pairs) {
      verdicts.errorIf(
          !has(pair, "serverCertificate"), path, mode + " TLS requires a server certificate");
      verdicts.errorIf(!has(pair, "privateKey"), path, mode + " TLS requires a private key");
    }
  }
}
