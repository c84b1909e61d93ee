package pharos.config.check.schema;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import pharos.config.resource.Fields;
import pharos.config.resource.Node;
import pharos.config.resource.Path;
import pharos.config.resource.Resource;

/** WorkloadEntry and static endpoints (analysis catalog 6.7). */
final class WorkloadEntryRules implements KindRules {
  @Override
  public void apply(Resource entry, boolean withMetadata, Verdicts verdicts) {
    entry(entry.spec(), null, Path.of("spec"), verdicts);
  }

  /** A static endpoint of a ServiceEntry with these ports. */
  static void endpoint(Node endpoint, Set<String> portNames, Path path, Verdicts verdicts) {
    entry(endpoint, portNames, path, verdicts);
  }

  private static void entry(
      @Nullable Node entry, @Nullable Set<String> portNames, Path path, Verdicts verdicts) {
    String address = Fields.text(entry, "address");
    String network = Fields.text(entry, "network");
    Map<String, Node> ports = Fields.entries(entry, "ports");
    if (address.isEmpty()) {
      if (network.isEmpty()) {
        verdicts.error(path.key("address"), "address is required");
        return;
      }
      verdicts.warning(
          path.key("address"), "address is unset with network \"%s\"".formatted(network));
    } else if (address.startsWith("unix://")) {
      verdicts.errorIf(path.key("address"), Names.unixAddress(address));
      verdicts.errorIf(
          !ports.isEmpty(),
          path.key("ports"),
          "unix endpoint %s must not include ports".formatted(address));
      verdicts.errorIf(
          portNames != null && portNames.size() != 1,
          path,
          "exactly 1 service port required for unix endpoints");
    } else if (!Names.isIp(address)) {
      verdicts.errorIf(
          portNames != null,
          path.key("address"),
          "endpoint address \"%s\" is not a valid IP address".formatted(address));
      verdicts.errorIf(
          portNames == null && Names.fqdn(address) != null,
          path.key("address"),
          "endpoint address \"%s\" is not a valid FQDN or an IP address".formatted(address));
    }
    ports.forEach((name, number) -> {
      Path at = path.key("ports").key(name);
      verdicts.errorIf(
          portNames != null && !portNames.contains(name),
          at,
          "endpoint port %s is not defined by the service entry".formatted(Fields.number(number)));
      verdicts.errorIf(at, Names.portName(name));
      verdicts.errorIf(at, Names.port(Fields.number(number)));
    });
    Names.labelsMap(Fields.map(entry, "labels"), path.key("labels"), verdicts);
  }
}
