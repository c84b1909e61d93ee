package pharos.config.check.schema;

import java.util.List;
import pharos.config.resource.Path;

/** Names of gateways in VirtualServices and their matches (analysis catalog 6.4). */
final class GatewayNames {
  private GatewayNames() {}

  static void check(List<String> gateways, Path path, Verdicts verdicts) {
    for (int i = 0; i < gateways.size(); i++) {
      String gateway = gateways.get(i);
      Path at = path.index(i);
      int slash = gateway.indexOf('/');
      if (slash < 0) {
        if (gateway.contains(".")) {
          String[] parts = gateway.split("\\.", -1);
          verdicts.warning(
              at,
              "using legacy gatewayName format \"%s\"; prefer the <namespace>/<name> format: \"%s/%s\""
                  .formatted(gateway, parts[1], parts[0]));
        }
        verdicts.errorIf(at, Names.fqdn(gateway));
        return;
      }
      String namespace = gateway.substring(0, slash);
      String name = gateway.substring(slash + 1);
      if (namespace.isEmpty() || name.isEmpty()) {
        verdicts.error(at, "config namespace and gateway name cannot be empty");
        continue;
      }
      verdicts.errorIf(
          !Names.isLabel(namespace),
          at,
          "invalid value for namespace: \"%s\"".formatted(namespace));
      verdicts.errorIf(
          !Names.isLabel(name), at, "invalid value for gateway name: \"%s\"".formatted(name));
    }
  }
}
