package pharos.config.check.istio;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Istio's registered annotations: what they may stand on and how settled they are (analysis catalog
 * 8.1).
 */
final class KnownAnnotations {
  /** Stands for every kind. */
  static final String ANY = "Any";

  private static final Map<String, Annotation> ALL = new LinkedHashMap<>();

  static {
    known("alpha.istio.io/canonical-serviceaccounts", true, true, "Service");
    known("alpha.istio.io/kubernetes-serviceaccounts", true, true, "Service");
    known("ambient.istio.io/bypass-inbound-capture", true, false, "Pod");
    known("ambient.istio.io/dns-capture", true, false, "Pod");
    known("ambient.istio.io/redirection", false, false, "Pod");
    known("ambient.istio.io/waypoint-inbound-binding", true, false, "GatewayClass", "Gateway");
    known("galley.istio.io/analyze-suppress", true, false, "Any");
    known("gateway.istio.io/controller-version", true, false, "Any");
    known("gateway.istio.io/name-override", true, false, "Gateway");
    known("gateway.istio.io/service-account", true, false, "Gateway");
    known("inject.istio.io/templates", true, false, "Pod");
    known("istio.io/autoRegistrationGroup", true, false, "WorkloadEntry");
    known("istio.io/connectedAt", true, false, "WorkloadEntry");
    known("istio.io/disconnectedAt", true, false, "WorkloadEntry");
    known("istio.io/dry-run", true, false, "AuthorizationPolicy");
    known("istio.io/reroute-virtual-interfaces", true, false, "Pod");
    known("istio.io/rev", true, false, "Pod");
    known(
        "istio.io/use-waypoint-canary-weight", true, false, "Service", "ServiceEntry", "Namespace");
    known("istio.io/workloadController", true, false, "WorkloadEntry");
    known("kubernetes.io/ingress.class", false, false, "Ingress");
    known("networking.istio.io/exportTo", true, false, "Service");
    known("networking.istio.io/service-type", true, false, "Gateway");
    known(
        "networking.istio.io/traffic-distribution",
        true,
        false,
        "Namespace",
        "Service",
        "ServiceEntry");
    known("prometheus.istio.io/merge-metrics", true, false, "Pod");
    known("proxy.istio.io/config", false, false, "Pod");
    known("proxy.istio.io/overrides", true, false, "Pod");
    known("readiness.status.sidecar.istio.io/applicationPorts", true, false, "Pod");
    known("readiness.status.sidecar.istio.io/failureThreshold", true, false, "Pod");
    known("readiness.status.sidecar.istio.io/initialDelaySeconds", true, false, "Pod");
    known("readiness.status.sidecar.istio.io/periodSeconds", true, false, "Pod");
    known("sidecar.istio.io/agentLogLevel", true, false, "Pod");
    known("sidecar.istio.io/bootstrapOverride", true, false, "Pod");
    known("sidecar.istio.io/componentLogLevel", true, false, "Pod");
    known("sidecar.istio.io/discoveryAddress", true, true, "Pod");
    known("sidecar.istio.io/extraStatTags", true, true, "Pod");
    known("sidecar.istio.io/inject", false, true, "Pod");
    known("sidecar.istio.io/interceptionMode", true, false, "Pod");
    known("sidecar.istio.io/logLevel", true, false, "Pod");
    known("sidecar.istio.io/nativeSidecar", true, false, "Pod");
    known("sidecar.istio.io/proxyCPU", true, false, "Pod");
    known("sidecar.istio.io/proxyCPULimit", true, false, "Pod");
    known("sidecar.istio.io/proxyImage", true, false, "Pod");
    known("sidecar.istio.io/proxyImageType", true, false, "Pod");
    known("sidecar.istio.io/proxyMemory", true, false, "Pod");
    known("sidecar.istio.io/proxyMemoryLimit", true, false, "Pod");
    known("sidecar.istio.io/rewriteAppHTTPProbers", true, false, "Pod");
    known("sidecar.istio.io/statsCompression", true, true, "Pod");
    known("sidecar.istio.io/statsEvictionInterval", true, false, "Pod");
    known("sidecar.istio.io/statsFlushInterval", true, false, "Pod");
    known("sidecar.istio.io/statsHistogramBins", true, false, "Pod");
    known("sidecar.istio.io/statsHistogramBuckets", true, false, "Pod");
    known("sidecar.istio.io/statsInclusionPrefixes", true, true, "Pod");
    known("sidecar.istio.io/statsInclusionRegexps", true, true, "Pod");
    known("sidecar.istio.io/statsInclusionSuffixes", true, true, "Pod");
    known("sidecar.istio.io/status", true, false, "Pod");
    known("sidecar.istio.io/userVolume", true, false, "Pod");
    known("sidecar.istio.io/userVolumeMount", true, false, "Pod");
    known("status.sidecar.istio.io/port", true, false, "Pod");
    known("topology.istio.io/controlPlaneClusters", true, false, "Namespace");
    known("traffic.istio.io/nodeSelector", false, false, "Service");
    known("traffic.sidecar.istio.io/excludeInboundPorts", true, false, "Pod");
    known("traffic.sidecar.istio.io/excludeInterfaces", true, false, "Pod");
    known("traffic.sidecar.istio.io/excludeOutboundIPRanges", true, false, "Pod");
    known("traffic.sidecar.istio.io/excludeOutboundPorts", true, false, "Pod");
    known("traffic.sidecar.istio.io/includeInboundPorts", true, false, "Pod");
    known("traffic.sidecar.istio.io/includeOutboundIPRanges", true, false, "Pod");
    known("traffic.sidecar.istio.io/includeOutboundPorts", true, false, "Pod");
    known("traffic.sidecar.istio.io/kubevirtInterfaces", true, true, "Pod");
  }

  private KnownAnnotations() {}

  /**
   * A registered annotation.
   *
   * @param alpha part of an alpha-phase feature
   * @param kinds where it may stand; {@link #ANY} alone for everywhere
   */
  record Annotation(boolean alpha, boolean deprecated, List<String> kinds) {}

  /** The annotation of a name, or null when nobody registered it. */
  static @Nullable Annotation find(String name) {
    return ALL.get(name);
  }

  private static void known(String name, boolean alpha, boolean deprecated, String... kinds) {
    ALL.put(name, new Annotation(alpha, deprecated, List.of(kinds)));
  }
}
