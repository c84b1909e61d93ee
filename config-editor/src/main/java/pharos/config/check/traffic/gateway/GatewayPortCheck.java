package pharos.config.check.traffic.gateway;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
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
import pharos.config.check.traffic.Bindings;

/** Servers written with the target port of the Service in front of them (R-GW-6, R-GW-16). */
final class GatewayPortCheck implements Check {
  @Override
  public String name() {
    return "traffic.GatewayPortCheck";
  }

  @Override
  public Set<Kind> reads() {
    return Set.of(Kinds.GATEWAY, Kinds.SERVICE);
  }

  @Override
  public void run(MeshView mesh, Consumer<Finding> findings) {
    Report report = new Report(name(), findings);
    Map<String, List<Resource>> byLabel = new HashMap<>();
    for (Resource service : mesh.all(Kinds.SERVICE)) {
      Fields.map(service.spec(), "selector")
          .forEach((key, value) ->
              byLabel.computeIfAbsent(key + "=" + value, _ -> new ArrayList<>()).add(service));
    }
    for (Resource gateway : mesh.all(Kinds.GATEWAY)) {
      List<Resource> services = services(Fields.map(gateway.spec(), "selector"), byLabel);
      List<Node> servers = Fields.items(gateway.spec(), "servers");
      for (int i = 0; i < servers.size(); i++) {
        judge(gateway, i, Fields.number(servers.get(i), "port", "number"), services, report);
      }
    }
  }

  /** The Services that select what the Gateway selects, as far as the labels say. */
  private static List<Resource> services(
      Map<String, String> selector, Map<String, List<Resource>> byLabel) {
    Set<Resource> services = new LinkedHashSet<>();
    selector.forEach(
        (key, value) -> services.addAll(byLabel.getOrDefault(key + "=" + value, List.of())));
    services.removeIf(
        service -> !Selectors.matches(Fields.map(service.spec(), "selector"), selector));
    return List.copyOf(services);
  }

  private static void judge(
      Resource gateway, int index, long number, List<Resource> services, Report report) {
    Resource found = null;
    long outside = 0;
    for (Resource service : services) {
      for (Node port : Fields.items(service.spec(), "ports")) {
        if (Fields.number(port, "port") == number) {
          return;
        }
        if (Fields.number(port, "targetPort") == number && found == null) {
          found = service;
          outside = Fields.number(port, "port");
        }
      }
    }
    if (found != null) {
      report.at(
          gateway,
          Path.of("spec", "servers", index, "port", "number"),
          GatewayMessage.GATEWAY_ON_TARGET_PORT,
          number,
          Bindings.nameOf(found),
          outside,
          number);
    }
  }
}
