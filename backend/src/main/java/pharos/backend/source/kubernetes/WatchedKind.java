package pharos.backend.source.kubernetes;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import pharos.config.check.AllChecks;
import pharos.config.resource.Kinds;
import pharos.config.resource.ResourceKey.Kind;

/**
 * One kind that is followed.
 *
 * @param versions to try, the preferred one first; an older cluster serves only a later one
 * @param within the one namespace that is followed; empty for all
 * @param fieldSelector narrows what is listed; empty for all objects
 */
record WatchedKind(
    String group,
    List<String> versions,
    String kind,
    String plural,
    boolean namespaced,
    String within,
    String fieldSelector) {

  static final WatchedKind NAMESPACE = core("Namespace", "namespaces", false);
  static final WatchedKind SERVICE = core("Service", "services", true);
  static final WatchedKind POD = core("Pod", "pods", true);
  static final WatchedKind DEPLOYMENT = apps("Deployment", "deployments");
  static final WatchedKind STATEFUL_SET = apps("StatefulSet", "statefulsets");
  static final WatchedKind DAEMON_SET = apps("DaemonSet", "daemonsets");
  static final WatchedKind VIRTUAL_SERVICE = networking("VirtualService", "virtualservices");
  static final WatchedKind DESTINATION_RULE = networking("DestinationRule", "destinationrules");
  static final WatchedKind SERVICE_ENTRY = networking("ServiceEntry", "serviceentries");
  static final WatchedKind ISTIO_GATEWAY = networking("Gateway", "gateways");
  static final WatchedKind SIDECAR = networking("Sidecar", "sidecars");
  static final WatchedKind ENVOY_FILTER =
      new WatchedKind(
          "networking.istio.io", List.of("v1alpha3"), "EnvoyFilter", "envoyfilters", true);
  static final WatchedKind PROXY_CONFIG =
      new WatchedKind(
          "networking.istio.io", List.of("v1beta1"), "ProxyConfig", "proxyconfigs", true);
  static final WatchedKind AUTHORIZATION_POLICY =
      security("AuthorizationPolicy", "authorizationpolicies");
  static final WatchedKind PEER_AUTHENTICATION =
      security("PeerAuthentication", "peerauthentications");
  static final WatchedKind REQUEST_AUTHENTICATION =
      security("RequestAuthentication", "requestauthentications");
  static final WatchedKind TELEMETRY =
      new WatchedKind(
          "telemetry.istio.io", List.of("v1", "v1alpha1"), "Telemetry", "telemetries", true);
  static final WatchedKind WASM_PLUGIN =
      new WatchedKind(
          "extensions.istio.io", List.of("v1alpha1"), "WasmPlugin", "wasmplugins", true);
  static final WatchedKind HTTP_ROUTE = gatewayApi("HTTPRoute", "httproutes", "v1", "v1beta1");
  static final WatchedKind GRPC_ROUTE = gatewayApi("GRPCRoute", "grpcroutes", "v1");
  static final WatchedKind TCP_ROUTE = gatewayApi("TCPRoute", "tcproutes", "v1alpha2");
  static final WatchedKind K8S_GATEWAY = gatewayApi("Gateway", "gateways", "v1", "v1beta1");

  /** Kinds without which there is no inventory at all. */
  static final List<WatchedKind> ESSENTIAL = List.of(NAMESPACE, SERVICE, POD);

  /** Kinds kept reduced: they are many and large, and little of them is used. */
  static final List<WatchedKind> WORKLOADS = List.of(DEPLOYMENT, STATEFUL_SET, DAEMON_SET);

  /** Kinds of which some select workloads by label, in their own namespace or the root's. */
  static final List<WatchedKind> SELECTING =
      List.of(
          SIDECAR,
          ENVOY_FILTER,
          PROXY_CONFIG,
          AUTHORIZATION_POLICY,
          PEER_AUTHENTICATION,
          REQUEST_AUTHENTICATION,
          TELEMETRY,
          WASM_PLUGIN);

  static final List<WatchedKind> ROUTES = List.of(HTTP_ROUTE, GRPC_ROUTE, TCP_ROUTE);

  static final List<WatchedKind> ALL = all();

  /** Helm keeps its releases in Secrets, of up to a megabyte each. */
  private static final String CREDENTIALS =
      "type!=helm.sh/release.v1,type!=kubernetes.io/service-account-token";

  WatchedKind(String group, List<String> versions, String kind, String plural, boolean namespaced) {
    this(group, versions, kind, plural, namespaced, "", "");
  }

  private static List<WatchedKind> all() {
    List<WatchedKind> all = new ArrayList<>(ESSENTIAL);
    all.addAll(WORKLOADS);
    all.addAll(List.of(VIRTUAL_SERVICE, DESTINATION_RULE, SERVICE_ENTRY, ISTIO_GATEWAY));
    all.addAll(SELECTING);
    all.addAll(ROUTES);
    all.add(K8S_GATEWAY);
    return List.copyOf(all);
  }

  /**
   * Kinds that only the checks of configuration and its pages read, beside {@link #ALL}.
   *
   * @param rootNamespace the only one whose ConfigMaps are read
   */
  static List<WatchedKind> forChecks(String rootNamespace) {
    Set<Kind> kinds = new TreeSet<>(Comparator.comparing(Kind::toString));
    AllChecks.standard().forEach(check -> kinds.addAll(check.reads()));
    kinds.addAll(
        List.of(
            Kinds.ENDPOINT_SLICE,
            Kinds.INGRESS,
            Kinds.WORKLOAD_ENTRY,
            Kinds.WORKLOAD_GROUP,
            Kinds.TRAFFIC_EXTENSION,
            Kinds.GATEWAY_CLASS,
            Kinds.TLS_ROUTE,
            Kinds.REFERENCE_GRANT,
            Kinds.BACKEND_TLS_POLICY,
            Kinds.CONFIG_MAP));
    ALL.forEach(watched -> kinds.remove(watched.resourceKind()));
    List<WatchedKind> more = new ArrayList<>();
    for (Kind kind : kinds) {
      Kinds.Facts facts = Kinds.facts(kind);
      if (facts != null) {
        more.add(
            new WatchedKind(
                kind.group(),
                facts.versions(),
                kind.name(),
                facts.plural(),
                facts.namespaced(),
                kind.equals(Kinds.CONFIG_MAP) ? rootNamespace : "",
                kind.equals(Kinds.SECRET) ? CREDENTIALS : ""));
      }
    }
    return List.copyOf(more);
  }

  Kind resourceKind() {
    return new Kind(group, kind);
  }

  /** As messages name it: {@code pods}, {@code virtualservices.networking.istio.io}. */
  String title() {
    return group.isEmpty() ? plural : plural + "." + group;
  }

  private static WatchedKind core(String kind, String plural, boolean namespaced) {
    return new WatchedKind("", List.of("v1"), kind, plural, namespaced);
  }

  private static WatchedKind apps(String kind, String plural) {
    return new WatchedKind("apps", List.of("v1"), kind, plural, true);
  }

  private static WatchedKind networking(String kind, String plural) {
    return new WatchedKind(
        "networking.istio.io", List.of("v1", "v1beta1", "v1alpha3"), kind, plural, true);
  }

  private static WatchedKind security(String kind, String plural) {
    return new WatchedKind("security.istio.io", List.of("v1", "v1beta1"), kind, plural, true);
  }

  private static WatchedKind gatewayApi(String kind, String plural, String... versions) {
    return new WatchedKind("gateway.networking.k8s.io", List.of(versions), kind, plural, true);
  }
}
