package pharos.config.check.traffic.route;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import pharos.config.check.Check;
import pharos.config.check.Finding;
import pharos.config.check.MeshView;
import pharos.config.istio.NameReference;
import pharos.config.istio.ServiceHosts;
import pharos.config.resource.Fields;
import pharos.config.resource.Kinds;
import pharos.config.resource.Node;
import pharos.config.resource.Resource;
import pharos.config.resource.ResourceKey.Kind;
import pharos.config.check.traffic.Report;
import pharos.config.check.traffic.Rule;
import pharos.config.check.traffic.Bindings;

/** Conditions on a port where nothing listens (R-HTTP-2, R-GW-16). */
final class MatchPortCheck implements Check {
  @Override
  public String name() {
    return "traffic.MatchPortCheck";
  }

  @Override
  public Set<Kind> reads() {
    return Set.of(Kinds.VIRTUAL_SERVICE, Kinds.SERVICE, Kinds.SERVICE_ENTRY, Kinds.GATEWAY);
  }

  @Override
  public void run(MeshView mesh, Consumer<Finding> findings) {
    Report report = new Report(name(), findings);
    for (Resource service : mesh.all(Kinds.VIRTUAL_SERVICE)) {
      if (!Bindings.isDelegate(service)) {
        for (Rule rule : Rule.of(service)) {
          check(service, rule, mesh, report);
        }
      }
    }
  }

  private static void check(Resource service, Rule rule, MeshView mesh, Report report) {
    List<String> gateways = Bindings.gateways(service);
    List<Node> matches = rule.matches();
    for (int i = 0; i < matches.size(); i++) {
      long port = Fields.number(matches.get(i), "port");
      if (port == 0) {
        continue;
      }
      Set<Long> ports = new TreeSet<>();
      boolean known = true;
      List<String> contexts =
          Bindings.contexts(matches.get(i), gateways, service.key().namespace());
      for (String gateway : contexts) {
        known &= addPorts(gateway, service, mesh, ports);
      }
      // Sidecars know a host on port 80 whatever its ports are (R-OB-18).
      known &= port != 80 || !contexts.contains(Bindings.MESH);
      if (known && !ports.isEmpty() && !ports.contains(port)) {
        report.at(
            service,
            rule.matchPath(i).key("port"),
            RouteMessage.MATCH_PORT_NEVER,
            port,
            ports.stream().map(String::valueOf).collect(Collectors.joining(", ")));
      }
    }
  }

  /** Adds the ports where requests can arrive; false when that is not known. */
  private static boolean addPorts(
      String gateway, Resource service, MeshView mesh, Set<Long> ports) {
    if (!gateway.equals(Bindings.MESH)) {
      NameReference name = NameReference.of(gateway, service.key().namespace());
      Resource object = mesh.find(Kinds.GATEWAY, name.namespace(), name.name());
      if (object == null) {
        return false;
      }
      Fields.items(object.spec(), "servers")
          .forEach(server -> ports.add(Fields.number(server, "port", "number")));
      return true;
    }
    ServiceHosts hosts = mesh.index(ServiceHosts.INDEX);
    for (String host : Bindings.hosts(service)) {
      ServiceHosts.Entry entry =
          host.startsWith("*")
              ? null
              : hosts.find(
                  service.key().namespace(), host, Fields.texts(service.spec(), "exportTo"));
      if (entry == null) {
        return false;
      }
      entry.ports().forEach(port -> ports.add(port.number()));
    }
    return true;
  }
}
