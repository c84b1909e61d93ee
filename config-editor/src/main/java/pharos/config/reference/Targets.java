package pharos.config.reference;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import pharos.config.istio.Hosts;
import pharos.config.istio.NameReference;
import pharos.config.istio.Selectors;
import pharos.config.istio.ServiceHosts;
import pharos.config.resource.Fields;
import pharos.config.resource.Kinds;
import pharos.config.resource.Resource;
import pharos.config.resource.ResourceKey;
import pharos.config.resource.ResourceKey.Kind;
import pharos.config.resource.Snapshot;

/** What can be named in a snapshot, indexed by how it is named. */
final class Targets {
  /** Kinds whose pods a selector finds. */
  static final List<Kind> WORKLOADS =
      List.of(Kinds.DEPLOYMENT, Kinds.STATEFUL_SET, Kinds.DAEMON_SET);

  private final Snapshot resources;
  private final String rootNamespace;
  private final ServiceHosts hosts;
  private final Map<String, List<Workload>> workloads = new HashMap<>();
  private final Map<String, List<Resource>> rulesByHost = new HashMap<>();

  private record Workload(ResourceKey key, Map<String, String> labels) {}

  Targets(Snapshot resources, String rootNamespace) {
    this.resources = resources;
    this.rootNamespace = rootNamespace;
    this.hosts = new ServiceHosts(resources);
    for (Kind kind : WORKLOADS) {
      for (Resource owner : resources.all(kind)) {
        Map<String, String> labels =
            Fields.map(Fields.node(owner.spec(), "template", "metadata"), "labels");
        addWorkload(owner.key(), labels);
      }
    }
    for (Resource entry : resources.all(Kinds.WORKLOAD_ENTRY)) {
      addWorkload(entry.key(), Fields.map(entry.spec(), "labels"));
    }
    for (Resource rule : resources.all(Kinds.DESTINATION_RULE)) {
      String host = fullName(Fields.text(rule.spec(), "host"), rule.key().namespace());
      rulesByHost.computeIfAbsent(host, _ -> new ArrayList<>()).add(rule);
    }
  }

  private void addWorkload(ResourceKey key, Map<String, String> labels) {
    workloads
        .computeIfAbsent(key.namespace(), _ -> new ArrayList<>())
        .add(new Workload(key, labels));
  }

  static String fullName(String host, String namespace) {
    return Hosts.fullName(host, namespace);
  }

  @Nullable ResourceKey object(Kind kind, String namespace, String name) {
    ResourceKey key = new ResourceKey(kind, namespace, name);
    return resources.get(key) == null ? null : key;
  }

  ServiceHosts.@Nullable Entry service(String host, String namespace) {
    ServiceHosts.Entry entry = hosts.find(namespace, host, List.of());
    if (entry != null || !host.endsWith(Hosts.CLUSTER_SUFFIX)) {
      return entry;
    }
    NameReference name = NameReference.ofHost(host, namespace);
    return hosts.find(name.namespace(), host, List.of());
  }

  /** DestinationRules that are written for a host and have the subset. */
  List<ResourceKey> rulesWithSubset(String host, String namespace, String subset) {
    return rulesByHost.getOrDefault(fullName(host, namespace), List.of()).stream()
        .filter(rule ->
            Fields.items(rule.spec(), "subsets").stream()
                .anyMatch(item -> Fields.text(item, "name").equals(subset)))
        .map(Resource::key)
        .toList();
  }

  /** Workloads of a namespace with these labels; an empty selector finds none. */
  List<ResourceKey> workloads(String namespace, Map<String, String> selector) {
    return selector.isEmpty() ? List.of() : matching(workloads.get(namespace), selector);
  }

  /** As a policy selects: in its own namespace, or everywhere from the root namespace. */
  List<ResourceKey> selected(String namespace, Map<String, String> selector) {
    return namespace.equals(rootNamespace) ? anywhere(selector) : workloads(namespace, selector);
  }

  /** Workloads of all namespaces with these labels; an empty selector finds none. */
  List<ResourceKey> anywhere(Map<String, String> selector) {
    List<ResourceKey> found = new ArrayList<>();
    if (!selector.isEmpty()) {
      workloads.values().forEach(list -> found.addAll(matching(list, selector)));
    }
    found.sort(null);
    return found;
  }

  private static List<ResourceKey> matching(
      @Nullable List<Workload> candidates, Map<String, String> selector) {
    List<ResourceKey> found = new ArrayList<>();
    if (candidates != null) {
      for (Workload candidate : candidates) {
        if (Selectors.matches(selector, candidate.labels())) {
          found.add(candidate.key());
        }
      }
    }
    return found;
  }

  /** Labels of the workloads behind a service; empty for one without a selector. */
  static Map<String, String> selectorOf(ServiceHosts.Entry service) {
    return service.resource().key().kind().equals(Kinds.SERVICE)
        ? Fields.map(service.resource().spec(), "selector")
        : service.workloadSelector();
  }
}
