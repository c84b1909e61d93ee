package pharos.backend.source.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import pharos.graph.sample.Inventory.DataPlane;

/**
 * What is kept of a pod.
 *
 * @param workload as Istio names the pod's owner
 * @param ip empty until the pod has one
 * @param live neither finished nor being deleted
 * @param scrape where its metrics are, from the usual annotations; empty when it has none
 */
record PodRecord(
    String namespace,
    String name,
    Owner workload,
    String ip,
    boolean live,
    boolean ready,
    Map<String, String> labels,
    DataPlane dataPlane,
    String scrape) {

  /** Job names of a CronJob, as Istio recognises them. */
  private static final Pattern CRON_JOB = Pattern.compile("(.+)-\\d{8,10}");

  private static final String PROXY = "istio-proxy";

  /** The controller of pods: what Istio calls the workload. */
  record Owner(String kind, String name) {}

  static PodRecord of(JsonNode pod) {
    JsonNode metadata = pod.path("metadata");
    JsonNode spec = pod.path("spec");
    JsonNode status = pod.path("status");
    String phase = status.path("phase").asText();
    Map<String, String> labels = Json.strings(metadata.path("labels"));
    Map<String, String> annotations = Json.strings(metadata.path("annotations"));
    String ip = status.path("podIP").asText();
    DataPlane dataPlane = dataPlane(spec, labels, annotations);
    return new PodRecord(
        metadata.path("namespace").asText(),
        metadata.path("name").asText(),
        owner(metadata, labels),
        ip,
        !phase.equals("Succeeded") && !phase.equals("Failed") && !metadata.has("deletionTimestamp"),
        isReady(status),
        labels,
        dataPlane,
        scrape(ip, dataPlane, annotations));
  }

  /** See istio pkg/kube/controllers: GetDeployMetaFromPod. */
  private static Owner owner(JsonNode metadata, Map<String, String> labels) {
    for (JsonNode reference : metadata.path("ownerReferences")) {
      if (!reference.path("controller").asBoolean()) {
        continue;
      }
      String kind = reference.path("kind").asText();
      String name = reference.path("name").asText();
      if (kind.equals("ReplicaSet")) {
        String hash = labels.getOrDefault("pod-template-hash", "");
        String rollout = labels.getOrDefault("rollouts-pod-template-hash", "");
        if (!rollout.isEmpty() && name.endsWith("-" + rollout)) {
          return new Owner("Rollout", cut(name, rollout));
        }
        if (!hash.isEmpty() && name.endsWith("-" + hash)) {
          return new Owner("Deployment", cut(name, hash));
        }
      }
      if (kind.equals("ReplicationController")) {
        String config = labels.getOrDefault("deploymentconfig", "");
        if (!config.isEmpty()) {
          return new Owner("DeploymentConfig", config);
        }
      }
      if (kind.equals("Job")) {
        Matcher cron = CRON_JOB.matcher(name);
        if (cron.matches()) {
          return new Owner("CronJob", cron.group(1));
        }
      }
      return new Owner(kind, name);
    }
    return new Owner("Pod", metadata.path("name").asText());
  }

  private static String cut(String name, String suffix) {
    return name.substring(0, name.length() - suffix.length() - 1);
  }

  private static boolean isReady(JsonNode status) {
    for (JsonNode condition : status.path("conditions")) {
      if (condition.path("type").asText().equals("Ready")) {
        return condition.path("status").asText().equals("True");
      }
    }
    return false;
  }

  private static DataPlane dataPlane(
      JsonNode spec, Map<String, String> labels, Map<String, String> annotations) {
    switch (labels.getOrDefault("gateway.istio.io/managed", "")) {
      case "istio.io-mesh-controller" -> {
        return DataPlane.WAYPOINT;
      }
      case "istio.io-gateway-controller" -> {
        return DataPlane.GATEWAY;
      }
      default -> {}
    }
    boolean proxy = false;
    boolean others = false;
    for (JsonNode container : spec.path("containers")) {
      boolean isProxy = container.path("name").asText().equals(PROXY);
      proxy |= isProxy;
      others |= !isProxy;
      if (isProxy && hasArgument(container, "router")) {
        return DataPlane.GATEWAY;
      }
      if (isProxy && hasArgument(container, "waypoint")) {
        return DataPlane.WAYPOINT;
      }
    }
    if (proxy) {
      // A proxy alone serves no application in its own pod.
      return others ? DataPlane.SIDECAR : DataPlane.GATEWAY;
    }
    for (JsonNode container : spec.path("initContainers")) {
      // A native sidecar is an init container that never ends.
      if (container.path("name").asText().equals(PROXY)) {
        return DataPlane.SIDECAR;
      }
    }
    return annotations.getOrDefault("ambient.istio.io/redirection", "").equals("enabled")
        ? DataPlane.AMBIENT
        : DataPlane.OUT_OF_MESH;
  }

  private static boolean hasArgument(JsonNode container, String argument) {
    for (JsonNode each : container.path("args")) {
      if (each.asText().equals(argument)) {
        return true;
      }
    }
    return false;
  }

  /** Proxies that carry no annotations answer at the merged endpoint of the agent. */
  private static String scrape(String ip, DataPlane dataPlane, Map<String, String> annotations) {
    boolean proxied = dataPlane != DataPlane.OUT_OF_MESH && dataPlane != DataPlane.AMBIENT;
    String wanted = annotations.getOrDefault("prometheus.io/scrape", proxied ? "true" : "false");
    if (ip.isEmpty() || !proxied || !wanted.equals("true")) {
      return "";
    }
    String port = annotations.getOrDefault("prometheus.io/port", "15020");
    String path = annotations.getOrDefault("prometheus.io/path", "/stats/prometheus");
    String scheme = annotations.getOrDefault("prometheus.io/scheme", "http");
    String host = ip.indexOf(':') < 0 ? ip : "[" + ip + "]";
    return scheme + "://" + host + ":" + port + (path.startsWith("/") ? path : "/" + path);
  }
}
