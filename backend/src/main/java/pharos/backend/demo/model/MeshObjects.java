package pharos.backend.demo.model;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.ServicePortBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointPortBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceBuilder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import pharos.backend.demo.model.Workload.DataPlane;

/** The Kubernetes objects of a mesh, as its API server would list them. */
public final class MeshObjects {
  private static final String CREATED = "2026-01-12T08:00:00Z";
  private static final String HASH_LABEL = "pod-template-hash";

  private final MeshModel model;
  private final int metricsPort;
  private final List<HasMetadata> objects = new ArrayList<>();
  private final Map<Workload, List<PodFact>> pods = new HashMap<>();
  private final Map<String, List<PodFact>> podsByNamespace = new HashMap<>();

  private MeshObjects(MeshModel model, List<PodFact> facts, int metricsPort) {
    this.model = model;
    this.metricsPort = metricsPort;
    for (PodFact pod : facts) {
      pods.computeIfAbsent(pod.workload(), _ -> new ArrayList<>()).add(pod);
      podsByNamespace.computeIfAbsent(pod.workload().namespace(), _ -> new ArrayList<>()).add(pod);
    }
  }

  /**
   * All objects, those that others refer to first.
   *
   * @param metricsPort where each pod's metrics are, on the pod's own address
   */
  public static List<HasMetadata> of(MeshModel model, List<PodFact> pods, int metricsPort) {
    var all = new MeshObjects(model, pods, metricsPort);
    model.namespaces().forEach(all::namespace);
    all.meshConfig();
    all.serviceAccounts();
    int number = 0;
    for (Service service : model.services()) {
      all.service(service, number++);
    }
    model.workloads().forEach(all::workload);
    all.objects.addAll(model.istioObjects());
    return all.objects;
  }

  private static ObjectMeta meta(
      String kind, String namespace, String name, Map<String, String> labels) {
    String identity = kind + "/" + namespace + "/" + name;
    return new ObjectMetaBuilder()
        .withNamespace(namespace.isEmpty() ? null : namespace)
        .withName(name)
        .withLabels(new TreeMap<>(labels))
        .withCreationTimestamp(CREATED)
        .withUid(UUID.nameUUIDFromBytes(identity.getBytes(StandardCharsets.UTF_8)).toString())
        .build();
  }

  private void namespace(String name) {
    var labels = new TreeMap<>(Map.of("kubernetes.io/metadata.name", name));
    if (!name.equals(MeshModel.ISTIO_NAMESPACE)) {
      boolean outside = name.equals(MeshModel.OUTSIDE_NAMESPACE);
      labels.put("istio-injection", outside ? "disabled" : "enabled");
    }
    objects.add(
        new NamespaceBuilder()
            .withMetadata(meta("Namespace", "", name, labels))
            .withNewStatus()
            .withPhase("Active")
            .endStatus()
            .build());
  }

  private void meshConfig() {
    objects.add(
        new ConfigMapBuilder()
            .withMetadata(meta("ConfigMap", MeshModel.ISTIO_NAMESPACE, "istio", Map.of()))
            .addToData(
                "mesh",
                """
                accessLogFile: /dev/stdout
                enablePrometheusMerge: true
                outboundTrafficPolicy:
                  mode: ALLOW_ANY
                rootNamespace: istio-system
                trustDomain: cluster.local
                """)
            .build());
  }

  private void serviceAccounts() {
    var seen = new LinkedHashSet<String>();
    for (Workload workload : model.workloads()) {
      if (seen.add(workload.namespace() + "/" + workload.serviceAccount())) {
        objects.add(
            new ServiceAccountBuilder()
                .withMetadata(
                    meta(
                        "ServiceAccount",
                        workload.namespace(),
                        workload.serviceAccount(),
                        Map.of()))
                .build());
      }
    }
  }

  private void service(Service service, int number) {
    Map<String, String> labels = Map.of("app", service.name(), "service", service.name());
    String address = "10.96.%d.%d".formatted(1 + number / 250, 1 + number % 250);
    objects.add(
        new ServiceBuilder()
            .withMetadata(meta("Service", service.namespace(), service.name(), labels))
            .withNewSpec()
            .withType("ClusterIP")
            .withClusterIP(address)
            .withClusterIPs(address)
            .withSelector(service.selector())
            .withPorts(
                service.ports().stream()
                    .map(port ->
                        new ServicePortBuilder()
                            .withName(port.name())
                            .withPort(port.number())
                            .withNewTargetPort(port.number())
                            .withProtocol("TCP")
                            .build())
                    .toList())
            .endSpec()
            .build());
    List<PodFact> selected =
        podsByNamespace.getOrDefault(service.namespace(), List.of()).stream()
            .filter(pod ->
                pod.workload().labels().entrySet().containsAll(service.selector().entrySet()))
            .toList();
    Map<String, String> sliceLabels = Map.of("kubernetes.io/service-name", service.name());
    objects.add(
        new EndpointSliceBuilder()
            .withMetadata(
                meta("EndpointSlice", service.namespace(), service.name() + "-x7k2p", sliceLabels))
            .withAddressType("IPv4")
            .withPorts(
                service.ports().stream()
                    .map(port ->
                        new EndpointPortBuilder()
                            .withName(port.name())
                            .withPort(port.number())
                            .withProtocol("TCP")
                            .build())
                    .toList())
            .withEndpoints(
                selected.stream()
                    .map(pod ->
                        new EndpointBuilder()
                            .withAddresses(pod.address())
                            .withNewConditions(true, true, false)
                            .withNewTargetRef()
                            .withKind("Pod")
                            .withNamespace(service.namespace())
                            .withName(pod.name())
                            .endTargetRef()
                            .build())
                    .toList())
            .build());
  }

  private void workload(Workload workload) {
    String owner =
        switch (workload.kind()) {
          case DEPLOYMENT -> deployment(workload);
          case STATEFUL_SET -> statefulSet(workload);
        };
    String ownerKind = workload.kind() == Workload.Kind.DEPLOYMENT ? "ReplicaSet" : "StatefulSet";
    for (PodFact pod : pods.getOrDefault(workload, List.of())) {
      pod(pod, ownerKind, owner);
    }
  }

  /** The deployment and its replica set, whose name owns the pods. */
  private String deployment(Workload workload) {
    List<PodFact> own = pods.getOrDefault(workload, List.of());
    String hash = own.isEmpty() ? "6c9d8f7b54" : own.getFirst().templateHash();
    int count = workload.replicas();
    ObjectMeta meta = meta("Deployment", workload.namespace(), workload.name(), workload.labels());
    objects.add(
        new DeploymentBuilder()
            .withMetadata(meta)
            .withNewSpec()
            .withReplicas(count)
            .withNewSelector()
            .withMatchLabels(selector(workload))
            .endSelector()
            .withNewTemplate()
            .withNewMetadata()
            .withLabels(workload.labels())
            .endMetadata()
            .withNewSpec()
            .withServiceAccountName(workload.serviceAccount())
            .endSpec()
            .endTemplate()
            .endSpec()
            .withNewStatus()
            .withReplicas(count)
            .withReadyReplicas(count)
            .withAvailableReplicas(count)
            .withUpdatedReplicas(count)
            .endStatus()
            .build());
    String name = workload.name() + "-" + hash;
    var labels = new TreeMap<>(workload.labels());
    labels.put(HASH_LABEL, hash);
    ObjectMeta owned = meta("ReplicaSet", workload.namespace(), name, labels);
    own(owned, "Deployment", workload.namespace(), workload.name());
    objects.add(
        new ReplicaSetBuilder()
            .withMetadata(owned)
            .withNewSpec()
            .withReplicas(count)
            .withNewSelector()
            .withMatchLabels(selector(workload))
            .endSelector()
            .endSpec()
            .withNewStatus()
            .withReplicas(count)
            .withReadyReplicas(count)
            .withAvailableReplicas(count)
            .endStatus()
            .build());
    return name;
  }

  private String statefulSet(Workload workload) {
    int count = workload.replicas();
    objects.add(
        new StatefulSetBuilder()
            .withMetadata(
                meta("StatefulSet", workload.namespace(), workload.name(), workload.labels()))
            .withNewSpec()
            .withReplicas(count)
            .withServiceName(workload.app())
            .withNewSelector()
            .withMatchLabels(selector(workload))
            .endSelector()
            .withNewTemplate()
            .withNewMetadata()
            .withLabels(workload.labels())
            .endMetadata()
            .withNewSpec()
            .withServiceAccountName(workload.serviceAccount())
            .endSpec()
            .endTemplate()
            .endSpec()
            .withNewStatus()
            .withReplicas(count)
            .withReadyReplicas(count)
            .withAvailableReplicas(count)
            .withCurrentReplicas(count)
            .withUpdatedReplicas(count)
            .endStatus()
            .build());
    return workload.name();
  }

  private static Map<String, String> selector(Workload workload) {
    return Map.of("app", workload.app(), "version", workload.version());
  }

  private static void own(ObjectMeta meta, String kind, String namespace, String name) {
    meta.setOwnerReferences(
        List.of(
            new OwnerReferenceBuilder()
                .withApiVersion("apps/v1")
                .withKind(kind)
                .withName(name)
                .withUid(meta(kind, namespace, name, Map.of()).getUid())
                .withController(true)
                .withBlockOwnerDeletion(true)
                .build()));
  }

  private void pod(PodFact pod, String ownerKind, String owner) {
    Workload workload = pod.workload();
    var labels = new TreeMap<>(workload.labels());
    if (!pod.templateHash().isEmpty()) {
      labels.put(HASH_LABEL, pod.templateHash());
    }
    var annotations = new TreeMap<String, String>();
    boolean inMesh = workload.dataPlane() != DataPlane.NONE;
    if (inMesh || workload.isControlPlane()) {
      annotations.put("prometheus.io/scrape", "true");
      annotations.put("prometheus.io/port", Integer.toString(metricsPort));
      annotations.put("prometheus.io/path", inMesh ? "/stats/prometheus" : "/metrics");
    }
    if (inMesh) {
      labels.put("service.istio.io/canonical-name", workload.app());
      labels.put("service.istio.io/canonical-revision", workload.version());
      labels.put("security.istio.io/tlsMode", "istio");
      annotations.put(
          "sidecar.istio.io/status", "{\"containers\":[\"istio-proxy\"],\"revision\":\"default\"}");
    }
    ObjectMeta meta = meta("Pod", workload.namespace(), pod.name(), labels);
    meta.setAnnotations(annotations);
    own(meta, ownerKind, workload.namespace(), owner);
    var builder =
        new PodBuilder()
            .withMetadata(meta)
            .withNewSpec()
            .withServiceAccountName(workload.serviceAccount())
            .withNodeName("node-" + (1 + Math.floorMod(pod.name().hashCode(), 3)))
            .endSpec()
            .withNewStatus()
            .withPhase("Running")
            .withPodIP(pod.address())
            .withStartTime(CREATED)
            .addNewCondition()
            .withType("Ready")
            .withStatus("True")
            .withLastTransitionTime(CREATED)
            .endCondition()
            .endStatus();
    if (workload.dataPlane() != DataPlane.GATEWAY) {
      builder = container(builder, workload.isControlPlane() ? "discovery" : workload.app(), "app");
    }
    if (inMesh) {
      builder = container(builder, "istio-proxy", "istio/proxyv2:" + MeshModel.ISTIO_VERSION);
    }
    objects.add(builder.build());
  }

  private static PodBuilder container(PodBuilder pod, String name, String image) {
    return pod.editSpec()
        .addToContainers(new ContainerBuilder().withName(name).withImage(image).build())
        .endSpec()
        .editStatus()
        .addNewContainerStatus()
        .withName(name)
        .withImage(image)
        .withReady(true)
        .withStarted(true)
        .withRestartCount(0)
        .withNewState()
        .withNewRunning(CREATED)
        .endState()
        .endContainerStatus()
        .endStatus();
  }
}
