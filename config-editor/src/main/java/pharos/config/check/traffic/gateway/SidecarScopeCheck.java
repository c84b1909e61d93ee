package pharos.config.check.traffic.gateway;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import pharos.config.check.Check;
import pharos.config.check.Finding;
import pharos.config.check.MeshView;
import pharos.config.istio.CreationTimes;
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
import pharos.config.check.traffic.Bindings;

/** Sidecar resources that import less, or other things, than they seem to (section 1.4). */
final class SidecarScopeCheck implements Check {
  /** Everything that an egress host can import: the namespaces of each host. */
  private static final Index<Map<String, Set<String>>> HOSTS =
      Index.of(
          Set.of(Kinds.SERVICE, Kinds.SERVICE_ENTRY, Kinds.VIRTUAL_SERVICE),
          SidecarScopeCheck::importable);

  @Override
  public String name() {
    return "traffic.SidecarScopeCheck";
  }

  @Override
  public Set<Kind> reads() {
    return Set.of(Kinds.SIDECAR, Kinds.VIRTUAL_SERVICE, Kinds.SERVICE, Kinds.SERVICE_ENTRY);
  }

  private static Map<String, Set<String>> importable(Snapshot resources) {
    Map<String, Set<String>> hosts = new HashMap<>();
    for (Resource service : resources.all(Kinds.SERVICE)) {
      add(hosts, Hosts.fullName(service.key().name(), service.key().namespace()), service);
    }
    for (Resource entry : resources.all(Kinds.SERVICE_ENTRY)) {
      Fields.texts(entry.spec(), "hosts").forEach(host -> add(hosts, host, entry));
    }
    for (Resource service : resources.all(Kinds.VIRTUAL_SERVICE)) {
      Bindings.hosts(service).forEach(host -> add(hosts, host, service));
    }
    return hosts;
  }

  private static void add(Map<String, Set<String>> hosts, String host, Resource object) {
    hosts.computeIfAbsent(host, _ -> new HashSet<>()).add(object.key().namespace());
  }

  @Override
  public void run(MeshView mesh, Consumer<Finding> findings) {
    Report report = new Report(name(), findings);
    Map<String, Resource> defaults = new HashMap<>();
    Set<String> several = new HashSet<>();
    Set<String> populated = populated(mesh);
    for (Resource sidecar : mesh.all(Kinds.SIDECAR)) {
      boolean selects = !Fields.entries(sidecar.spec(), "workloadSelector", "labels").isEmpty();
      if (selects) {
        several.add(sidecar.key().namespace());
      }
      if (!selects) {
        defaults.merge(
            sidecar.key().namespace(),
            sidecar,
            (a, b) -> CreationTimes.ORDER.compare(a, b) <= 0 ? a : b);
      } else if (sidecar.key().namespace().equals(mesh.mesh().rootNamespace())) {
        report.atKey(
            sidecar,
            Path.of("spec", "workloadSelector"),
            GatewayMessage.SIDECAR_SELECTOR_IN_ROOT,
            sidecar.key().namespace());
      }
      Node policy = Fields.node(sidecar.spec(), "outboundTrafficPolicy");
      if (policy != null && !Fields.has(policy, "mode")) {
        report.atKey(
            sidecar,
            Path.of("spec", "outboundTrafficPolicy"),
            GatewayMessage.OUTBOUND_POLICY_WITHOUT_MODE);
      }
      egressHosts(sidecar, populated, mesh, report);
    }
    for (Resource service : mesh.all(Kinds.VIRTUAL_SERVICE)) {
      Resource sidecar = defaults.get(service.key().namespace());
      // One with a selector may import for some workloads what the default does not.
      if (sidecar != null
          && !several.contains(service.key().namespace())
          && !Bindings.isDelegate(service)
          && Bindings.onMesh(service)) {
        imported(service, sidecar, mesh, report);
      }
    }
  }

  /** Namespaces of which services are known; of others nothing can be missed. */
  private static Set<String> populated(MeshView mesh) {
    Set<String> namespaces = new HashSet<>();
    mesh.all(Kinds.SERVICE).forEach(service -> namespaces.add(service.key().namespace()));
    mesh.all(Kinds.SERVICE_ENTRY).forEach(entry -> namespaces.add(entry.key().namespace()));
    return namespaces;
  }

  private static void egressHosts(
      Resource sidecar, Set<String> populated, MeshView mesh, Report report) {
    List<Node> egress = Fields.items(sidecar.spec(), "egress");
    for (int i = 0; i < egress.size(); i++) {
      List<String> hosts = Fields.texts(egress.get(i), "hosts");
      for (int j = 0; j < hosts.size(); j++) {
        String entry = hosts.get(j);
        int slash = entry.indexOf('/');
        String host = entry.substring(slash + 1);
        if (entry.startsWith("~") || slash < 0 || host.equals("*") || host.isEmpty()) {
          continue;
        }
        String scope = entry.substring(0, slash);
        String namespace = scope.equals(".") ? sidecar.key().namespace() : scope;
        boolean everywhere = namespace.equals("*");
        boolean known = everywhere ? populated.size() > 1 : populated.contains(namespace);
        if (known && !imports(host, namespace, mesh.index(HOSTS))) {
          report.at(
              sidecar,
              Path.of("spec", "egress", i, "hosts", j),
              GatewayMessage.EGRESS_HOST_UNKNOWN,
              everywhere ? "the mesh" : "namespace " + namespace,
              host);
        }
      }
    }
  }

  private static boolean imports(String host, String namespace, Map<String, Set<String>> known) {
    Set<String> exact = known.get(host);
    if (exact != null && (namespace.equals("*") || exact.contains(namespace))) {
      return true;
    }
    return known.entrySet().stream()
        .anyMatch(entry ->
            (namespace.equals("*") || entry.getValue().contains(namespace))
                && Hosts.overlap(entry.getKey(), host));
  }

  /** Only where nobody else may be meant: the host is a service of another namespace. */
  private static void imported(Resource service, Resource sidecar, MeshView mesh, Report report) {
    List<Node> egress = Fields.items(sidecar.spec(), "egress");
    String namespace = service.key().namespace();
    List<String> hosts = Bindings.hosts(service);
    for (String host : hosts) {
      ServiceHosts.Entry entry = mesh.index(ServiceHosts.INDEX).find(namespace, host, List.of());
      boolean own = entry != null && entry.resource().key().namespace().equals(namespace);
      if (own || egress.isEmpty() || imports(egress, namespace, host)) {
        return;
      }
    }
    report.at(
        service,
        Path.of("spec", "hosts", 0),
        GatewayMessage.SIDECAR_HIDES_VIRTUAL_SERVICE,
        Bindings.nameOf(sidecar),
        namespace);
  }

  /** R-SC-9: by the namespace of the VirtualService, not of the service. */
  private static boolean imports(List<Node> egress, String namespace, String host) {
    boolean imported = false;
    for (Node listener : egress) {
      for (String entry : Fields.texts(listener, "hosts")) {
        int slash = entry.indexOf('/');
        String scope = slash < 0 ? "" : entry.substring(0, slash);
        String pattern = entry.substring(slash + 1);
        boolean excludes = scope.startsWith("~");
        String where = excludes ? scope.substring(1) : scope;
        boolean here =
            where.equals("*")
                || where.equals(".")
                || where.equals(namespace)
                || (excludes && where.isEmpty());
        if (here && Hosts.overlap(host, pattern)) {
          if (excludes) {
            return false;
          }
          imported = true;
        }
      }
    }
    return imported;
  }
}
