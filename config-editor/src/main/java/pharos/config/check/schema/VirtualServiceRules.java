package pharos.config.check.schema;

import java.util.List;
import org.jspecify.annotations.Nullable;
import pharos.config.istio.Hosts;
import pharos.config.resource.Fields;
import pharos.config.resource.Node;
import pharos.config.resource.Path;
import pharos.config.resource.Resource;

/** VirtualService (analysis catalog 6.4). */
final class VirtualServiceRules implements KindRules {
  private static final Path SPEC = Path.of("spec");

  @Override
  public void apply(Resource service, boolean withMetadata, Verdicts verdicts) {
    @Nullable Node spec = service.spec();
    List<String> hosts = Fields.texts(spec, "hosts");
    List<String> gateways = Fields.texts(spec, "gateways");
    List<Node> http = Fields.items(spec, "http");
    List<Node> tls = Fields.items(spec, "tls");
    List<Node> tcp = Fields.items(spec, "tcp");
    boolean delegate = hosts.isEmpty();
    if (delegate) {
      verdicts.errorIf(
          !gateways.isEmpty(),
          SPEC.key("gateways"),
          "delegate virtual service must have no gateways specified");
      verdicts.errorIf(
          !tls.isEmpty(),
          SPEC.key("tls"),
          "delegate virtual service must have no tls route specified");
      verdicts.errorIf(
          !tcp.isEmpty(),
          SPEC.key("tcp"),
          "delegate virtual service must have no tcp route specified");
    }
    GatewayNames.check(gateways, SPEC.key("gateways"), verdicts);
    boolean bound = !gateways.isEmpty() && !gateways.contains("mesh");
    if (!bound) {
      claimKeys(http, gateways, verdicts);
    }
    hosts(hosts, bound, hasSni(tls), verdicts);
    verdicts.errorIf(
        http.isEmpty() && tls.isEmpty() && tcp.isEmpty(),
        SPEC,
        "http, tcp or tls must be provided in virtual service");
    for (int i = 0; i < http.size(); i++) {
      HttpRouteRules.apply(http.get(i), delegate, SPEC.key("http").index(i), verdicts);
    }
    for (int i = 0; i < tls.size(); i++) {
      StreamRouteRules.tls(tls.get(i), hosts, gateways, SPEC.key("tls").index(i), verdicts);
    }
    for (int i = 0; i < tcp.size(); i++) {
      StreamRouteRules.tcp(tcp.get(i), SPEC.key("tcp").index(i), verdicts);
    }
    SharedRules.exportTo(
        Fields.texts(spec, "exportTo"), service.key().namespace(), false, false, verdicts);
    UnreachableRules.check("http", http, verdicts);
    UnreachableRules.check("tls", tls, verdicts);
    UnreachableRules.check("tcp", tcp, verdicts);
  }

  private static boolean hasSni(List<Node> tls) {
    return tls.stream()
        .flatMap(route -> Fields.items(route, "match").stream())
        .anyMatch(match -> !Fields.items(match, "sniHosts").isEmpty());
  }

  private static void claimKeys(List<Node> http, List<String> gateways, Verdicts verdicts) {
    for (int i = 0; i < http.size(); i++) {
      for (Node match : Fields.items(http.get(i), "match")) {
        for (String field : List.of("headers", "withoutHeaders")) {
          for (String key : Fields.entries(match, field).keySet()) {
            if (HeaderRules.isClaim(key)) {
              verdicts.error(
                  SPEC.key("http").index(i),
                  "JWT claim based routing (key: %s) is only supported for gateway, found no gateways: [%s]"
                      .formatted(key, String.join(" ", gateways)));
            }
          }
        }
      }
    }
  }

  private static void hosts(List<String> hosts, boolean bound, boolean sni, Verdicts verdicts) {
    boolean fine = true;
    for (int i = 0; i < hosts.size(); i++) {
      Path path = SPEC.key("hosts").index(i);
      String host = hosts.get(i);
      String wrong = bound ? Names.gatewayBoundDomain(sni, host) : Names.wildcardDomain(host);
      if (wrong != null && !Names.isIp(host)) {
        verdicts.error(path, wrong);
        fine = false;
      } else if (!bound && host.equals("*")) {
        verdicts.error(
            path, "wildcard host * is not allowed for virtual services bound to the mesh gateway");
        fine = false;
      }
    }
    for (int i = 0; fine && i < hosts.size(); i++) {
      for (int j = i + 1; j < hosts.size(); j++) {
        verdicts.errorIf(
            Hosts.overlap(hosts.get(i), hosts.get(j)),
            SPEC.key("hosts").index(j),
            "duplicate hosts in virtual service: %s & %s".formatted(hosts.get(i), hosts.get(j)));
      }
    }
  }
}
