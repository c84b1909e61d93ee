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

/** ServiceEntry (analysis catalog 6.5). */
final class ServiceEntryRules implements KindRules {
  private static final Path SPEC = Path.of("spec");

  @Override
  public void apply(Resource entry, boolean withMetadata, Verdicts verdicts) {
    @Nullable Node spec = entry.spec();
    Node selector = Fields.node(spec, "workloadSelector");
    if (!SharedRules.workloadSelector(
        selector, "labels", SPEC.key("workloadSelector"), "service entry: ", "", verdicts)) {
      verdicts.keepErrorsOnly();
      return;
    }
    List<Node> endpoints = Fields.items(spec, "endpoints");
    verdicts.errorIf(
        selector != null && !endpoints.isEmpty(),
        SPEC.key("endpoints"),
        "only one of WorkloadSelector or Endpoints is allowed in Service Entry");
    String resolution = Fields.text(spec, "resolution");
    hosts(Fields.texts(spec, "hosts"), resolution, verdicts);
    List<String> addresses = Fields.texts(spec, "addresses");
    boolean cidr = false;
    for (int i = 0; i < addresses.size(); i++) {
      verdicts.errorIf(SPEC.key("addresses").index(i), Names.subnet(addresses.get(i)));
      cidr |= addresses.get(i).contains("/");
    }
    boolean none = resolution.isEmpty() || resolution.equals("NONE");
    verdicts.errorIf(
        cidr && !none && !resolution.equals("STATIC"),
        SPEC.key("addresses"),
        "CIDR addresses are allowed only for NONE/STATIC resolution types");
    boolean optedOut =
        withMetadata
            && "false"
                .equalsIgnoreCase(
                    entry.labels().getOrDefault("networking.istio.io/enable-autoallocate-ip", ""));
    boolean allocates = !none && !optedOut && addresses.isEmpty();
    ports(Fields.items(spec, "ports"), addresses.isEmpty() && !allocates, verdicts);
    ResolutionRules.apply(entry, none ? "NONE" : resolution, withMetadata, verdicts);
    boolean several = Fields.texts(spec, "hosts").size() > 1;
    verdicts.errorIf(
        !none
            && several
            && Fields.items(spec, "ports").stream().anyMatch(ServiceEntryRules::opaque),
        SPEC.key("hosts"),
        "multiple hosts provided with non-HTTP, non-TLS ports");
    SharedRules.exportTo(
        Fields.texts(spec, "exportTo"), entry.key().namespace(), true, false, verdicts);
  }

  private static boolean opaque(Node port) {
    PortProtocol protocol = PortProtocol.parse(Fields.text(port, "protocol"));
    return !protocol.isHttp() && !protocol.isTls();
  }

  private static void hosts(List<String> hosts, String resolution, Verdicts verdicts) {
    verdicts.errorIf(
        hosts.isEmpty(), SPEC.key("hosts"), "service entry must have at least one host");
    for (int i = 0; i < hosts.size(); i++) {
      Path path = SPEC.key("hosts").index(i);
      String host = hosts.get(i);
      if (host.equals("*")) {
        verdicts.error(path, "invalid host *");
        continue;
      }
      verdicts.errorIf(path, Names.wildcardDomain(host));
      String partial = Names.partialWildcard(host);
      if (partial != null && !resolution.equals("DYNAMIC_DNS")) {
        verdicts.warning(path, partial);
      }
    }
  }

  private static void ports(List<Node> ports, boolean addressless, Verdicts verdicts) {
    Set<String> names = new HashSet<>();
    Set<Long> numbers = new HashSet<>();
    for (int i = 0; i < ports.size(); i++) {
      Path path = SPEC.key("ports").index(i);
      String name = Fields.text(ports.get(i), "name");
      long number = Fields.number(ports.get(i), "number");
      String protocol = Fields.text(ports.get(i), "protocol");
      verdicts.errorIf(
          !names.add(name),
          path.key("name"),
          "service entry port name \"%s\" already defined".formatted(name));
      verdicts.errorIf(path.key("name"), Names.portName(name));
      verdicts.errorIf(
          !numbers.add(number),
          path.key("number"),
          "service entry port %d already defined".formatted(number));
      verdicts.errorIf(path.key("number"), Names.port(number));
      if (Fields.number(ports.get(i), "targetPort") != 0) {
        verdicts.errorIf(
            path.key("targetPort"), Names.port(Fields.number(ports.get(i), "targetPort")));
      }
      verdicts.errorIf(path.key("protocol"), Names.protocol(protocol));
      verdicts.warningIf(
          addressless && (protocol.isEmpty() || protocol.equals("TCP")),
          path,
          "addresses are required for ports serving TCP (or unset) protocol when IP Autoallocation"
              + " is not enabled");
    }
  }
}
