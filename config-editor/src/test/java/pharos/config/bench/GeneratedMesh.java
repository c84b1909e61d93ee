package pharos.config.bench;

import java.util.List;
import java.util.Locale;
import pharos.config.check.Inputs;
import pharos.config.check.MeshView;
import pharos.config.resource.DocumentReader;
import pharos.config.resource.Limits;
import pharos.config.resource.Resource;
import pharos.config.resource.Snapshot;

/**
 * A mesh as large as asked, the same for the same number: each service with its VirtualService,
 * DestinationRule, EndpointSlice, Deployment and two Pods; twenty services share a namespace with a
 * Gateway, a Sidecar, two ServiceEntries, a policy and a RequestAuthentication. One service of a
 * hundred has a mistake in its routes.
 */
public final class GeneratedMesh {
  private static final int PER_NAMESPACE = 20;

  private GeneratedMesh() {}

  /** As one would read it from a file. */
  public static String yaml(int services) {
    StringBuilder text = new StringBuilder(services * 4_000);
    for (int i = 0; i < services; i++) {
      if (i % PER_NAMESPACE == 0) {
        text.append(namespace(namespaceOf(i), i));
      }
      text.append(service(i));
    }
    return text.toString();
  }

  /** All objects of a text. */
  public static List<Resource> read(String yaml) {
    Limits limits = new Limits(1 << 30, 100, 500_000, 1_000_000);
    DocumentReader.Reading reading = new DocumentReader(limits).read("mesh.yaml", yaml);
    if (!reading.refusals().isEmpty()) {
      throw new IllegalStateException(reading.refusals().toString());
    }
    return reading.resources();
  }

  /** The mesh to check. */
  public static Snapshot snapshot(List<Resource> resources) {
    return Inputs.snapshot(
        resources, new Inputs.Options(null, true, true), MeshView.MeshSettings.DEFAULT);
  }

  private static String namespaceOf(int service) {
    return "team-%d".formatted(service / PER_NAMESPACE);
  }

  private static String namespace(String name, int first) {
    return """
    ---
    apiVersion: v1
    kind: Namespace
    metadata: {name: %1$s, labels: {istio-injection: enabled}}
    ---
    apiVersion: networking.istio.io/v1
    kind: Gateway
    metadata: {name: entry, namespace: %1$s}
    spec:
      selector: {istio: ingressgateway}
      servers:
      - port: {number: 443, name: https, protocol: HTTPS}
        tls: {mode: SIMPLE, credentialName: certificate-%1$s}
        hosts: ["*.%1$s.example.com"]
    ---
    apiVersion: networking.istio.io/v1
    kind: Sidecar
    metadata: {name: default, namespace: %1$s}
    spec:
      egress:
      - hosts: ["./*", "istio-system/*", "*/shared.example.com"]
    ---
    apiVersion: networking.istio.io/v1
    kind: ServiceEntry
    metadata: {name: partner, namespace: %1$s}
    spec:
      hosts: [partner.%1$s.example.org]
      exportTo: ["."]
      ports: [{number: 443, name: tls, protocol: TLS}]
      resolution: DNS
    ---
    apiVersion: networking.istio.io/v1
    kind: ServiceEntry
    metadata: {name: vendors, namespace: %1$s}
    spec:
      hosts: ["*.%1$s.example.net"]
      ports: [{number: 80, name: http, protocol: HTTP}]
      resolution: NONE
    ---
    apiVersion: security.istio.io/v1
    kind: AuthorizationPolicy
    metadata: {name: callers, namespace: %1$s}
    spec:
      selector: {matchLabels: {app: service-%2$d}}
      rules: [{from: [{source: {namespaces: [%1$s]}}]}]
    ---
    apiVersion: security.istio.io/v1
    kind: RequestAuthentication
    metadata: {name: tokens, namespace: %1$s}
    spec:
      selector: {matchLabels: {app: service-%2$d}}
      jwtRules: [{issuer: https://issuer.example.com, jwksUri: "https://issuer.example.com/keys"}]
    ---
    apiVersion: telemetry.istio.io/v1
    kind: Telemetry
    metadata: {name: logs, namespace: %1$s}
    spec:
      selector: {matchLabels: {app: service-%2$d}}
      accessLogging: [{providers: [{name: envoy}]}]
    """
        .formatted(name, first);
  }

  private static String service(int i) {
    String name = "service-%d".formatted(i);
    StringBuilder text = new StringBuilder();
    text.append(
        """
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: %1$s, namespace: %2$s, labels: {app: %1$s}}
        spec:
          selector: {app: %1$s}
          ports:
          - {name: http, port: 80, targetPort: 8080, protocol: TCP}
          - {name: grpc, port: 9090, targetPort: 9090, protocol: TCP}
        """
            .formatted(name, namespaceOf(i)));
    text.append(virtualService(i, i % 100 == 99 ? "missing" : name, 90));
    text.append(destinationRule(i, 100));
    text.append(
        """
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: %1$s, namespace: %2$s, labels: {app: %1$s}}
        spec:
          selector: {matchLabels: {app: %1$s}}
          template:
            metadata: {labels: {app: %1$s, version: v1}}
            spec: {containers: [{name: app, image: "registry.example.com/%1$s:1"}]}
        ---
        apiVersion: discovery.k8s.io/v1
        kind: EndpointSlice
        metadata: {name: %1$s-1, namespace: %2$s, labels: {kubernetes.io/service-name: %1$s}}
        addressType: IPv4
        ports: [{name: http, port: 8080, protocol: TCP}, {name: grpc, port: 9090, protocol: TCP}]
        endpoints:
        - {addresses: [10.0.%3$d.%4$d], conditions: {ready: true}, targetRef: {kind: Pod, name: %1$s-v1}}
        - {addresses: [10.1.%3$d.%4$d], conditions: {ready: true}, targetRef: {kind: Pod, name: %1$s-v2}}
        """
            .formatted(name, namespaceOf(i), i / 250, i % 250 + 1));
    for (String version : List.of("v1", "v2")) {
      text.append(
          pod(
              i,
              version,
              "10.%d.%d.%d".formatted("v1v2".indexOf(version) / 2, i / 250, i % 250 + 1)));
    }
    return text.toString();
  }

  /** The VirtualService of a service. */
  public static String virtualService(int i, String destination, int weight) {
    return """
    ---
    apiVersion: networking.istio.io/v1
    kind: VirtualService
    metadata: {name: service-%1$d, namespace: %2$s}
    spec:
      hosts: [service-%1$d, "service-%1$d.%2$s.example.com"]
      gateways: [mesh, entry]
      http:
      - name: testers
        match:
        - headers: {end-user: {exact: jason}}
          uri: {prefix: /api/}
        - uri: {regex: "/v[0-9]+/items/.*"}
        route:
        - destination: {host: service-%1$d, subset: v2, port: {number: 80}}
        timeout: 2s
        retries: {attempts: 2, perTryTimeout: 500ms, retryOn: "5xx,reset"}
      - name: everyone
        route:
        - {weight: %4$d, destination: {host: %3$s, subset: v1, port: {number: 80}}}
        - {weight: %5$d, destination: {host: %3$s, subset: v2, port: {number: 80}}}
    """
        .formatted(i, namespaceOf(i), destination, weight, 100 - weight);
  }

  /** The DestinationRule of a service. */
  public static String destinationRule(int i, int connections) {
    return """
    ---
    apiVersion: networking.istio.io/v1
    kind: DestinationRule
    metadata: {name: service-%1$d, namespace: %2$s}
    spec:
      host: service-%1$d.%2$s.svc.cluster.local
      trafficPolicy:
        connectionPool: {tcp: {maxConnections: %3$d}, http: {http2MaxRequests: 1000}}
        outlierDetection: {consecutive5xxErrors: 5, interval: 10s, baseEjectionTime: 30s}
      subsets:
      - {name: v1, labels: {version: v1}}
      - {name: v2, labels: {version: v2}}
    """
        .formatted(i, namespaceOf(i), connections);
  }

  private static String pod(int i, String version, String address) {
    return String.format(
        Locale.ROOT,
        """
        ---
        apiVersion: v1
        kind: Pod
        metadata:
          name: service-%1$d-%2$s
          namespace: %3$s
          labels: {app: service-%1$d, version: %2$s}
        spec:
          containers:
          - {name: app, image: "registry.example.com/service-%1$d:1", ports: [{containerPort: 8080}]}
          - {name: istio-proxy, image: "registry.example.com/proxyv2:1"}
        status: {phase: Running, podIP: %4$s}
        """,
        i,
        version,
        namespaceOf(i),
        address);
  }
}
