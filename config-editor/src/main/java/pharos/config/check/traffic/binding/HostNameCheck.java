package pharos.config.check.traffic.binding;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import pharos.config.check.Check;
import pharos.config.check.Finding;
import pharos.config.check.MeshView;
import pharos.config.istio.Hosts;
import pharos.config.istio.ServiceHosts;
import pharos.config.resource.Fields;
import pharos.config.resource.Index;
import pharos.config.resource.Kinds;
import pharos.config.resource.Node;
import pharos.config.resource.Path;
import pharos.config.resource.Resource;
import pharos.config.resource.ResourceKey.Kind;
import pharos.config.resource.Snapshot;
import pharos.config.check.traffic.Report;
import pharos.config.check.traffic.Rule;

/** Names that mean another host than their author thinks (R-NAME-10, R-NAME-11). */
final class HostNameCheck implements Check {
  /** In which namespaces there is a Service of a name. */
  private static final Index<Map<String, Set<String>>> NAMESPACES =
      Index.of(Set.of(Kinds.SERVICE), HostNameCheck::namespaces);

  @Override
  public String name() {
    return "traffic.HostNameCheck";
  }

  @Override
  public Set<Kind> reads() {
    return Set.of(
        Kinds.VIRTUAL_SERVICE, Kinds.DESTINATION_RULE, Kinds.SERVICE, Kinds.SERVICE_ENTRY);
  }

  private static Map<String, Set<String>> namespaces(Snapshot resources) {
    Map<String, Set<String>> namespaces = new HashMap<>();
    for (Resource service : resources.all(Kinds.SERVICE)) {
      namespaces
          .computeIfAbsent(service.key().name(), _ -> new TreeSet<>())
          .add(service.key().namespace());
    }
    return namespaces;
  }

  @Override
  public void run(MeshView mesh, Consumer<Finding> findings) {
    Report report = new Report(name(), findings);
    for (Resource service : mesh.all(Kinds.VIRTUAL_SERVICE)) {
      List<String> hosts = Fields.texts(service.spec(), "hosts");
      for (int i = 0; i < hosts.size(); i++) {
        check(service, hosts.get(i), Path.of("spec", "hosts", i), mesh, report);
      }
      for (Rule rule : Rule.of(service)) {
        destinations(service, rule, mesh, report);
      }
    }
    for (Resource rule : mesh.all(Kinds.DESTINATION_RULE)) {
      check(rule, Fields.text(rule.spec(), "host"), Path.of("spec", "host"), mesh, report);
    }
  }

  private static void destinations(Resource service, Rule rule, MeshView mesh, Report report) {
    for (int i = 0; i < rule.routes().size(); i++) {
      check(
          service,
          Fields.text(rule.routes().get(i), "destination", "host"),
          rule.path().key("route").index(i).key("destination").key("host"),
          mesh,
          report);
    }
    check(
        service,
        Fields.text(rule.node(), "mirror", "host"),
        rule.path().key("mirror").key("host"),
        mesh,
        report);
    List<Node> mirrors = Fields.items(rule.node(), "mirrors");
    for (int i = 0; i < mirrors.size(); i++) {
      check(
          service,
          Fields.text(mirrors.get(i), "destination", "host"),
          rule.path().key("mirrors").index(i).key("destination").key("host"),
          mesh,
          report);
    }
  }

  private static void check(Resource object, String host, Path path, MeshView mesh, Report report) {
    if (host.isEmpty() || host.startsWith("*")) {
      return;
    }
    String namespace = object.key().namespace();
    boolean exists =
        mesh.index(ServiceHosts.INDEX)
                .find(namespace, host, Fields.texts(object.spec(), "exportTo"))
            != null;
    if (exists) {
      return;
    }
    Map<String, Set<String>> services = mesh.index(NAMESPACES);
    String[] parts = host.split("\\.", -1);
    if (parts.length == 1) {
      Set<String> elsewhere = services.getOrDefault(host, Set.of());
      if (!elsewhere.isEmpty() && !elsewhere.contains(namespace)) {
        report.at(
            object,
            path,
            BindingMessage.HOST_IN_OTHER_NAMESPACE,
            host,
            Hosts.fullName(host, namespace),
            String.join(", ", elsewhere));
      }
      return;
    }
    boolean shortened =
        parts.length == 2
            || (parts.length == 3 && parts[2].equals("svc"))
            || host.endsWith(".svc.cluster");
    if (shortened && services.getOrDefault(parts[0], Set.of()).contains(parts[1])) {
      report.at(
          object,
          path,
          BindingMessage.HOST_NOT_EXPANDED,
          host,
          parts[0] + "." + parts[1] + Hosts.CLUSTER_SUFFIX);
    }
  }
}
