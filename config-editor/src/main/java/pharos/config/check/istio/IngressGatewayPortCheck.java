package pharos.config.check.istio;

import pharos.config.istio.Services;
import pharos.config.istio.Pods;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import pharos.config.check.Check;
import pharos.config.check.Finding;
import pharos.config.check.IstioMessage;
import pharos.config.check.MeshView;
import pharos.config.istio.Selectors;
import pharos.config.resource.Fields;
import pharos.config.resource.Kinds;
import pharos.config.resource.Node;
import pharos.config.resource.Path;
import pharos.config.resource.Resource;
import pharos.config.resource.ResourceKey.Kind;

/** A Gateway listens on a port that no Service of its workload offers (catalog 5.13). */
final class IngressGatewayPortCheck implements Check {
  @Override
  public String name() {
    return "gateway.IngressGatewayPortAnalyzer";
  }

  @Override
  public Set<Kind> reads() {
    return Set.of(Kinds.GATEWAY, Kinds.POD, Kinds.SERVICE);
  }

  @Override
  public void run(MeshView mesh, Consumer<Finding> report) {
    for (Resource gateway : mesh.all(Kinds.GATEWAY)) {
      Map<String, String> selector = Fields.map(gateway.spec(), "selector");
      String text = Selectors.text(selector);
      List<Resource> pods = mesh.index(Pods.INDEX).matching(selector).toList();
      if (pods.isEmpty()) {
        report.accept(
            Finding.at(
                gateway,
                GatewayPaths.selector(selector),
                name(),
                IstioMessage.REFERENCED_RESOURCE_NOT_FOUND,
                "selector",
                text));
        continue;
      }
      Set<Long> offered = offeredPorts(pods, mesh);
      List<Node> servers = Fields.items(gateway.spec(), "servers");
      for (int i = 0; i < servers.size(); i++) {
        long number = Fields.number(servers.get(i), "port", "number");
        if (Fields.has(servers.get(i), "port") && !offered.contains(number)) {
          report.accept(
              Finding.at(
                  gateway,
                  Path.of("spec", "servers", i, "port", "number"),
                  name(),
                  IstioMessage.GATEWAY_PORT_NOT_DEFINED_ON_SERVICE,
                  number,
                  text));
        }
      }
    }
  }

  private static Set<Long> offeredPorts(List<Resource> pods, MeshView mesh) {
    Set<Long> offered = new HashSet<>();
    Services services = mesh.index(Services.INDEX);
    for (Resource pod : pods) {
      for (Resource service : services.selecting(pod.key().namespace(), pod.labels())) {
        for (Node port : Fields.items(service.spec(), "ports")) {
          if (Fields.text(port, "protocol").equals("TCP")) {
            offered.add(Fields.number(port, "port"));
            if (Fields.number(port, "targetPort") != 0) {
              offered.add(Fields.number(port, "targetPort"));
            }
          }
        }
      }
    }
    return offered;
  }
}
