package pharos.config.check.schema;

import java.util.List;
import pharos.config.istio.Hosts;
import pharos.config.resource.Fields;
import pharos.config.resource.Node;
import pharos.config.resource.Path;

/** tls and tcp routes of a VirtualService (analysis catalog 6.4.6 and 6.4.7). */
final class StreamRouteRules {
  private StreamRouteRules() {}

  static void tls(
      Node route, List<String> hosts, List<String> gateways, Path path, Verdicts verdicts) {
    List<Node> matches = Fields.items(route, "match");
    verdicts.errorIf(
        matches.isEmpty(), path.key("match"), "TLS route must have at least one match condition");
    boolean bound = !gateways.isEmpty() && !gateways.contains("mesh");
    for (int i = 0; i < matches.size(); i++) {
      Path at = path.key("match").index(i);
      List<String> names = Fields.texts(matches.get(i), "sniHosts");
      verdicts.errorIf(
          names.isEmpty(), at.key("sniHosts"), "TLS match must have at least one SNI host");
      for (int j = 0; j < names.size(); j++) {
        sni(
            names.get(j),
            hosts,
            bound || gateways.isEmpty(),
            at.key("sniHosts").index(j),
            verdicts);
      }
      connection(matches.get(i), at, verdicts);
      GatewayNames.check(Fields.texts(matches.get(i), "gateways"), at.key("gateways"), verdicts);
    }
    List<Node> routes = Fields.items(route, "route");
    verdicts.errorIf(routes.isEmpty(), path.key("route"), "TLS route is required");
    RouteDestinationRules.apply(routes, false, path.key("route"), verdicts);
  }

  private static void sni(
      String name, List<String> hosts, boolean atGateway, Path path, Verdicts verdicts) {
    String wrong = atGateway ? Names.gatewayBoundDomain(true, name) : Names.wildcardDomain(name);
    if (wrong != null) {
      if (Names.isIp(name)) {
        verdicts.warning(
            path,
            "using an IP address (\"%s\") goes against SNI spec and most clients do not support this"
                .formatted(name));
      } else {
        verdicts.error(path, wrong);
      }
      return;
    }
    verdicts.errorIf(
        hosts.stream().noneMatch(host -> Hosts.subsetOf(name, host)),
        path,
        "SNI host \"%s\" is not a compatible subset of any of the virtual service hosts: [%s]"
            .formatted(name, String.join(", ", hosts)));
  }

  static void tcp(Node route, Path path, Verdicts verdicts) {
    List<Node> matches = Fields.items(route, "match");
    for (int i = 0; i < matches.size(); i++) {
      Path at = path.key("match").index(i);
      connection(matches.get(i), at, verdicts);
      GatewayNames.check(
          Fields.texts(matches.get(i), "gateways"), at.key("gateways"), verdicts.errorsOnly());
    }
    List<Node> routes = Fields.items(route, "route");
    verdicts.errorIf(routes.isEmpty(), path.key("route"), "TCP route is required");
    RouteDestinationRules.apply(routes, false, path.key("route"), verdicts);
  }

  private static void connection(Node match, Path path, Verdicts verdicts) {
    for (String subnet : Fields.texts(match, "destinationSubnets")) {
      verdicts.errorIf(path.key("destinationSubnets"), Names.subnet(subnet));
    }
    if (Fields.number(match, "port") != 0) {
      verdicts.errorIf(path.key("port"), Names.port(Fields.number(match, "port")));
    }
    Names.labelsMap(Fields.map(match, "sourceLabels"), path.key("sourceLabels"), verdicts);
  }
}
