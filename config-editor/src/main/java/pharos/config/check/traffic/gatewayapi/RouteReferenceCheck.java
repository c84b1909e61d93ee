package pharos.config.check.traffic.gatewayapi;

import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import pharos.config.check.Check;
import pharos.config.check.Finding;
import pharos.config.check.MeshView;
import pharos.config.istio.Selectors;
import pharos.config.resource.Fields;
import pharos.config.resource.Kinds;
import pharos.config.resource.Node;
import pharos.config.resource.Path;
import pharos.config.resource.Resource;
import pharos.config.resource.ResourceKey.Kind;
import pharos.config.check.traffic.Report;

/** Gateway API routes to parents and backends that are missing or not open to them (section 9). */
final class RouteReferenceCheck implements Check {
  @Override
  public String name() {
    return "traffic.RouteReferenceCheck";
  }

  @Override
  public Set<Kind> reads() {
    return Set.of(
        Kinds.HTTP_ROUTE,
        Kinds.GRPC_ROUTE,
        Kinds.K8S_GATEWAY,
        Kinds.REFERENCE_GRANT,
        Kinds.SERVICE,
        Kinds.NAMESPACE);
  }

  @Override
  public void run(MeshView mesh, Consumer<Finding> findings) {
    Report report = new Report(name(), findings);
    for (Kind kind : List.of(Kinds.HTTP_ROUTE, Kinds.GRPC_ROUTE)) {
      for (Resource route : mesh.all(kind)) {
        boolean toGateway = parents(route, mesh, report);
        List<Node> rules = Fields.items(route.spec(), "rules");
        for (int i = 0; i < rules.size(); i++) {
          List<Node> backends = Fields.items(rules.get(i), "backendRefs");
          for (int j = 0; j < backends.size(); j++) {
            Path path = Path.of("spec", "rules", i, "backendRefs", j);
            backend(route, backends.get(j), path, toGateway, mesh, report);
          }
          List<Node> filters = Fields.items(rules.get(i), "filters");
          for (int j = 0; j < filters.size(); j++) {
            Path path = Path.of("spec", "rules", i, "filters", j, "requestMirror", "backendRef");
            mirror(
                route,
                Fields.node(filters.get(j), "requestMirror", "backendRef"),
                path,
                mesh,
                report);
          }
        }
      }
    }
    for (Resource grant : mesh.all(Kinds.REFERENCE_GRANT)) {
      List<Node> from = Fields.items(grant.spec(), "from");
      boolean known = mesh.find(Kinds.NAMESPACE, "", grant.key().namespace()) != null;
      for (int i = 0; i < from.size() && known; i++) {
        String namespace = Fields.text(from.get(i), "namespace");
        if (!namespace.isEmpty() && mesh.find(Kinds.NAMESPACE, "", namespace) == null) {
          report.at(
              grant,
              Path.of("spec", "from", i, "namespace"),
              GatewayApiMessage.GRANT_FROM_UNKNOWN_NAMESPACE,
              namespace);
        }
      }
    }
  }

  private static String namespaceOf(Node reference, Resource route) {
    String namespace = Fields.text(reference, "namespace");
    return namespace.isEmpty() ? route.key().namespace() : namespace;
  }

  /** Whether some parent is a Gateway. */
  private static boolean parents(Resource route, MeshView mesh, Report report) {
    boolean toGateway = false;
    List<Node> parents = Fields.items(route.spec(), "parentRefs");
    for (int i = 0; i < parents.size(); i++) {
      Node parent = parents.get(i);
      String kind = Fields.text(parent, "kind");
      String namespace = namespaceOf(parent, route);
      String name = Fields.text(parent, "name");
      Path path = Path.of("spec", "parentRefs", i, "name");
      if (kind.equals("Service")) {
        if (mesh.find(Kinds.SERVICE, namespace, name) == null) {
          report.at(
              route,
              path,
              GatewayApiMessage.ROUTE_PARENT_NOT_FOUND,
              "Service " + namespace + "/" + name);
        }
      } else if (kind.isEmpty() || kind.equals("Gateway")) {
        toGateway = true;
        Resource gateway = mesh.find(Kinds.K8S_GATEWAY, namespace, name);
        if (gateway == null) {
          report.at(
              route,
              path,
              GatewayApiMessage.ROUTE_PARENT_NOT_FOUND,
              "Gateway " + namespace + "/" + name);
        } else if (!allows(gateway, parent, route, mesh)) {
          report.at(
              route,
              path,
              GatewayApiMessage.ROUTE_PARENT_NOT_ALLOWED,
              namespace + "/" + name,
              route.key().namespace());
        }
      }
    }
    return toGateway;
  }

  private static boolean allows(Resource gateway, Node parent, Resource route, MeshView mesh) {
    String section = Fields.text(parent, "sectionName");
    String namespace = route.key().namespace();
    for (Node listener : Fields.items(gateway.spec(), "listeners")) {
      if (!section.isEmpty() && !section.equals(Fields.text(listener, "name"))) {
        continue;
      }
      Node from = Fields.node(listener, "allowedRoutes", "namespaces");
      boolean allowed =
          switch (Fields.text(from, "from")) {
            case "All" -> true;
            case "Selector" -> {
              Resource object = mesh.find(Kinds.NAMESPACE, "", namespace);
              // Without the Namespace its labels are not known.
              yield object == null
                  || Selectors.matchesSelector(Fields.node(from, "selector"), object.labels());
            }
            case "None" -> false;
            default -> namespace.equals(gateway.key().namespace());
          };
      if (allowed) {
        return true;
      }
    }
    return false;
  }

  private static void backend(
      Resource route, Node backend, Path path, boolean toGateway, MeshView mesh, Report report) {
    if (!isService(backend)) {
      return;
    }
    String namespace = namespaceOf(backend, route);
    String name = Fields.text(backend, "name");
    Resource service = mesh.find(Kinds.SERVICE, namespace, name);
    if (service == null) {
      report.at(
          route, path.key("name"), GatewayApiMessage.BACKEND_NOT_FOUND, namespace + "/" + name);
      return;
    }
    if (toGateway
        && !namespace.equals(route.key().namespace())
        && !granted(route, namespace, name, mesh)) {
      report.at(
          route,
          path.key("name"),
          GatewayApiMessage.BACKEND_NOT_GRANTED,
          namespace,
          route.key().kind().name() + "s",
          route.key().namespace(),
          namespace + "/" + name);
    }
    long port = Fields.number(backend, "port");
    List<Long> ports = ports(service);
    if (port != 0 && !ports.contains(port)) {
      report.at(
          route,
          path.key("port"),
          GatewayApiMessage.ROUTE_TO_UNKNOWN_PORT,
          namespace + "/" + name,
          port,
          ports);
    }
  }

  /** R-HTTP-81: copies for nobody are dropped without a word. */
  private static void mirror(
      Resource route, @Nullable Node backend, Path path, MeshView mesh, Report report) {
    if (backend == null || !isService(backend)) {
      return;
    }
    String namespace = namespaceOf(backend, route);
    String name = Fields.text(backend, "name");
    Resource service = mesh.find(Kinds.SERVICE, namespace, name);
    long port = Fields.number(backend, "port");
    if (service == null) {
      report.at(
          route,
          path.key("name"),
          GatewayApiMessage.MIRROR_NOT_FOUND,
          "Service " + namespace + "/" + name);
    } else if (port != 0 && !ports(service).contains(port)) {
      report.at(
          route,
          path.key("port"),
          GatewayApiMessage.MIRROR_NOT_FOUND,
          "port %d of Service %s/%s".formatted(port, namespace, name));
    }
  }

  private static boolean isService(Node backend) {
    String kind = Fields.text(backend, "kind");
    return (kind.isEmpty() || kind.equals("Service")) && Fields.text(backend, "group").isEmpty();
  }

  private static List<Long> ports(Resource service) {
    return Fields.items(service.spec(), "ports").stream()
        .map(port -> Fields.number(port, "port"))
        .toList();
  }

  /** R-GWAPI-15. */
  private static boolean granted(Resource route, String namespace, String name, MeshView mesh) {
    for (Resource grant : mesh.all(Kinds.REFERENCE_GRANT)) {
      if (!grant.key().namespace().equals(namespace)) {
        continue;
      }
      boolean from =
          Fields.items(grant.spec(), "from").stream()
              .anyMatch(one ->
                  Fields.text(one, "kind").equals(route.key().kind().name())
                      && Fields.text(one, "namespace").equals(route.key().namespace()));
      boolean to =
          Fields.items(grant.spec(), "to").stream()
              .anyMatch(one ->
                  Fields.text(one, "kind").equals("Service")
                      && (!Fields.has(one, "name") || Fields.text(one, "name").equals(name)));
      if (from && to) {
        return true;
      }
    }
    return false;
  }
}
