package pharos.config.istio.view;

import java.util.ArrayList;
import java.util.List;
import pharos.config.istio.view.VirtualServiceReader.ViewNames;
import pharos.config.resource.Fields;
import pharos.config.resource.Node;
import pharos.config.resource.Path;
import pharos.config.resource.ResourceKey;

/** Reads entries of {@code tls} and {@code tcp}. */
final class StreamRouteReader {
  private final ResourceKey object;
  private final ViewNames names;

  StreamRouteReader(ResourceKey object, ViewNames names) {
    this.object = object;
    this.names = names;
  }

  StreamRoute read(Node rule, Path path, int index) {
    Origin origin = Origin.rule(object, path, index);
    List<Node> nodes = Fields.items(rule, "match");
    List<StreamRoute.Match> matches = new ArrayList<>(nodes.size());
    for (int i = 0; i < nodes.size(); i++) {
      Node match = nodes.get(i);
      matches.add(
          new StreamRoute.Match(
              Fields.texts(match, "sniHosts"),
              Fields.texts(match, "destinationSubnets"),
              (int) Fields.number(match, "port"),
              Fields.map(match, "sourceLabels"),
              Fields.text(match, "sourceNamespace"),
              names.gateways(Fields.texts(match, "gateways")),
              origin.at(i, path.key("match").index(i))));
    }
    return new StreamRoute(matches, RouteParts.destinations(rule, names), origin);
  }
}
