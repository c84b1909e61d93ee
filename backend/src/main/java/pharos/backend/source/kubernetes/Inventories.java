package pharos.backend.source.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import pharos.graph.sample.Inventory;
import pharos.graph.sample.Inventory.DataPlane;
import pharos.graph.sample.Inventory.NamespaceFact;
import pharos.graph.sample.Inventory.PortFact;
import pharos.graph.sample.Inventory.ServiceEntryFact;
import pharos.graph.sample.Inventory.ServiceFact;
import pharos.graph.sample.Inventory.WorkloadFact;

/** From what the cluster holds to the facts of the graph. A pure function. */
final class Inventories {
  private static final int UNKNOWN = -1;

  private final ClusterView view;
  private final String cluster;
  private final ServiceConfig serviceConfig;
  private final WorkloadConfig workloadConfig;

  private Inventories(ClusterView view, KubernetesSettings settings) {
    this.view = view;
    this.cluster = settings.cluster();
    this.serviceConfig = new ServiceConfig(view);
    this.workloadConfig = new WorkloadConfig(view, settings.rootNamespace());
  }

  /** The same view gives the same inventory, whatever the order of its parts. */
  static Inventory of(ClusterView view, KubernetesSettings settings) {
    Inventories build = new Inventories(view, settings);
    Map<String, NamespaceFact> namespaces = build.namespaces();
    return new Inventory(
        namespaces, build.services(), build.workloads(namespaces), build.serviceEntries());
  }

  private Map<String, NamespaceFact> namespaces() {
    Map<String, NamespaceFact> facts = new HashMap<>();
    for (MeshObject namespace : view.namespaces()) {
      Map<String, String> labels = namespace.labels();
      facts.put(
          namespace.name(),
          new NamespaceFact(
              namespace.name(),
              labels.getOrDefault("istio-injection", "").equals("enabled")
                  || (labels.containsKey("istio.io/rev") && !labels.containsKey("istio-injection")),
              labels.getOrDefault("istio.io/dataplane-mode", "").equals("ambient"),
              labels));
    }
    return facts;
  }

  private List<ServiceFact> services() {
    List<ServiceFact> facts = new ArrayList<>();
    for (MeshObject service : view.services()) {
      ServiceConfig.Found config = serviceConfig.of(service.namespace(), service.name());
      facts.add(
          new ServiceFact(
              cluster,
              service.namespace(),
              service.name(),
              service.labels(),
              Json.strings(service.spec().path("selector")),
              ports(service.spec()),
              nullIfEmpty(service.annotation("health.kiali.io/rate")),
              config.flags(),
              config.objects()));
    }
    facts.sort(Comparator.comparing(ServiceFact::namespace).thenComparing(ServiceFact::name));
    return facts;
  }

  private static List<PortFact> ports(JsonNode spec) {
    List<PortFact> ports = new ArrayList<>();
    for (JsonNode port : spec.path("ports")) {
      int number = port.path("port").asInt();
      String name = port.path("name").asText();
      ports.add(
          new PortFact(
              number,
              name,
              PortProtocols.of(
                  number,
                  name,
                  port.path("appProtocol").asText(),
                  port.path("protocol").asText("TCP"))));
    }
    return ports;
  }

  private List<WorkloadFact> workloads(Map<String, NamespaceFact> namespaces) {
    Map<WorkloadKey, Pods> byOwner = new HashMap<>();
    for (PodRecord pod : view.pods()) {
      if (pod.live()) {
        byOwner
            .computeIfAbsent(
                new WorkloadKey(pod.namespace(), pod.workload().kind(), pod.workload().name()),
                _ -> new Pods())
            .add(pod);
      }
    }
    List<WorkloadFact> facts = new ArrayList<>();
    for (WorkloadRecord workload : view.workloads()) {
      Pods pods =
          byOwner.remove(new WorkloadKey(workload.namespace(), workload.kind(), workload.name()));
      PodRecord sample = pods == null ? null : pods.sample;
      facts.add(
          fact(
              new WorkloadKey(workload.namespace(), workload.kind(), workload.name()),
              sample == null ? workload.labels() : sample.labels(),
              sample == null
                  ? expected(workload, namespaces.get(workload.namespace()))
                  : sample.dataPlane(),
              new int[] {workload.desired(), workload.current(), workload.available()},
              nullIfEmpty(workload.healthRate())));
    }
    // Pods of owners that are not followed: jobs, rollouts, bare pods.
    byOwner.forEach((key, pods) -> {
      PodRecord sample = pods.sample;
      if (sample != null) {
        int[] counts = {pods.count, pods.count, pods.ready};
        facts.add(fact(key, sample.labels(), sample.dataPlane(), counts, null));
      }
    });
    facts.sort(
        Comparator.comparing(WorkloadFact::namespace)
            .thenComparing(WorkloadFact::name)
            .thenComparing(WorkloadFact::kind));
    return facts;
  }

  private WorkloadFact fact(
      WorkloadKey key,
      Map<String, String> labels,
      DataPlane dataPlane,
      int[] counts,
      @Nullable String healthRate) {
    return new WorkloadFact(
        cluster,
        key.namespace(),
        key.name(),
        key.kind(),
        CanonicalLabels.service(labels),
        CanonicalLabels.revision(labels),
        labels,
        counts[0],
        counts[1],
        counts[2],
        UNKNOWN,
        dataPlane,
        healthRate,
        dataPlane == DataPlane.OUT_OF_MESH
            ? List.of()
            : workloadConfig.of(key.namespace(), labels));
  }

  /** What pods would get, for a workload that has none. */
  private static DataPlane expected(WorkloadRecord workload, @Nullable NamespaceFact namespace) {
    String inject = workload.labels().getOrDefault("sidecar.istio.io/inject", "");
    if (namespace == null || inject.equals("false")) {
      return DataPlane.OUT_OF_MESH;
    }
    if (namespace.ambient()) {
      return DataPlane.AMBIENT;
    }
    return namespace.injection() || inject.equals("true")
        ? DataPlane.SIDECAR
        : DataPlane.OUT_OF_MESH;
  }

  private List<ServiceEntryFact> serviceEntries() {
    List<ServiceEntryFact> facts = new ArrayList<>();
    for (MeshObject entry : view.config(WatchedKind.SERVICE_ENTRY)) {
      facts.add(
          new ServiceEntryFact(
              cluster,
              entry.namespace(),
              entry.name(),
              Json.list(entry.spec().path("hosts")),
              entry.spec().path("location").asText().equals("MESH_INTERNAL"),
              exportTo(entry)));
    }
    facts.sort(
        Comparator.comparing(ServiceEntryFact::namespace).thenComparing(ServiceEntryFact::name));
    return facts;
  }

  private static Set<String> exportTo(MeshObject entry) {
    Set<String> namespaces = new java.util.TreeSet<>();
    for (String to : Json.list(entry.spec().path("exportTo"))) {
      if (to.equals("*")) {
        return Set.of();
      }
      namespaces.add(to.equals(".") ? entry.namespace() : to);
    }
    return namespaces;
  }

  private static @Nullable String nullIfEmpty(String text) {
    return text.isEmpty() ? null : text;
  }

  private record WorkloadKey(String namespace, String kind, String name) {}

  /** The pods of one owner. The sample is the first by name, so that it does not flicker. */
  private static final class Pods {
    int count;
    int ready;
    @Nullable PodRecord sample;

    void add(PodRecord pod) {
      count++;
      ready += pod.ready() ? 1 : 0;
      if (sample == null || pod.name().compareTo(sample.name()) < 0) {
        sample = pod;
      }
    }
  }
}
