package pharos.backend.source.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/**
 * What is kept of a Deployment, StatefulSet or DaemonSet.
 *
 * @param labels of its pod template
 * @param healthRate annotation {@code health.kiali.io/rate}; empty when there is none
 */
record WorkloadRecord(
    String namespace,
    String name,
    String kind,
    Map<String, String> labels,
    String healthRate,
    int desired,
    int current,
    int available) {

  static WorkloadRecord of(String kind, JsonNode object) {
    JsonNode metadata = object.path("metadata");
    JsonNode spec = object.path("spec");
    JsonNode status = object.path("status");
    boolean daemon = kind.equals("DaemonSet");
    return new WorkloadRecord(
        metadata.path("namespace").asText(),
        metadata.path("name").asText(),
        kind,
        Json.strings(spec.path("template").path("metadata").path("labels")),
        metadata.path("annotations").path("health.kiali.io/rate").asText(),
        daemon
            ? status.path("desiredNumberScheduled").asInt()
            : spec.path("replicas").asInt(1), // the API's default
        daemon ? status.path("currentNumberScheduled").asInt() : status.path("replicas").asInt(),
        daemon ? status.path("numberAvailable").asInt() : status.path("availableReplicas").asInt());
  }
}
