package pharos.config.routing.gatewayapi;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import pharos.config.istio.Selectors;
import pharos.config.istio.view.Gateway;
import pharos.config.resource.Fields;
import pharos.config.resource.Kinds;
import pharos.config.resource.Node;
import pharos.config.resource.Resource;
import pharos.config.resource.ResourceKey;
import pharos.config.resource.Snapshot;

/** {@code allowedRoutes} of a listener: from which namespaces and of which kinds (R-GWAPI-3). */
public final class AllowedRoutes {
  /** Every Namespace has this label, also where a file does not show it. */
  private static final String NAME_LABEL = "kubernetes.io/metadata.name";

  private static final String ANY_NAMESPACE = "*";
  private static final String NO_NAMESPACE = "~";

  private final Snapshot resources;
  private @Nullable Map<String, Map<String, String>> namespaceLabels;

  public AllowedRoutes(Snapshot resources) {
    this.resources = resources;
  }

  /** Every object of the mesh is looked at, so only once and only for a listener that selects. */
  private synchronized Map<String, Map<String, String>> namespaceLabels() {
    Map<String, Map<String, String>> known = namespaceLabels;
    if (known == null) {
      known = new TreeMap<>();
      // A namespace that something lives in exists, whether or not its own document was given.
      for (Resource resource : resources.all()) {
        if (!resource.key().namespace().isEmpty()) {
          known.computeIfAbsent(resource.key().namespace(), name -> named(name, Map.of()));
        }
      }
      for (Resource namespace : resources.all(Kinds.NAMESPACE)) {
        known.put(namespace.key().name(), named(namespace.key().name(), namespace.labels()));
      }
      namespaceLabels = known;
    }
    return known;
  }

  private static Map<String, String> named(String namespace, Map<String, String> labels) {
    Map<String, String> all = new TreeMap<>(labels);
    all.put(NAME_LABEL, namespace);
    return all;
  }

  /** {@code namespace/hostname} for each namespace that may attach; {@code ~/hostname} for none. */
  List<String> serverHosts(String localNamespace, Node listener) {
    String hostname = Fields.text(listener, "hostname");
    String host = hostname.isEmpty() ? "*" : hostname;
    List<String> namespaces =
        namespaces(localNamespace, Fields.node(listener, "allowedRoutes", "namespaces"));
    return namespaces.isEmpty()
        ? List.of(NO_NAMESPACE + "/" + host)
        : namespaces.stream().map(namespace -> namespace + "/" + host).toList();
  }

  /** Whether a listener takes objects of a namespace. */
  public boolean allow(String localNamespace, Node listener, String namespace) {
    List<String> namespaces =
        namespaces(localNamespace, Fields.node(listener, "allowedRoutes", "namespaces"));
    return namespaces.contains(ANY_NAMESPACE) || namespaces.contains(namespace);
  }

  private List<String> namespaces(String localNamespace, @Nullable Node allowed) {
    String from = Fields.has(allowed, "from") ? Fields.text(allowed, "from") : "Same";
    Node selector = Fields.node(allowed, "selector");
    if (from.equals("Same")) {
      return List.of(localNamespace);
    }
    if (from.equals("All") || selector == null) {
      return List.of(ANY_NAMESPACE);
    }
    List<String> namespaces = new ArrayList<>();
    namespaceLabels()
        .forEach((namespace, labels) -> {
          if (Selectors.matchesSelector(selector, labels)) {
            namespaces.add(namespace);
          }
        });
    return namespaces;
  }

  /** Server hosts without the namespace where any may attach (R-GW-5). */
  static List<String> sanitised(List<String> serverHosts) {
    if (serverHosts.contains(ANY_NAMESPACE + "/*")) {
      return List.of("*");
    }
    return serverHosts.stream()
        .map(host -> host.startsWith(ANY_NAMESPACE + "/") ? host.substring(2) : host)
        .toList();
  }

  /** Kinds of routes that a listener takes: those of its protocol, narrowed by what it lists. */
  static Set<ResourceKey.Kind> kinds(Node listener, Gateway.@Nullable Tls tls) {
    Set<ResourceKey.Kind> supported = new LinkedHashSet<>();
    switch (Fields.text(listener, "protocol")) {
      case "HTTP", "HTTPS" -> {
        supported.add(Kinds.HTTP_ROUTE);
        supported.add(Kinds.GRPC_ROUTE);
      }
      case "TCP" -> supported.add(Kinds.TCP_ROUTE);
      case "TLS" -> {
        supported.add(Kinds.TLS_ROUTE);
        if (tls != null && tls.mode().terminates()) {
          supported.add(Kinds.TCP_ROUTE);
        }
      }
      default -> {}
    }
    List<Node> listed = Fields.items(listener, "allowedRoutes", "kinds");
    if (!listed.isEmpty()) {
      Set<ResourceKey.Kind> kinds = new LinkedHashSet<>();
      for (Node kind : listed) {
        kinds.add(Reference.of(kind, Kinds.HTTP_ROUTE, "").kind());
      }
      supported.retainAll(kinds);
    }
    return supported;
  }
}
