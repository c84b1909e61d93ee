package pharos.config.check.schema;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import pharos.config.resource.Fields;
import pharos.config.resource.Node;
import pharos.config.resource.Path;
import pharos.config.resource.Resource;

/** WasmPlugin (analysis catalog 6.7). */
final class WasmPluginRules implements KindRules {
  private static final Set<String> SCHEMES = Set.of("", "file", "http", "https", "oci");

  @Override
  public void apply(Resource plugin, boolean withMetadata, Verdicts verdicts) {
    SharedRules.target(plugin.spec(), verdicts);
    module(plugin.spec(), Path.of("spec"), verdicts);
    List<Node> matches = Fields.items(plugin.spec(), "match");
    for (int i = 0; i < matches.size(); i++) {
      List<Node> ports = Fields.items(matches.get(i), "ports");
      for (int j = 0; j < ports.size(); j++) {
        verdicts.errorIf(
            Path.of("spec", "match", i, "ports", j, "number"),
            Names.port(Fields.number(ports.get(j), "number")));
      }
    }
  }

  static void module(@Nullable Node module, Path path, Verdicts verdicts) {
    String url = Fields.text(module, "url");
    if (url.isEmpty()) {
      verdicts.error(path.key("url"), "url field needs to be set");
    } else {
      int colon = url.indexOf("://");
      String scheme = colon < 0 ? "" : url.substring(0, colon);
      verdicts.errorIf(
          !SCHEMES.contains(scheme), path.key("url"), "url contains unsupported scheme: " + scheme);
    }
    String sha = Fields.text(module, "sha256");
    if (!sha.isEmpty()) {
      if (sha.length() != 64) {
        verdicts.error(path.key("sha256"), "sha256 field must be 64 characters long");
      } else if (!sha.matches("[a-f0-9]{64}")) {
        verdicts.error(path.key("sha256"), "sha256 field must match [a-f0-9]{64} pattern");
      }
    }
    verdicts.errorIf(
        Fields.text(module, "imagePullSecret").length() > 253,
        path.key("imagePullSecret"),
        "imagePullSecret must be at most 253 characters");
    verdicts.errorIf(
        Fields.text(module, "pluginName").length() > 256,
        path.key("pluginName"),
        "pluginName must be at most 256 characters");
    environment(module, path.key("vmConfig").key("env"), verdicts);
  }

  private static void environment(@Nullable Node module, Path path, Verdicts verdicts) {
    Set<String> names = new HashSet<>();
    List<Node> variables = Fields.items(module, "vmConfig", "env");
    for (int i = 0; i < variables.size(); i++) {
      Node variable = variables.get(i);
      Path at = path.index(i);
      String name = Fields.text(variable, "name");
      String from = Fields.text(variable, "valueFrom");
      verdicts.errorIf(
          name.isEmpty(), at.key("name"), "spec.vmConfig.env invalid: name is required");
      verdicts.errorIf(
          name.length() > 256, at.key("name"), "env.name must be at most 256 characters");
      verdicts.errorIf(!name.isEmpty() && !names.add(name), at.key("name"), "duplicate env");
      verdicts.errorIf(
          !Fields.text(variable, "value").isEmpty() && !from.isEmpty() && !from.equals("INLINE"),
          at.key("value"),
          "value may only be set when valueFrom is INLINE");
    }
  }
}
