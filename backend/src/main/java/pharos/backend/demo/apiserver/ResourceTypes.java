package pharos.backend.demo.apiserver;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The kinds that the simulator serves. */
public final class ResourceTypes {
  private static final List<String> ISTIO = List.of("v1", "v1beta1", "v1alpha3");
  private static final List<String> V1 = List.of("v1");

  /** All kinds, grouped by API group. */
  public static final List<ResourceType> ALL = catalogue();

  private static final Map<String, ResourceType> BY_KIND = new LinkedHashMap<>();

  static {
    for (ResourceType type : ALL) {
      BY_KIND.put(type.group() + "/" + type.kind(), type);
    }
  }

  private ResourceTypes() {}

  /** The kind of an object, at any version that is served. */
  public static Optional<ResourceType> of(String apiVersion, String kind) {
    int slash = apiVersion.indexOf('/');
    String group = slash < 0 ? "" : apiVersion.substring(0, slash);
    String version = apiVersion.substring(slash + 1);
    return Optional.ofNullable(BY_KIND.get(group + "/" + kind))
        .filter(type -> type.versions().contains(version));
  }

  static Optional<ResourceType> at(String group, String version, String plural) {
    return ALL.stream()
        .filter(type -> type.group().equals(group) && type.plural().equals(plural))
        .filter(type -> type.versions().contains(version))
        .findFirst();
  }

  private static List<ResourceType> catalogue() {
    List<ResourceType> all = new ArrayList<>();
    add(all, "", V1, false, false, "Namespace", "Node");
    add(
        all,
        "",
        V1,
        true,
        false,
        "Service",
        "Pod",
        "Endpoints",
        "ConfigMap",
        "Secret",
        "ServiceAccount",
        "Event");
    add(all, "apps", V1, true, false, "Deployment", "ReplicaSet", "StatefulSet", "DaemonSet");
    add(all, "discovery.k8s.io", V1, true, false, "EndpointSlice");
    add(all, "coordination.k8s.io", V1, true, false, "Lease");
    add(all, "networking.k8s.io", V1, true, false, "Ingress");
    String networking = "networking.istio.io";
    add(
        all,
        networking,
        ISTIO,
        true,
        true,
        "Gateway",
        "VirtualService",
        "DestinationRule",
        "ServiceEntry",
        "Sidecar",
        "WorkloadEntry",
        "WorkloadGroup");
    add(all, networking, List.of("v1alpha3"), true, true, "EnvoyFilter");
    add(all, networking, List.of("v1beta1"), true, true, "ProxyConfig");
    add(
        all,
        "security.istio.io",
        List.of("v1", "v1beta1"),
        true,
        true,
        "AuthorizationPolicy",
        "PeerAuthentication",
        "RequestAuthentication");
    add(all, "telemetry.istio.io", List.of("v1", "v1alpha1"), true, true, "Telemetry");
    add(all, "extensions.istio.io", List.of("v1alpha1"), true, true, "WasmPlugin");
    String gatewayApi = "gateway.networking.k8s.io";
    List<String> both = List.of("v1", "v1beta1");
    add(all, gatewayApi, both, false, true, "GatewayClass");
    add(all, gatewayApi, both, true, true, "Gateway", "HTTPRoute");
    add(all, gatewayApi, V1, true, true, "GRPCRoute", "BackendTLSPolicy");
    add(all, gatewayApi, List.of("v1beta1"), true, true, "ReferenceGrant");
    add(all, gatewayApi, List.of("v1alpha3", "v1alpha2"), true, true, "TLSRoute");
    add(all, gatewayApi, List.of("v1alpha2"), true, true, "TCPRoute", "UDPRoute");
    return List.copyOf(all);
  }

  private static void add(
      List<ResourceType> all,
      String group,
      List<String> versions,
      boolean namespaced,
      boolean custom,
      String... kinds) {
    for (String kind : kinds) {
      all.add(
          new ResourceType(
              group, versions, kind, plural(kind), shortNames(kind), namespaced, custom));
    }
  }

  private static String plural(String kind) {
    String lower = kind.toLowerCase(Locale.ROOT);
    if (lower.equals("endpoints")) {
      return lower;
    }
    if (lower.endsWith("y") && !lower.endsWith("ay") && !lower.endsWith("ey")) {
      return lower.substring(0, lower.length() - 1) + "ies";
    }
    return lower.endsWith("s") ? lower + "es" : lower + "s";
  }

  private static List<String> shortNames(String kind) {
    return switch (kind) {
      case "Namespace" -> List.of("ns");
      case "Node" -> List.of("no");
      case "Service" -> List.of("svc");
      case "Pod" -> List.of("po");
      case "Endpoints" -> List.of("ep");
      case "ConfigMap" -> List.of("cm");
      case "ServiceAccount" -> List.of("sa");
      case "Event" -> List.of("ev");
      case "Deployment" -> List.of("deploy");
      case "ReplicaSet" -> List.of("rs");
      case "StatefulSet" -> List.of("sts");
      case "DaemonSet" -> List.of("ds");
      case "Ingress" -> List.of("ing");
      case "VirtualService" -> List.of("vs");
      case "DestinationRule" -> List.of("dr");
      case "ServiceEntry" -> List.of("se");
      case "WorkloadEntry" -> List.of("we");
      case "WorkloadGroup" -> List.of("wg");
      case "AuthorizationPolicy" -> List.of("ap");
      case "PeerAuthentication" -> List.of("pa");
      case "RequestAuthentication" -> List.of("ra");
      default -> List.of();
    };
  }
}
