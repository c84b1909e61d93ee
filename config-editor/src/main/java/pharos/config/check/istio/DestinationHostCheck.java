package pharos.config.check.istio;

import java.util.Map;
import java.util.HashMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import pharos.config.check.Check;
import pharos.config.check.Finding;
import pharos.config.check.IstioMessage;
import pharos.config.check.MeshView;
import pharos.config.check.istio.Destinations.Destination;
import pharos.config.istio.ServiceHosts;
import pharos.config.resource.Fields;
import pharos.config.resource.Kinds;
import pharos.config.resource.Path;
import pharos.config.resource.Resource;
import pharos.config.resource.ResourceKey.Kind;

/**
 * Routes to hosts and ports that do not exist, and subsets without effect at the ingress (catalog
 * 5.29).
 */
final class DestinationHostCheck implements Check {
  @Override
  public String name() {
    return "virtualservice.DestinationHostAnalyzer";
  }

  @Override
  public Set<Kind> reads() {
    return Set.of(Kinds.SERVICE_ENTRY, Kinds.VIRTUAL_SERVICE, Kinds.SERVICE);
  }

  @Override
  public void run(MeshView mesh, Consumer<Finding> report) {
    ServiceHosts hosts = mesh.index(ServiceHosts.INDEX);
    Map<String, List<Resource>> subsetRoutes = new HashMap<>();
    for (Resource service : mesh.all(Kinds.VIRTUAL_SERVICE)) {
      List<String> own = Fields.texts(service.spec(), "hosts");
      for (Destination destination : Destinations.of(service)) {
        checkHost(service, destination, hosts, report);
        boolean routed = destination.http() && !destination.mirror();
        if (routed && !destination.subset().isEmpty() && own.contains(destination.host())) {
          subsetRoutes.computeIfAbsent(destination.host(), _ -> new ArrayList<>()).add(service);
        }
      }
    }
    for (Resource service : mesh.all(Kinds.VIRTUAL_SERVICE)) {
      if (!Fields.texts(service.spec(), "gateways").isEmpty()) {
        checkSubsets(service, subsetRoutes, report);
      }
    }
  }

  private void checkHost(
      Resource service, Destination destination, ServiceHosts hosts, Consumer<Finding> report) {
    String host = destination.host();
    Path path = destination.path().key("host");
    ServiceHosts.Entry entry =
        hosts.find(service.key().namespace(), host, Fields.texts(service.spec(), "exportTo"));
    if (entry == null) {
      report.accept(
          Finding.at(
              service,
              path,
              name(),
              IstioMessage.REFERENCED_RESOURCE_NOT_FOUND,
              destination.mirror() ? "mirror host" : "host",
              host));
      return;
    }
    List<Long> ports = entry.ports().stream().map(ServiceHosts.Port::number).toList();
    long port = Fields.number(destination.node(), "port", "number");
    if (!Fields.has(destination.node(), "port")) {
      if (ports.size() > 1) {
        report.accept(
            Finding.at(
                service,
                path,
                name(),
                IstioMessage.VIRTUAL_SERVICE_DESTINATION_PORT_SELECTOR_REQUIRED,
                host,
                ports));
      }
    } else if (!ports.contains(port)) {
      report.accept(
          Finding.at(
              service,
              path,
              name(),
              IstioMessage.REFERENCED_RESOURCE_NOT_FOUND,
              "host:port",
              host + ":" + port));
    }
  }

  private void checkSubsets(
      Resource service, Map<String, List<Resource>> subsetRoutes, Consumer<Finding> report) {
    for (Destination destination : Destinations.of(service)) {
      if (!destination.http() || destination.mirror() || !destination.subset().isEmpty()) {
        continue;
      }
      for (Resource route : subsetRoutes.getOrDefault(destination.host(), List.of())) {
        report.accept(
            Finding.at(
                service,
                destination.path().key("host"),
                name(),
                IstioMessage.INGRESS_ROUTE_RULES_NOT_AFFECTED,
                nameOf(route),
                nameOf(service)));
      }
    }
  }

  private static String nameOf(Resource service) {
    return service.key().namespace() + "/" + service.key().name();
  }
}
