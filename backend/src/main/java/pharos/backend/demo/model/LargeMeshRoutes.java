package pharos.backend.demo.model;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The Istio objects of a generated mesh. */
final class LargeMeshRoutes {
  private static final Map<Integer, List<Integer>> WEIGHTS =
      Map.of(2, List.of(90, 10), 3, List.of(60, 30, 10));

  private final List<GenericKubernetesResource> objects = new ArrayList<>();

  LargeMeshRoutes() {
    add(
        "security.istio.io/v1",
        "PeerAuthentication",
        MeshModel.ISTIO_NAMESPACE,
        "default",
        Map.of("mtls", Map.of("mode", "STRICT")));
    add(
        "networking.istio.io/v1",
        "Gateway",
        MeshModel.ISTIO_NAMESPACE,
        "public",
        Map.of(
            "selector",
            Map.of("istio", "ingressgateway"),
            "servers",
            List.of(
                Map.of(
                    "port",
                    Map.of("number", 80, "name", "http", "protocol", "HTTP"),
                    "hosts",
                    List.of("*/*.example.com")))));
  }

  List<GenericKubernetesResource> objects() {
    return objects;
  }

  /** Says in Istio's words what {@link ProxyMetrics#FRUGAL} leaves out. */
  void frugalTelemetry() {
    var unwanted = new ArrayList<Map<String, Object>>();
    for (String metric : List.of("REQUEST_SIZE", "RESPONSE_SIZE")) {
      unwanted.add(
          Map.of("match", Map.of("metric", metric, "mode", "CLIENT_AND_SERVER"), "disabled", true));
    }
    unwanted.add(
        Map.of("match", Map.of("metric", "REQUEST_DURATION", "mode", "CLIENT"), "disabled", true));
    Map<String, Object> remove = Map.of("operation", "REMOVE");
    unwanted.add(
        Map.of(
            "match",
            Map.of("metric", "ALL_METRICS"),
            "tagOverrides",
            Map.of(
                "source_app", remove,
                "source_version", remove,
                "destination_app", remove,
                "destination_version", remove)));
    add(
        "telemetry.istio.io/v1",
        "Telemetry",
        MeshModel.ISTIO_NAMESPACE,
        "mesh-default",
        Map.of(
            "metrics",
            List.of(
                Map.of(
                    "providers", List.of(Map.of("name", "prometheus")), "overrides", unwanted))));
  }

  /** Lets a host in at the gateway. */
  void entry(Service service, String host) {
    Map<String, Object> destination =
        Map.of(
            "host", service.host(), "port", Map.of("number", service.ports().getFirst().number()));
    add(
        "networking.istio.io/v1",
        "VirtualService",
        service.namespace(),
        service.name() + "-entry",
        Map.of(
            "hosts",
            List.of(host),
            "gateways",
            List.of(MeshModel.ISTIO_NAMESPACE + "/public"),
            "http",
            List.of(Map.of("route", List.of(Map.of("destination", destination))))));
  }

  /** Splits a service's traffic between its versions. */
  void split(Service service, int versions) {
    var subsets = new ArrayList<Map<String, Object>>();
    var routes = new ArrayList<Map<String, Object>>();
    for (int version = 1; version <= versions; version++) {
      String name = "v" + version;
      subsets.add(Map.of("name", name, "labels", Map.of("version", name)));
      routes.add(
          Map.of(
              "destination",
              Map.of("host", service.host(), "subset", name),
              "weight",
              WEIGHTS.getOrDefault(versions, List.of()).get(version - 1)));
    }
    add(
        "networking.istio.io/v1",
        "DestinationRule",
        service.namespace(),
        service.name(),
        Map.of("host", service.host(), "subsets", subsets));
    add(
        "networking.istio.io/v1",
        "VirtualService",
        service.namespace(),
        service.name(),
        Map.of("hosts", List.of(service.host()), "http", List.of(Map.of("route", routes))));
  }

  private void add(
      String apiVersion, String kind, String namespace, String name, Map<String, Object> spec) {
    var object = new GenericKubernetesResource();
    object.setApiVersion(apiVersion);
    object.setKind(kind);
    object.setMetadata(new ObjectMetaBuilder().withNamespace(namespace).withName(name).build());
    object.setAdditionalProperty("spec", spec);
    objects.add(object);
  }
}
