package pharos.config.check.schema;

import java.util.HashSet;
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
    for (Node match : Fields.items(plugin.spec(), "match")) {
      for (Node port : Fields.items(match, "ports")) {
        verdicts.errorIf(Path.of("spec", "match"), Names.port(Fields.number(port, "number")));
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
    for (Node variable : Fields.items(module, "vmConfig", "env")) {
      String name = Fields.text(variable, "name");
      String from = Fields.text(variable, "valueFrom");
      verdicts.errorIf(name.isEmpty(), path, "spec.vmConfig.env invalid: name is required");
      verdicts.errorIf(name.length() > 256, path, "env.name must be at most 256 characters");
      verdicts.errorIf(!name.isEmpty() && !names.add(name), path, "duplicate env");
      verdicts.errorIf(
          !Fields.text(variable, "value").isEmpty() && !from.isEmpty() && !from.equals("INLINE"),
          path,
          "value may only be set when valueFrom is INLINE");
    }
  }
}
