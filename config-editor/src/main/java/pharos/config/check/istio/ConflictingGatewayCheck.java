package pharos.config.check.istio;

import pharos.config.istio.Pods;
import java.util.LinkedHashSet;
import java.util.ArrayList;
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
    // Of several servers of a Gateway on one port the last one counts, as upstream.
    Map<Place, Map<String, Node>> servers = new LinkedHashMap<>();
    for (Resource gateway : mesh.all(Kinds.GATEWAY)) {
      Map<String, String> selector = Fields.map(gateway.spec(), "selector");
      String text = Selectors.text(selector);
      for (Node server : Fields.items(gateway.spec(), "servers")) {
        servers
            .computeIfAbsent(new Place(selector, text, port(server)), _ -> new TreeMap<>())
            .put(nameOf(gateway), server);
      }
    }
    Map<Place, Map<Claim, List<String>>> claims = new LinkedHashMap<>();
    servers.forEach((place, byGateway) -> claims.put(place, claims(byGateway)));
    Map<String, List<Place>> shared = new HashMap<>();
    for (Resource gateway : mesh.all(Kinds.GATEWAY)) {
      Map<String, String> selector = Fields.map(gateway.spec(), "selector");
      List<Place> places =
          shared.computeIfAbsent(
              Selectors.text(selector), text -> sharing(selector, text, claims.keySet(), mesh));
      check(gateway, places, claims, report);
    }
  }

  /** Where a server listens. */
  private record Place(Map<String, String> selector, String text, String port) {}

  /** What a server wants there. */
  private record Claim(String host, String bind) {}

  private static Map<Claim, List<String>> claims(Map<String, Node> byGateway) {
    Map<Claim, List<String>> claims = new HashMap<>();
    byGateway.forEach((gateway, server) -> {
      for (Claim claim : claims(server)) {
        claims.computeIfAbsent(claim, _ -> new ArrayList<>()).add(gateway);
      }
    });
    return claims;
  }

  private static Set<Claim> claims(Node server) {
    Set<Claim> claims = new LinkedHashSet<>();
    String bind = Fields.text(server, "bind");
    Fields.texts(server, "hosts").forEach(host -> claims.add(new Claim(host, bind)));
    return claims;
  }

  private static String nameOf(Resource gateway) {
    return gateway.key().namespace() + "/" + gateway.key().name();
  }

  private static String port(Node server) {
    return Long.toString(Fields.number(server, "port", "number"));
  }

  private void check(
      Resource gateway,
      List<Place> places,
      Map<Place, Map<Claim, List<String>>> claims,
      Consumer<Finding> report) {
    Map<String, String> selector = Fields.map(gateway.spec(), "selector");
    String text = Selectors.text(selector);
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
          Map<Claim, List<String>> taken = claims.getOrDefault(place, Map.of());
          for (Claim claim : claims(server)) {
            rivals.addAll(taken.getOrDefault(claim, List.of()));
          }
        }
      }
      rivals.remove(nameOf(gateway));
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

  /** The places whose servers run in a Pod that the selector selects as well. */
  private static List<Place> sharing(
      Map<String, String> selector, String text, Set<Place> places, MeshView mesh) {
    Pods pods = mesh.index(Pods.INDEX);
    return places.stream()
        .filter(place ->
            text.equals(place.text())
                || ((text.contains(place.text()) || place.text().contains(text))
                    && pods.matching(selector)
                        .anyMatch(pod -> Selectors.matches(place.selector(), pod.labels()))))
        .toList();
  }
}
