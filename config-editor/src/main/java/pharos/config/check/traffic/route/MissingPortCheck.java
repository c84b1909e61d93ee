package pharos.config.check.traffic.route;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import pharos.config.check.Check;
import pharos.config.check.Finding;
import pharos.config.check.MeshView;
import pharos.config.istio.Hosts;
import pharos.config.istio.PortProtocol;
import pharos.config.istio.ServiceHosts;
import pharos.config.resource.Fields;
import pharos.config.resource.Kinds;
import pharos.config.resource.Node;
import pharos.config.resource.Path;
import pharos.config.resource.Resource;
import pharos.config.resource.ResourceKey.Kind;
import pharos.config.check.traffic.Report;
import pharos.config.check.traffic.Rule;
import pharos.config.check.traffic.Bindings;

/** Destinations that inherit a port which they do not have (R-HTTP-41, R-OB-18). */
final class MissingPortCheck implements Check {
  @Override
  public String name() {
    return "traffic.MissingPortCheck";
  }

  @Override
  public Set<Kind> reads() {
    return Set.of(Kinds.VIRTUAL_SERVICE, Kinds.SERVICE, Kinds.SERVICE_ENTRY);
  }

  /** A port that clients call, and by which host. */
  private record Called(String host, long port) {}

  @Override
  public void run(MeshView mesh, Consumer<Finding> findings) {
    Report report = new Report(name(), findings);
    for (Resource service : mesh.all(Kinds.VIRTUAL_SERVICE)) {
      if (!Bindings.isDelegate(service) && Bindings.onMesh(service)) {
        List<Called> called = called(service, mesh);
        for (Rule rule : Rule.http(service)) {
          for (int i = 0; i < rule.routes().size(); i++) {
            Node destination = Fields.node(rule.routes().get(i), "destination");
            Path path = rule.path().key("route").index(i).key("destination").key("host");
            check(service, rule, destination, path, called, mesh, report);
          }
        }
      }
    }
  }

  private static List<Called> called(Resource service, MeshView mesh) {
    List<Called> called = new ArrayList<>();
    for (String host : Bindings.hosts(service)) {
      if (host.startsWith("*")) {
        continue;
      }
      ServiceHosts.Entry entry = find(host, service, mesh);
      if (entry == null) {
        // A host that is no service is known on port 80 alone (R-OB-18).
        called.add(new Called(host, 80));
      } else {
        for (Node port : Fields.items(entry.resource().spec(), "ports")) {
          addIfHttp(host, port, entry.resource().key().kind(), called);
        }
      }
    }
    return called;
  }

  /** Ports without a recognised protocol are sniffed and may carry HTTP as well. */
  private static void addIfHttp(String host, Node port, Kind kind, List<Called> called) {
    boolean kubernetes = kind.equals(Kinds.SERVICE);
    long number = Fields.number(port, kubernetes ? "port" : "number");
    String protocol = Fields.text(port, "protocol");
    PortProtocol named =
        kubernetes
            ? PortProtocol.of(
                number, Fields.text(port, "name"), protocol, Fields.text(port, "appProtocol"))
            : PortProtocol.parse(protocol);
    if (named.isHttp() || named == PortProtocol.UNSUPPORTED) {
      called.add(new Called(host, number));
    }
  }

  private static ServiceHosts.@Nullable Entry find(String host, Resource service, MeshView mesh) {
    return mesh.index(ServiceHosts.INDEX)
        .find(service.key().namespace(), host, Fields.texts(service.spec(), "exportTo"));
  }

  private static void check(
      Resource service,
      Rule rule,
      @Nullable Node destination,
      Path path,
      List<Called> called,
      MeshView mesh,
      Report report) {
    String host = Fields.text(destination, "host");
    if (host.isEmpty() || Fields.has(destination, "port")) {
      return;
    }
    ServiceHosts.Entry target = find(host, service, mesh);
    // Several ports without a choice are istioctl's finding.
    if (target == null || target.ports().size() != 1) {
      return;
    }
    for (Called one : called) {
      boolean has = target.ports().getFirst().number() == one.port();
      if (!has && applies(rule, one.port(), service)) {
        report.at(
            service,
            path,
            RouteMessage.MISSING_PORT,
            one.host(),
            one.port(),
            one.port(),
            Hosts.fullName(host, service.key().namespace()));
        return;
      }
    }
  }

  /** Whether sidecars look at the rule for requests to a port. */
  private static boolean applies(Rule rule, long port, Resource service) {
    if (rule.matches().isEmpty()) {
      return true;
    }
    List<String> gateways = Bindings.gateways(service);
    return rule.matches().stream()
        .anyMatch(match -> {
          long wanted = Fields.number(match, "port");
          return (wanted == 0 || wanted == port)
              && Bindings.contexts(match, gateways, service.key().namespace())
                  .contains(Bindings.MESH);
        });
  }
}
