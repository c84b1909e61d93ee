package pharos.config.check.istio;

import java.util.ArrayList;
import java.util.List;
import pharos.config.resource.Fields;
import pharos.config.resource.Node;
import pharos.config.resource.Path;
import pharos.config.resource.Resource;

/** The destinations that a VirtualService names, with their places. */
final class Destinations {
  private Destinations() {}

  /**
   * One destination.
   *
   * @param http whether an http route names it
   * @param mirror whether it only gets copies
   */
  record Destination(Node node, Path path, boolean http, boolean mirror) {
    String host() {
      return Fields.text(node, "host");
    }

    String subset() {
      return Fields.text(node, "subset");
    }
  }

  /** All destinations: routes of tcp, tls and http, then mirrors. */
  static List<Destination> of(Resource virtualService) {
    List<Destination> destinations = new ArrayList<>();
    for (String protocol : List.of("tcp", "tls", "http")) {
      List<Node> rules = Fields.items(virtualService.spec(), protocol);
      for (int i = 0; i < rules.size(); i++) {
        List<Node> routes = Fields.items(rules.get(i), "route");
        for (int j = 0; j < routes.size(); j++) {
          Path path = Path.of("spec", protocol, i, "route", j, "destination");
          add(
              destinations,
              Fields.node(routes.get(j), "destination"),
              path,
              protocol.equals("http"),
              false);
        }
        Path rule = Path.of("spec", protocol, i);
        add(destinations, Fields.node(rules.get(i), "mirror"), rule.key("mirror"), true, true);
        List<Node> mirrors = Fields.items(rules.get(i), "mirrors");
        for (int j = 0; j < mirrors.size(); j++) {
          Path path = rule.key("mirrors").index(j).key("destination");
          add(destinations, Fields.node(mirrors.get(j), "destination"), path, true, true);
        }
      }
    }
    return destinations;
  }

  private static void add(
      List<Destination> destinations,
      @org.jspecify.annotations.Nullable Node node,
      Path path,
      boolean http,
      boolean mirror) {
    if (node != null) {
      destinations.add(new Destination(node, path, http, mirror));
    }
  }
}
