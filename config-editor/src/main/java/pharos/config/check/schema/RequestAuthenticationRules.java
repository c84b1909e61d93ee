package pharos.config.check.schema;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import pharos.config.resource.DocumentReader;
import pharos.config.resource.Fields;
import pharos.config.resource.Limits;
import pharos.config.resource.Node;
import pharos.config.resource.Path;
import pharos.config.resource.Resource;

/** RequestAuthentication (analysis catalog 6.7). */
final class RequestAuthenticationRules implements KindRules {
  private static final List<String> PRIVATE_FIELDS = List.of("d", "p", "q", "dp", "dq", "qi", "k");

  @Override
  public void apply(Resource policy, boolean withMetadata, Verdicts verdicts) {
    SharedRules.target(policy.spec(), verdicts);
    List<Node> rules = Fields.items(policy.spec(), "jwtRules");
    for (int i = 0; i < rules.size(); i++) {
      rule(rules.get(i), Path.of("spec", "jwtRules", i), verdicts);
    }
  }

  private static void rule(Node rule, Path path, Verdicts verdicts) {
    emptyTexts(rule, "audiences", path, "audience must be non-empty string", verdicts);
    String uri = Fields.text(rule, "jwksUri");
    verdicts.errorIf(
        Fields.text(rule, "issuer").isEmpty() && uri.isEmpty(),
        path,
        "issuer or jwksUri must be non-empty string");
    if (!uri.isEmpty()) {
      verdicts.errorIf(path.key("jwksUri"), jwksUri(uri));
    }
    String jwks = Fields.text(rule, "jwks");
    if (!jwks.isEmpty()) {
      jwks(jwks, path.key("jwks"), verdicts);
    }
    List<Node> headers = Fields.items(rule, "fromHeaders");
    for (int i = 0; i < headers.size(); i++) {
      verdicts.errorIf(
          Fields.text(headers.get(i), "name").isEmpty(),
          path.key("fromHeaders").index(i).key("name"),
          "location header name must be non-empty string");
    }
    emptyTexts(rule, "fromParams", path, "location query must be non-empty string", verdicts);
    emptyTexts(rule, "fromCookies", path, "cookie name must be non-empty string", verdicts);
    List<Node> outputs = Fields.items(rule, "outputClaimToHeaders");
    for (int i = 0; i < outputs.size(); i++) {
      Node output = outputs.get(i);
      Path at = path.key("outputClaimToHeaders").index(i);
      String header = Fields.text(output, "header");
      if (header.isEmpty() || Fields.text(output, "claim").isEmpty()) {
        verdicts.error(
            header.isEmpty() ? at.key("header") : at.key("claim"),
            "outputClaimToHeaders header and claim value must be non-empty string");
      } else if (!header.matches("[-_A-Za-z0-9]+")) {
        verdicts.error(
            at.key("header"), "header name %s is not a valid header name".formatted(header));
      }
    }
    verdicts.errorIf(path.key("timeout"), Values.duration(Fields.node(rule, "timeout")));
  }

  private static void emptyTexts(
      Node rule, String list, Path path, String text, Verdicts verdicts) {
    List<String> texts = Fields.texts(rule, list);
    for (int i = 0; i < texts.size(); i++) {
      verdicts.errorIf(texts.get(i).isEmpty(), path.key(list).index(i), text);
    }
  }

  private static @Nullable String jwksUri(String uri) {
    try {
      String scheme = new URI(uri).getScheme();
      int authority = uri.indexOf("://");
      String rest = authority < 0 ? "" : uri.substring(authority + 3);
      int slash = rest.indexOf('/');
      String host = slash < 0 ? rest : rest.substring(0, slash);
      int colon = host.lastIndexOf(':');
      if (scheme == null || (!scheme.equals("http") && !scheme.equals("https"))) {
        return "URI scheme \"%s\" is not supported".formatted(scheme == null ? "" : scheme);
      }
      return colon >= 0 && !host.endsWith("]") && !host.substring(colon + 1).matches("[0-9]+")
          ? "invalid port \"%s\" after host".formatted(host.substring(colon))
          : null;
    } catch (URISyntaxException problem) {
      return "parse \"%s\": %s".formatted(uri, problem.getReason());
    }
  }

  private static void jwks(String text, Path path, Verdicts verdicts) {
    Node node = DocumentReader.value(text, Limits.DEFAULT);
    List<Node> keys = Fields.items(node, "keys");
    if (!(node instanceof Node.Mapping) || !text.strip().startsWith("{")) {
      verdicts.error(path, "jwks parse error: the text is no JSON Web Key Set");
      return;
    }
    for (int i = 0; i < keys.size(); i++) {
      Node key = keys.get(i);
      if (Fields.text(key, "kty").isEmpty()) {
        verdicts.error(path, "jwks parse error: key %d has no kty".formatted(i));
        return;
      }
      verdicts.warningIf(
          PRIVATE_FIELDS.stream().anyMatch(field -> Fields.has(key, field)),
          path,
          "jwks key at index %d contains private key material; only public keys are used for verification"
              .formatted(i));
    }
  }
}
