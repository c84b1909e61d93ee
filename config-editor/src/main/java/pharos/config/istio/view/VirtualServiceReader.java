package pharos.config.istio.view;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import pharos.config.istio.CreationTimes;
import pharos.config.istio.MeshConfig;
import pharos.config.istio.ShortNames;
import pharos.config.resource.Fields;
import pharos.config.resource.Node;
import pharos.config.resource.Path;
import pharos.config.resource.Resource;

/** Reads a VirtualService as a user wrote it. */
public final class VirtualServiceReader {
  private static final Path SPEC = Path.of("spec");

  private final Resource resource;
  private final ViewNames names;

  private VirtualServiceReader(Resource resource, MeshConfig mesh) {
    this.resource = resource;
    this.names = new ViewNames(resource.key().namespace(), mesh);
  }

  /** The view of a VirtualService; what has the wrong type counts as absent. */
  public static VirtualService read(Resource resource, MeshConfig mesh) {
    return new VirtualServiceReader(resource, mesh).read();
  }

  private VirtualService read() {
    Node spec = resource.spec();
    List<String> gateways = names.gateways(Fields.texts(spec, "gateways"));
    HttpRouteReader http = new HttpRouteReader(resource.key(), names);
    StreamRouteReader streams = new StreamRouteReader(resource.key(), names);
    return new VirtualService(
        resource.key(),
        CreationTimes.seconds(resource),
        names.hosts(Fields.texts(spec, "hosts")), // R-NAME-12
        gateways.isEmpty() ? List.of(VirtualService.MESH) : gateways, // R-VS-2
        Fields.texts(spec, "exportTo"),
        rules("http", rule -> http.read(rule.node(), rule.path(), rule.index())),
        rules("tls", rule -> streams.read(rule.node(), rule.path(), rule.index())),
        rules("tcp", rule -> streams.read(rule.node(), rule.path(), rule.index())),
        VirtualService.Dialect.ISTIO);
  }

  private record Rule(Node node, Path path, int index) {}

  private <T> List<T> rules(String field, Function<Rule, T> reader) {
    List<Node> nodes = Fields.items(resource.spec(), field);
    List<T> rules = new ArrayList<>(nodes.size());
    for (int i = 0; i < nodes.size(); i++) {
      rules.add(reader.apply(new Rule(nodes.get(i), SPEC.key(field).index(i), i)));
    }
    return rules;
  }

  /** Completes the names of one object. */
  record ViewNames(String namespace, MeshConfig mesh) {
    String host(String host) {
      return ShortNames.host(host, namespace, mesh);
    }

    List<String> hosts(List<String> hosts) {
      return hosts.stream().map(this::host).toList();
    }

    List<String> gateways(List<String> references) {
      return references.stream().map(one -> ShortNames.gateway(one, namespace)).toList();
    }

    Destination destination(Node node) {
      return new Destination(
          host(Fields.text(node, "host")),
          Fields.text(node, "subset"),
          (int) Fields.number(node, "port", "number"));
    }
  }
}
