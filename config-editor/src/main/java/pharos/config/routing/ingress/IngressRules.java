package pharos.config.routing.ingress;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import pharos.config.istio.view.Destination;
import pharos.config.istio.view.HeaderOperations;
import pharos.config.istio.view.HttpMatch;
import pharos.config.istio.view.HttpRoute;
import pharos.config.istio.view.Origin;
import pharos.config.istio.view.StringMatch;
import pharos.config.resource.Fields;
import pharos.config.resource.Kinds;
import pharos.config.resource.Node;
import pharos.config.resource.Path;
import pharos.config.resource.Resource;
import pharos.config.resource.ResourceKey;
import pharos.config.resource.Snapshot;
import pharos.config.routing.effective.Ignored;

/** The paths of an Ingress rule as rules of a VirtualService (R-GW-40). */
final class IngressRules {
  /** Longest path first; at equal length exact before prefix. For a stable sort. */
  static final Comparator<HttpRoute> PRECEDENCE =
      Comparator.comparingInt((HttpRoute rule) -> -length(rule))
          .thenComparing(rule -> !(uri(rule) instanceof StringMatch.Exact));

  private final Snapshot resources;
  private final String domain;
  private final Set<Ignored> notes;

  IngressRules(Snapshot resources, String domain, Set<Ignored> notes) {
    this.resources = resources;
    this.domain = domain;
    this.notes = notes;
  }

  /** One rule per path, in order; paths without a usable backend are noted. */
  List<HttpRoute> of(Resource ingress, Node rule, int index) {
    Path paths = Path.of("spec", "rules", index, "http", "paths");
    List<HttpRoute> rules = new ArrayList<>();
    List<Node> nodes = Fields.items(rule, "http", "paths");
    for (int i = 0; i < nodes.size(); i++) {
      Node node = nodes.get(i);
      Origin origin = Origin.rule(ingress.key(), paths.index(i), index).at(i, paths.index(i));
      Destination destination = backend(ingress, node, origin);
      if (destination == null) {
        continue;
      }
      StringMatch uri = uri(node);
      rules.add(
          new HttpRoute(
              "",
              uri == null ? List.of() : List.of(match(uri, origin)),
              List.of(new HttpRoute.WeightedDestination(destination, 100, HeaderOperations.NONE)),
              null,
              null,
              null,
              null,
              null,
              null,
              null,
              null,
              null,
              null,
              List.of(),
              null,
              null,
              origin));
    }
    return rules;
  }

  private static HttpMatch match(StringMatch uri, Origin origin) {
    return new HttpMatch(
        "", uri, false, null, null, null, Map.of(), Map.of(), Map.of(), 0, Map.of(), "", List.of(),
        origin);
  }

  /** The condition on the path, or null for every path. */
  private static @Nullable StringMatch uri(Node path) {
    String text = Fields.text(path, "path");
    return switch (Fields.text(path, "pathType")) {
      case "Exact" -> new StringMatch.Exact(text);
      case "Prefix" -> new StringMatch.Prefix(text);
      default -> implementationSpecific(text);
    };
  }

  private static @Nullable StringMatch implementationSpecific(String path) {
    return switch (path) {
      case "", "*", "/*", ".*" -> null;
      default ->
          path.endsWith(".*") || path.endsWith("/*")
              ? new StringMatch.Prefix(path.substring(0, path.length() - 2))
              : new StringMatch.Exact(path);
    };
  }

  /** The Service of a path, or null when it has none that can be used. */
  private @Nullable Destination backend(Resource ingress, Node path, Origin origin) {
    Node backend = Fields.node(path, "backend");
    Node service = Fields.node(backend, "service");
    // v1beta1 named Service and port in one level.
    String name =
        Fields.text(service == null ? backend : service, service == null ? "serviceName" : "name");
    if (name.isEmpty()) {
      note(origin, "its backend is no Service");
      return null;
    }
    Node port =
        service == null ? Fields.node(backend, "servicePort") : Fields.node(service, "port");
    long number = service == null ? Fields.number(port) : Fields.number(port, "number");
    if (number == 0) {
      String portName = service == null ? Fields.text(port) : Fields.text(port, "name");
      number = numberOf(ingress.key().namespace(), name, portName);
      if (number == 0) {
        note(
            origin,
            "Service %s/%s has no port \"%s\""
                .formatted(ingress.key().namespace(), name, portName));
        return null;
      }
    }
    String host = name + "." + ingress.key().namespace() + ".svc." + domain;
    return new Destination(host, "", (int) number);
  }

  private long numberOf(String namespace, String service, String portName) {
    Resource found = resources.get(new ResourceKey(Kinds.SERVICE, namespace, service));
    if (found != null) {
      for (Node port : Fields.items(found.spec(), "ports")) {
        if (Fields.text(port, "name").equals(portName)) {
          return Fields.number(port, "port");
        }
      }
    }
    return 0;
  }

  private void note(Origin origin, String reason) {
    notes.add(new Ignored(origin, "R-GW-40", "the path is left out: " + reason));
  }

  private static @Nullable StringMatch uri(HttpRoute rule) {
    return rule.match().isEmpty() ? null : rule.match().getFirst().uri();
  }

  private static int length(HttpRoute rule) {
    return switch (uri(rule)) {
      case StringMatch.Exact exact -> exact.value().getBytes(StandardCharsets.UTF_8).length;
      case StringMatch.Prefix prefix -> prefix.value().getBytes(StandardCharsets.UTF_8).length;
      case null, default -> 0;
    };
  }
}
