package pharos.backend.source.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import pharos.config.resource.Kinds;
import pharos.config.resource.Node;
import pharos.config.resource.Place;
import pharos.config.resource.Resource;
import pharos.config.resource.ResourceKey;

/**
 * Objects of the API as trees. Mesh configuration is kept without loss, apart from who manages
 * which field; of kinds that are many or large, and of Secrets, only what checks read is kept.
 */
final class ResourceTrees {
  private static final Set<ResourceKey.Kind> WITH_PODS =
      Set.of(Kinds.POD, Kinds.DEPLOYMENT, Kinds.STATEFUL_SET, Kinds.DAEMON_SET);

  /** Large, changed often, or secret; and read by no check. */
  private static final List<String> NOT_OF_PODS = List.of("volumes", "tolerations", "affinity");

  private static final List<String> NOT_OF_CONTAINERS =
      List.of(
          "env",
          "envFrom",
          "args",
          "command",
          "volumeMounts",
          "livenessProbe",
          "readinessProbe",
          "startupProbe",
          "lifecycle");

  /** A Secret's certificates, which are public; of everything else only that it is there. */
  private static final Set<String> CERTIFICATES =
      Set.of("cert", "tls.crt", "ca.crt", "cacert", "ca.crl");

  /** Base64 of "kept out". */
  private static final String KEPT_OUT = "a2VwdCBvdXQ=";

  private ResourceTrees() {}

  static Resource of(WatchedKind kind, JsonNode object) {
    ObjectNode json = object.deepCopy();
    // Items of a list do not repeat what they are.
    String apiVersion = json.path("apiVersion").asText();
    if (apiVersion.isEmpty()) {
      String version = kind.versions().getFirst();
      apiVersion = kind.group().isEmpty() ? version : kind.group() + "/" + version;
      json.put("apiVersion", apiVersion);
    }
    json.put("kind", kind.kind());
    reduce(kind.resourceKind(), json);
    JsonNode metadata = json.path("metadata");
    ResourceKey key =
        new ResourceKey(
            kind.resourceKind(),
            metadata.path("namespace").asText(),
            metadata.path("name").asText());
    return new Resource(key, apiVersion, mapping(json), Resource.Source.LIVE);
  }

  private static void reduce(ResourceKey.Kind kind, ObjectNode json) {
    remove(json.path("metadata"), "managedFields");
    if (WITH_PODS.contains(kind)) {
      JsonNode spec = json.path("spec");
      pod(kind.equals(Kinds.POD) ? spec : spec.path("template").path("spec"));
      changing(json);
      JsonNode status = json.path("status");
      if (status instanceof ObjectNode fields) {
        fields.retain("phase", "podIP", "podIPs", "conditions", "readyReplicas", "replicas");
      }
    } else if (kind.equals(Kinds.NODE)) {
      changing(json);
      remove(json, "status");
    } else if (kind.equals(Kinds.ENDPOINT_SLICE)) {
      changing(json);
    } else if (kind.equals(Kinds.CUSTOM_RESOURCE_DEFINITION)) {
      json.path("spec").path("versions").forEach(version -> remove(version, "schema"));
    } else if (kind.equals(Kinds.SECRET)) {
      secret(json);
    } else if (kind.equals(Kinds.CONFIG_MAP)
        && !json.path("metadata").path("name").asText().startsWith("istio")) {
      remove(json, "data");
      remove(json, "binaryData");
    }
  }

  /** So that a heartbeat is no change. */
  private static void changing(ObjectNode json) {
    remove(json.path("metadata"), "resourceVersion");
  }

  private static void pod(JsonNode spec) {
    NOT_OF_PODS.forEach(field -> remove(spec, field));
    for (String list : List.of("containers", "initContainers")) {
      for (JsonNode container : spec.path(list)) {
        NOT_OF_CONTAINERS.forEach(field -> remove(container, field));
      }
    }
  }

  /** Private keys and passwords never leave this method. */
  private static void secret(ObjectNode json) {
    if (json.path("metadata").path("annotations") instanceof ObjectNode annotations) {
      annotations.remove("kubectl.kubernetes.io/last-applied-configuration");
    }
    remove(json, "stringData");
    if (json.path("data") instanceof ObjectNode data) {
      for (String key : new ArrayList<>(fieldNames(data))) {
        if (!CERTIFICATES.contains(key)) {
          data.put(key, data.path(key).asText().isEmpty() ? "" : KEPT_OUT);
        }
      }
    }
  }

  private static List<String> fieldNames(ObjectNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static void remove(JsonNode object, String field) {
    if (object instanceof ObjectNode fields) {
      fields.remove(field);
    }
  }

  private static Node.Mapping mapping(JsonNode object) {
    Map<String, Node.Mapping.Entry> entries = LinkedHashMap.newLinkedHashMap(object.size());
    for (Map.Entry<String, JsonNode> field : object.properties()) {
      String key = field.getKey().intern();
      entries.put(
          key, new Node.Mapping.Entry(key, Place.START, Place.START, node(field.getValue())));
    }
    return new Node.Mapping(entries, Place.START, Place.START);
  }

  private static Node node(JsonNode json) {
    return switch (json) {
      case ObjectNode object -> mapping(object);
      case ArrayNode array -> {
        List<Node> items = new ArrayList<>(array.size());
        array.forEach(item -> items.add(node(item)));
        yield new Node.Sequence(items, Place.START, Place.START);
      }
      default -> scalar(json);
    };
  }

  private static Node.Scalar scalar(JsonNode json) {
    return switch (json.getNodeType()) {
      case BOOLEAN ->
          new Node.Scalar(json.booleanValue(), json.asText(), false, Place.START, Place.START);
      case NUMBER ->
          new Node.Scalar(
              json.isIntegralNumber()
                  ? json.canConvertToLong() ? (Object) json.longValue() : json.bigIntegerValue()
                  : (Object) json.doubleValue(),
              json.asText(),
              false,
              Place.START,
              Place.START);
      case STRING ->
          new Node.Scalar(json.textValue(), json.textValue(), true, Place.START, Place.START);
      default -> new Node.Scalar(null, "null", false, Place.START, Place.START);
    };
  }
}
