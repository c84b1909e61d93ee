package pharos.config.resource;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import pharos.config.resource.ResourceKey.Kind;

/**
 * The kinds that Pharos reads: what the API calls them, in which versions they are served, and
 * whether they live in a namespace. All versions of a kind are one kind.
 */
public final class Kinds {
  private static final String NETWORKING = "networking.istio.io";
  private static final String SECURITY = "security.istio.io";
  private static final String GATEWAY_API = "gateway.networking.k8s.io";
  private static final Map<Kind, Facts> FACTS = new HashMap<>();

  public static final Kind GATEWAY =
      namespaced(NETWORKING, "Gateway", "gateways", "v1", "v1beta1", "v1alpha3");
  public static final Kind VIRTUAL_SERVICE =
      namespaced(NETWORKING, "VirtualService", "virtualservices", "v1", "v1beta1", "v1alpha3");
  public static final Kind DESTINATION_RULE =
      namespaced(NETWORKING, "DestinationRule", "destinationrules", "v1", "v1beta1", "v1alpha3");
  public static final Kind SERVICE_ENTRY =
      namespaced(NETWORKING, "ServiceEntry", "serviceentries", "v1", "v1beta1", "v1alpha3");
  public static final Kind SIDECAR =
      namespaced(NETWORKING, "Sidecar", "sidecars", "v1", "v1beta1", "v1alpha3");
  public static final Kind WORKLOAD_ENTRY =
      namespaced(NETWORKING, "WorkloadEntry", "workloadentries", "v1", "v1beta1", "v1alpha3");
  public static final Kind WORKLOAD_GROUP =
      namespaced(NETWORKING, "WorkloadGroup", "workloadgroups", "v1", "v1beta1", "v1alpha3");
  public static final Kind ENVOY_FILTER =
      namespaced(NETWORKING, "EnvoyFilter", "envoyfilters", "v1alpha3");
  public static final Kind PROXY_CONFIG =
      namespaced(NETWORKING, "ProxyConfig", "proxyconfigs", "v1beta1");
  public static final Kind AUTHORIZATION_POLICY =
      namespaced(SECURITY, "AuthorizationPolicy", "authorizationpolicies", "v1", "v1beta1");
  public static final Kind PEER_AUTHENTICATION =
      namespaced(SECURITY, "PeerAuthentication", "peerauthentications", "v1", "v1beta1");
  public static final Kind REQUEST_AUTHENTICATION =
      namespaced(SECURITY, "RequestAuthentication", "requestauthentications", "v1", "v1beta1");
  public static final Kind TELEMETRY =
      namespaced("telemetry.istio.io", "Telemetry", "telemetries", "v1", "v1alpha1");
  public static final Kind WASM_PLUGIN =
      namespaced("extensions.istio.io", "WasmPlugin", "wasmplugins", "v1alpha1");
  public static final Kind TRAFFIC_EXTENSION =
      namespaced("extensions.istio.io", "TrafficExtension", "trafficextensions", "v1alpha1");

  public static final Kind K8S_GATEWAY =
      namespaced(GATEWAY_API, "Gateway", "gateways", "v1", "v1beta1", "v1alpha2");
  public static final Kind GATEWAY_CLASS =
      clusterScoped(GATEWAY_API, "GatewayClass", "gatewayclasses", "v1", "v1beta1", "v1alpha2");
  public static final Kind HTTP_ROUTE =
      namespaced(GATEWAY_API, "HTTPRoute", "httproutes", "v1", "v1beta1", "v1alpha2");
  public static final Kind GRPC_ROUTE =
      namespaced(GATEWAY_API, "GRPCRoute", "grpcroutes", "v1", "v1alpha2");
  public static final Kind TCP_ROUTE = namespaced(GATEWAY_API, "TCPRoute", "tcproutes", "v1alpha2");
  public static final Kind TLS_ROUTE =
      namespaced(GATEWAY_API, "TLSRoute", "tlsroutes", "v1", "v1alpha3", "v1alpha2");
  public static final Kind UDP_ROUTE = namespaced(GATEWAY_API, "UDPRoute", "udproutes", "v1alpha2");
  public static final Kind REFERENCE_GRANT =
      namespaced(GATEWAY_API, "ReferenceGrant", "referencegrants", "v1", "v1beta1", "v1alpha2");
  public static final Kind BACKEND_TLS_POLICY =
      namespaced(GATEWAY_API, "BackendTLSPolicy", "backendtlspolicies", "v1", "v1alpha3");

  public static final Kind NAMESPACE = clusterScoped("", "Namespace", "namespaces", "v1");
  public static final Kind NODE = clusterScoped("", "Node", "nodes", "v1");
  public static final Kind SERVICE = namespaced("", "Service", "services", "v1");
  public static final Kind POD = namespaced("", "Pod", "pods", "v1");
  public static final Kind ENDPOINTS = namespaced("", "Endpoints", "endpoints", "v1");
  public static final Kind SECRET = namespaced("", "Secret", "secrets", "v1");
  public static final Kind CONFIG_MAP = namespaced("", "ConfigMap", "configmaps", "v1");
  public static final Kind SERVICE_ACCOUNT =
      namespaced("", "ServiceAccount", "serviceaccounts", "v1");
  public static final Kind DEPLOYMENT = namespaced("apps", "Deployment", "deployments", "v1");
  public static final Kind STATEFUL_SET = namespaced("apps", "StatefulSet", "statefulsets", "v1");
  public static final Kind DAEMON_SET = namespaced("apps", "DaemonSet", "daemonsets", "v1");
  public static final Kind REPLICA_SET = namespaced("apps", "ReplicaSet", "replicasets", "v1");
  public static final Kind ENDPOINT_SLICE =
      namespaced("discovery.k8s.io", "EndpointSlice", "endpointslices", "v1", "v1beta1");
  public static final Kind INGRESS =
      namespaced("networking.k8s.io", "Ingress", "ingresses", "v1", "v1beta1");
  public static final Kind INGRESS_CLASS =
      clusterScoped("networking.k8s.io", "IngressClass", "ingressclasses", "v1", "v1beta1");
  public static final Kind CUSTOM_RESOURCE_DEFINITION =
      clusterScoped(
          "apiextensions.k8s.io", "CustomResourceDefinition", "customresourcedefinitions", "v1");
  public static final Kind MUTATING_WEBHOOK_CONFIGURATION =
      clusterScoped(
          "admissionregistration.k8s.io",
          "MutatingWebhookConfiguration",
          "mutatingwebhookconfigurations",
          "v1",
          "v1beta1");
  public static final Kind VALIDATING_WEBHOOK_CONFIGURATION =
      clusterScoped(
          "admissionregistration.k8s.io",
          "ValidatingWebhookConfiguration",
          "validatingwebhookconfigurations",
          "v1",
          "v1beta1");

  private Kinds() {}

  /**
   * What the API knows of a kind.
   *
   * @param plural as in URLs
   * @param versions newest first; the first is the one to write
   */
  public record Facts(String plural, boolean namespaced, List<String> versions) {
    public Facts {
      versions = List.copyOf(versions);
    }
  }

  /** What is known of a kind, or null when Pharos does not know it. */
  public static @Nullable Facts facts(Kind kind) {
    return FACTS.get(kind);
  }

  /** All known kinds with their facts. */
  public static Map<Kind, Facts> all() {
    return Map.copyOf(FACTS);
  }

  private static Kind namespaced(String group, String name, String plural, String... versions) {
    return known(group, name, plural, true, versions);
  }

  private static Kind clusterScoped(String group, String name, String plural, String... versions) {
    return known(group, name, plural, false, versions);
  }

  private static Kind known(
      String group, String name, String plural, boolean namespaced, String... versions) {
    Kind kind = new Kind(group, name);
    FACTS.put(kind, new Facts(plural, namespaced, List.of(versions)));
    return kind;
  }
}
