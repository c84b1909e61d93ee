package pharos.config.check.istio;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
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

/** Two Gateways claim the same host on the same port of the same workload (catalog 5.16). */
final class ConflictingGatewayCheck implements Check {
  @Override
  public String name() {
    return "gateway.ConflictingGatewayAnalyzer";
  }

  @Override
  public Set<Kind> reads() {
    return Set.of(Kinds.GATEWAY, Kinds.POD);
  }

  @Override
  public void run(MeshView mesh, Consumer<Finding> report) {
    Map<Place, Map<String, Map<String, String>>> index = new LinkedHashMap<>();
    for (Resource gateway : mesh.all(Kinds.GATEWAY)) {
      Map<String, String> selector = Fields.map(gateway.spec(), "selector");
      for (Node server : Fields.items(gateway.spec(), "servers")) {
        // Of several servers on one port the last one counts, as upstream.
        index
            .computeIfAbsent(new Place(selector, port(server)), _ -> new TreeMap<>())
            .put(nameOf(gateway), binds(server));
      }
    }
    for (Resource gateway : mesh.all(Kinds.GATEWAY)) {
      check(gateway, index, mesh.all(Kinds.POD), report);
    }
  }

  /** Where a server listens. */
  private record Place(Map<String, String> selector, String port) {}

  private static String nameOf(Resource gateway) {
    return gateway.key().namespace() + "/" + gateway.key().name();
  }

  private static String port(Node server) {
    return Long.toString(Fields.number(server, "port", "number"));
  }

  private static Map<String, String> binds(Node server) {
    Map<String, String> binds = new HashMap<>();
    Fields.texts(server, "hosts").forEach(host -> binds.put(host, Fields.text(server, "bind")));
    return binds;
  }

  private void check(
      Resource gateway,
      Map<Place, Map<String, Map<String, String>>> index,
      List<Resource> pods,
      Consumer<Finding> report) {
    Map<String, String> selector = Fields.map(gateway.spec(), "selector");
    String text = Selectors.text(selector);
    List<Place> places =
        index.keySet().stream()
            .filter(place -> shareWorkload(selector, place.selector(), pods))
            .toList();
    if (!text.isEmpty() && places.isEmpty()) {
      report.accept(
          Finding.at(
              gateway,
              GatewayPaths.selector(selector),
              name(),
              IstioMessage.REFERENCED_RESOURCE_NOT_FOUND,
              "selector",
              text));
      return;
    }
    List<Node> servers = Fields.items(gateway.spec(), "servers");
    for (int i = 0; i < servers.size(); i++) {
      Node server = servers.get(i);
      Set<String> rivals = new TreeSet<>();
      for (Place place : places) {
        if (place.port().equals(port(server))) {
          index
              .getOrDefault(place, Map.of())
              .forEach((other, binds) -> {
                if (!other.equals(nameOf(gateway)) && claimsSame(server, binds)) {
                  rivals.add(other);
                }
              });
        }
      }
      if (!rivals.isEmpty()) {
        report.accept(
            Finding.at(
                gateway,
                Path.of("spec", "servers", i, "hosts"),
                name(),
                IstioMessage.CONFLICTING_GATEWAYS,
                String.join(",", rivals),
                text,
                port(server),
                String.join(",", Fields.texts(server, "hosts"))));
      }
    }
  }

  private static boolean claimsSame(Node server, Map<String, String> binds) {
    String bind = Fields.text(server, "bind");
    return Fields.texts(server, "hosts").stream().anyMatch(host -> bind.equals(binds.get(host)));
  }

  private static boolean shareWorkload(
      Map<String, String> a, Map<String, String> b, List<Resource> pods) {
    String textA = Selectors.text(a);
    String textB = Selectors.text(b);
    if (textA.equals(textB)) {
      return true;
    }
    if (!textA.contains(textB) && !textB.contains(textA)) {
      return false;
    }
    return pods.stream()
        .anyMatch(pod -> Selectors.matches(a, pod.labels()) && Selectors.matches(b, pod.labels()));
  }
}
