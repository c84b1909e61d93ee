package pharos.config.check.schema;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import pharos.config.istio.PortProtocol;
import pharos.config.resource.Fields;
import pharos.config.resource.Node;
import pharos.config.resource.Path;
import pharos.config.resource.Resource;

/** What a ServiceEntry may hold, by its resolution (analysis catalog 6.5). */
final class ResolutionRules {
  private static final Set<String> DYNAMIC_PROTOCOLS = Set.of("http", "tls", "grpc", "http2");
  private static final Path SPEC = Path.of("spec");

  private ResolutionRules() {}

  static void apply(Resource entry, String resolution, boolean withMetadata, Verdicts verdicts) {
    @Nullable Node spec = entry.spec();
    List<Node> endpoints = Fields.items(spec, "endpoints");
    Set<String> portNames = new HashSet<>();
    Fields.items(spec, "ports").forEach(port -> portNames.add(Fields.text(port, "name")));
    switch (resolution) {
      case "NONE" -> {
        verdicts.errorIf(
            !endpoints.isEmpty(),
            SPEC.key("endpoints"),
            "no endpoints should be provided for resolution type none");
        verdicts.warningIf(
            Fields.has(spec, "workloadSelector"),
            SPEC.key("workloadSelector"),
            "workloadSelector should not be set when resolution mode is NONE");
      }
      case "STATIC" -> {
        for (int i = 0; i < endpoints.size(); i++) {
          WorkloadEntryRules.endpoint(
              endpoints.get(i), portNames, SPEC.key("endpoints").index(i), verdicts);
        }
      }
      case "DNS", "DNS_ROUND_ROBIN" -> dns(spec, resolution, portNames, verdicts);
      case "DYNAMIC_DNS" -> dynamic(entry, withMetadata, verdicts);
      default -> {}
    }
  }

  private static void dns(
      @Nullable Node spec, String resolution, Set<String> portNames, Verdicts verdicts) {
    List<Node> endpoints = Fields.items(spec, "endpoints");
    List<String> hosts = Fields.texts(spec, "hosts");
    if (endpoints.isEmpty()) {
      for (String host : hosts) {
        String wrong = Names.fqdn(host);
        if (wrong != null) {
          verdicts.error(
              SPEC.key("hosts"),
              ("hosts must be FQDN or contain only prefix wildcards if no endpoints are provided"
                      + " for resolution mode %s, %s")
                  .formatted(resolution, wrong));
          break;
        }
      }
    }
    verdicts.errorIf(
        resolution.equals("DNS_ROUND_ROBIN") && endpoints.size() > 1,
        SPEC.key("endpoints"),
        "there must only be 0 or 1 endpoint for resolution mode DNS_ROUND_ROBIN");
    for (int i = 0; i < endpoints.size(); i++) {
      Path path = SPEC.key("endpoints").index(i);
      String address = Fields.text(endpoints.get(i), "address");
      verdicts.errorIf(
          !Names.isIp(address) && Names.fqdn(address) != null,
          path.key("address"),
          "endpoint address \"%s\" is not a valid FQDN or an IP address".formatted(address));
      Names.labelsMap(Fields.map(endpoints.get(i), "labels"), path.key("labels"), verdicts);
      ports(endpoints.get(i), portNames, path.key("ports"), verdicts);
    }
    boolean tcp =
        Fields.items(spec, "ports").stream()
            .anyMatch(port -> PortProtocol.parse(Fields.text(port, "protocol")).isTcp());
    verdicts.warningIf(
        tcp && hosts.size() > 1 && !Fields.items(spec, "addresses").isEmpty(),
        SPEC,
        "service entry can not have more than one host specified simultaneously with address and"
            + " tcp port");
  }

  static void ports(Node endpoint, Set<String> portNames, Path path, Verdicts verdicts) {
    for (Map.Entry<String, Node> port : Fields.entries(endpoint, "ports").entrySet()) {
      Path at = path.key(port.getKey());
      verdicts.errorIf(
          !portNames.contains(port.getKey()),
          at,
          "endpoint port %s is not defined by the service entry"
              .formatted(Fields.number(port.getValue())));
      verdicts.errorIf(at, Names.portName(port.getKey()));
      verdicts.errorIf(at, Names.port(Fields.number(port.getValue())));
    }
  }

  private static void dynamic(Resource entry, boolean withMetadata, Verdicts verdicts) {
    @Nullable Node spec = entry.spec();
    List<String> hosts = Fields.texts(spec, "hosts");
    verdicts.errorIf(
        hosts.isEmpty(),
        SPEC.key("hosts"),
        "at least one wildcard host must be provided for resolution type DYNAMIC_DNS");
    for (int i = 0; i < hosts.size(); i++) {
      verdicts.errorIf(
          !hosts.get(i).startsWith("*"),
          SPEC.key("hosts").index(i),
          "host must be wildcarded for resolution mode DYNAMIC_DNS");
    }
    verdicts.errorIf(
        !Fields.items(spec, "addresses").isEmpty(),
        SPEC.key("addresses"),
        "addresses cannot be set for resolution type DYNAMIC_DNS. HTTP route domains will only be"
            + " generatedfrom the hosts field values");
    verdicts.errorIf(
        !Fields.items(spec, "endpoints").isEmpty(),
        SPEC.key("endpoints"),
        "endpoints cannot be set for resolution type DYNAMIC_DNS. Destination IP address determined"
            + " from hostsfield values");
    for (Node port : Fields.items(spec, "ports")) {
      verdicts.errorIf(
          !DYNAMIC_PROTOCOLS.contains(Fields.text(port, "protocol").toLowerCase(Locale.ROOT)),
          SPEC.key("ports"),
          "only HTTP, TLS, GRPC, and HTTP2 protocols are supported for resolution type"
              + " DYNAMIC_DNS");
    }
    String waypoint = entry.labels().getOrDefault("istio.io/use-waypoint", "");
    verdicts.errorIf(
        withMetadata
            && Fields.text(spec, "location").equals("MESH_INTERNAL")
            && !waypoint.isEmpty()
            && !waypoint.equals("none"),
        SPEC.key("location"),
        "location MESH_INTERNAL with resolution type DYNAMIC_DNS is not supported when using"
            + " waypoints");
  }
}
