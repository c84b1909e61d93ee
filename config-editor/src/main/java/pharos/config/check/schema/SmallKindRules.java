package pharos.config.check.schema;

import java.util.Map;
import pharos.config.resource.Fields;
import pharos.config.resource.Node;
import pharos.config.resource.Path;
import pharos.config.resource.Resource;

/** Kinds with a handful of rules (analysis catalog 6.7). */
final class SmallKindRules {
  private static final Path SPEC = Path.of("spec");
  private static final int MAX_LUA = 65_536;

  private SmallKindRules() {}

  static void envoyFilter(Resource filter, boolean withMetadata, Verdicts verdicts) {
    if (!SharedRules.workloadSelector(
        Fields.node(filter.spec(), "workloadSelector"),
        "labels",
        SPEC.key("workloadSelector"),
        "Envoy filter: ",
        ", will be applied to all services in namespace",
        verdicts)) {
      verdicts.keepErrorsOnly();
      return;
    }
    verdicts.warning(
        SPEC,
        "EnvoyFilter exposes internal implementation details that may change at any time. Prefer"
            + " other APIs if possible, and exercise extreme caution, especially around upgrades.");
  }

  static void peerAuthentication(Resource policy, boolean withMetadata, Verdicts verdicts) {
    Map<String, Node> ports = Fields.entries(policy.spec(), "portLevelMtls");
    boolean selects = !Fields.map(policy.spec(), "selector", "matchLabels").isEmpty();
    verdicts.errorIf(
        !ports.isEmpty() && !selects,
        SPEC.key("portLevelMtls"),
        "mesh/namespace peer authentication cannot have port level mTLS");
    for (String port : ports.keySet()) {
      boolean valid = port.matches("[0-9]{1,9}") && Names.port(Long.parseLong(port)) == null;
      verdicts.errorIf(
          !valid, SPEC.key("portLevelMtls").key(port), "port must be in range 1..65535");
    }
    SharedRules.matchLabels(Fields.node(policy.spec(), "selector"), SPEC.key("selector"), verdicts);
  }

  static void proxyConfig(Resource config, boolean withMetadata, Verdicts verdicts) {
    verdicts.errorIf(
        Fields.number(config.spec(), "concurrency") < 0,
        SPEC.key("concurrency"),
        "concurrency must be greater than or equal to 0");
    SharedRules.matchLabels(Fields.node(config.spec(), "selector"), SPEC.key("selector"), verdicts);
  }

  static void trafficExtension(Resource extension, boolean withMetadata, Verdicts verdicts) {
    SharedRules.target(extension.spec(), verdicts);
    boolean wasm = Fields.has(extension.spec(), "wasm");
    boolean lua = Fields.has(extension.spec(), "lua");
    verdicts.errorIf(wasm == lua, SPEC, "exactly one of wasm or lua must be set");
    if (lua) {
      String code = Fields.text(extension.spec(), "lua", "inlineCode");
      verdicts.errorIf(code.isEmpty(), SPEC.key("lua"), "lua.inlineCode must not be empty");
      verdicts.errorIf(
          code.length() > MAX_LUA,
          SPEC.key("lua"),
          "lua.inlineCode must be at most %d bytes".formatted(MAX_LUA));
    }
    if (wasm) {
      WasmPluginRules.module(Fields.node(extension.spec(), "wasm"), SPEC.key("wasm"), verdicts);
    }
  }
}
