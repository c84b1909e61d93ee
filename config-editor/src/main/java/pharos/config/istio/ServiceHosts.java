package pharos.config.istio;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import pharos.config.resource.Fields;
import pharos.config.resource.Index;
import pharos.config.resource.Kinds;
import pharos.config.resource.Node;
import pharos.config.resource.Resource;
import pharos.config.resource.Snapshot;

/** Which service a host stands for, seen from a namespace (analysis catalog 4.4). */
public final class ServiceHosts {
  public static final Index<ServiceHosts> INDEX =
      Index.of(Set.of(Kinds.SERVICE_ENTRY, Kinds.SERVICE), ServiceHosts::new);

  private final Map<String, Entry> byScopedHost = new HashMap<>();
  private final List<WildcardEntry> wildcards = new ArrayList<>();

  /**
   * A host's service.
   *
   * @param resource the Service or ServiceEntry
   * @param workloadSelector labels of a ServiceEntry's workloads; empty for a Service
   */
  public record Entry(Resource resource, List<Port> ports, Map<String, String> workloadSelector) {
    public Entry {
      ports = List.copyOf(ports);
      workloadSelector = Map.copyOf(workloadSelector);
    }
  }

  /** A port that the service offers. */
  public record Port(long number, String name, String protocol) {}

  private record WildcardEntry(String scope, String suffix, Entry entry) {}

  public ServiceHosts(Snapshot resources) {
    for (Resource resource : resources.all(Kinds.SERVICE_ENTRY)) {
      Entry entry =
          new Entry(
              resource,
              ports(Fields.items(resource.spec(), "ports")),
              Fields.map(resource.spec(), "workloadSelector", "labels"));
      var scopes =
          Visibility.scopes(Fields.texts(resource.spec(), "exportTo"), resource.key().namespace());
      for (String host : Fields.texts(resource.spec(), "hosts")) {
        scopes.forEach(scope -> add(scope, host, entry));
      }
    }
    for (Resource service : resources.all(Kinds.SERVICE)) {
      Entry entry = new Entry(service, ports(Fields.items(service.spec(), "ports")), Map.of());
      String host = Hosts.fullName(service.key().name(), service.key().namespace());
      String exportTo = service.annotations().getOrDefault("networking.istio.io/exportTo", "");
      List<String> scopes = new ArrayList<>();
      for (String scope : exportTo.split(",", -1)) {
        if (!scope.isBlank()) {
          scopes.add(scope.strip());
        }
      }
      Visibility.scopes(scopes, service.key().namespace())
          .forEach(scope -> add(scope, host, entry));
    }
  }

  private void add(String scope, String host, Entry entry) {
    byScopedHost.put(scope + "/" + host, entry);
    if (host.startsWith("*")) {
      wildcards.add(new WildcardEntry(scope, host.substring(1), entry));
    }
  }

  private static List<Port> ports(List<Node> nodes) {
    List<Port> ports = new ArrayList<>();
    for (Node port : nodes) {
      long number = Fields.number(port, "number");
      ports.add(
          new Port(
              number != 0 ? number : Fields.number(port, "port"),
              Fields.text(port, "name"),
              Fields.text(port, "protocol")));
    }
    return ports;
  }

  /**
   * The service of a host for an object.
   *
   * @param namespace of the object that names the host
   * @param exportTo of that object
   */
  public @Nullable Entry find(String namespace, String host, List<String> exportTo) {
    String name = Hosts.fullName(host, namespace);
    Entry everywhere = byScopedHost.get(Visibility.EVERYWHERE + "/" + name);
    if (everywhere != null) {
      return everywhere;
    }
    for (String scope : exportTo.isEmpty() ? List.of(namespace) : exportTo) {
      Entry scoped = byScopedHost.get((scope.equals(".") ? namespace : scope) + "/" + name);
      if (scoped != null) {
        return scoped;
      }
    }
    String bare = name.startsWith("*") ? name.substring(1) : name;
    for (WildcardEntry wildcard : wildcards) {
      boolean visible =
          wildcard.scope().equals(Visibility.EVERYWHERE) || wildcard.scope().equals(namespace);
      if (visible && bare.endsWith(wildcard.suffix())) {
        return wildcard.entry();
      }
    }
    return null;
  }
}
