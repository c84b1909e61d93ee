package pharos.config.check;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import pharos.config.resource.DocumentReader;
import pharos.config.resource.Kinds;
import pharos.config.resource.Limits;
import pharos.config.resource.Resource;
import pharos.config.resource.ResourceKey;
import pharos.config.resource.ResourceKey.Kind;

/**
 * Objects of every kind that any check reads. Names, hosts, labels and ports come from small
 * stocks, so that objects refer to each other, miss each other and quarrel.
 */
public final class RandomObjects {
  private static final List<String> NAMESPACES = List.of("a", "b", "istio-system", "default");
  private static final List<String> NAMES = List.of("one", "two", "three", "four", "five");
  private static final List<String> HOSTS =
      List.of(
          "one",
          "two",
          "three.a.svc.cluster.local",
          "one.b.svc.cluster.local",
          "two.b",
          "*.example.com",
          "api.example.com",
          "shop.example.com",
          "*");
  private static final List<String> GATEWAYS = List.of("mesh", "one", "two", "a/one", "b/three");
  private static final List<String> SCOPES = List.of("*", ".", "a", "b");

  private final RandomGenerator random;
  private final List<Kind> kinds;

  public RandomObjects(RandomGenerator random) {
    this.random = random;
    Set<Kind> read = new LinkedHashSet<>();
    AllChecks.standard().forEach(check -> read.addAll(new java.util.TreeSet<>(check.reads())));
    read.removeIf(kind -> Kinds.facts(kind) == null); // a template is no object of the API
    this.kinds = new ArrayList<>(read);
  }

  /** Every kind that a check reads. */
  List<Kind> kinds() {
    return kinds;
  }

  /** An object of any kind. */
  public Resource next() {
    return next(pick(kinds));
  }

  /** An object of a kind; its key is one of a few, so the next one often replaces it. */
  Resource next(Kind kind) {
    String yaml = yaml(kind);
    DocumentReader.Reading reading = new DocumentReader(Limits.DEFAULT).read("", yaml);
    if (reading.resources().size() != 1) {
      throw new IllegalStateException(yaml + " " + reading.refusals());
    }
    Resource read = reading.resources().getFirst();
    return new Resource(
        read.key(),
        read.apiVersion(),
        read.root(),
        chance(0.5) ? Resource.Source.LIVE : new Resource.Source("draft.yaml", 1));
  }

  /** The text of an object of any kind. */
  public String yaml() {
    return yaml(pick(kinds));
  }

  private String yaml(Kind kind) {
    Kinds.Facts facts = java.util.Objects.requireNonNull(Kinds.facts(kind));
    String version = pick(facts.versions());
    String metadata =
        "{name: %s%s, labels: {%s}, annotations: {%s}}"
            .formatted(
                name(kind),
                facts.namespaced() ? ", namespace: " + pick(NAMESPACES) : "",
                objectLabels(kind),
                annotations());
    return "{apiVersion: %s, kind: %s, metadata: %s, %s}"
        .formatted(
            kind.group().isEmpty() ? version : kind.group() + "/" + version,
            kind.name(),
            metadata,
            body(kind));
  }

  /** A key that may be in use. */
  ResourceKey key() {
    return next().key();
  }

  private String name(Kind kind) {
    if (kind.equals(Kinds.NAMESPACE)) {
      return pick(NAMESPACES);
    }
    if (kind.equals(Kinds.CONFIG_MAP)) {
      return pick(List.of("istio-sidecar-injector", "istio-sidecar-injector-canary", "one"));
    }
    if (kind.equals(Kinds.CUSTOM_RESOURCE_DEFINITION)) {
      return pick(List.of("grpcroutes", "tlsroutes", "one")) + ".gateway.networking.k8s.io";
    }
    if (kind.equals(Kinds.MUTATING_WEBHOOK_CONFIGURATION)) {
      return pick(List.of("istio-sidecar-injector", "istio-sidecar-injector-canary"));
    }
    return kind.equals(Kinds.VALIDATING_WEBHOOK_CONFIGURATION)
        ? pick(List.of("istiod-default-validator", "one"))
        : pick(NAMES);
  }

  private String objectLabels(Kind kind) {
    if (kind.equals(Kinds.NAMESPACE)) {
      return pick(
          List.of(
              "istio-injection: enabled",
              "istio-injection: disabled",
              "istio.io/rev: canary",
              "istio.io/dataplane-mode: ambient",
              "istio-injection: enabled, istio.io/rev: canary",
              ""));
    }
    if (kind.equals(Kinds.NODE)) {
      return pick(List.of("topology.kubernetes.io/zone: z1", ""));
    }
    return kind.equals(Kinds.POD) && chance(0.2)
        ? labels() + ", gateway.networking.k8s.io/gateway-name: one"
        : labels();
  }

  private String annotations() {
    return pick(
        List.of(
            "",
            "",
            "",
            "galley.istio.io/analyze-suppress: IST0102",
            "sidecar.istio.io/inject: 'true'",
            "sidecar.istio.io/injekt: 'true'",
            "ambient.istio.io/redirection: enabled",
            "networking.istio.io/exportTo: a",
            "gateway.networking.k8s.io/bundle-version: v1.0.0"));
  }

  private String labels() {
    return "app: %s, version: %s".formatted(pick(NAMES), pick(List.of("v1", "v2", "v3")));
  }

  private String selector() {
    return pick(
        List.of(
            "app: " + pick(NAMES), "version: v1", "app: %s, version: v2".formatted(pick(NAMES))));
  }

  private String body(Kind kind) {
    return switch (kind.name()) {
      case "VirtualService" -> "spec: " + virtualService();
      case "DestinationRule" -> "spec: " + destinationRule();
      case "Gateway" ->
          kind.equals(Kinds.GATEWAY)
              ? "spec: {selector: {%s}, servers: %s}".formatted(selector(), list(this::server))
              : "spec: {gatewayClassName: istio, listeners: [{name: x, hostname: %s, port: 80,"
                      .formatted(host())
                  + " protocol: HTTP}]}, status: {conditions: [{type: Accepted, status: 'False'}]}";
      case "ServiceEntry" -> "spec: " + serviceEntry();
      case "Sidecar" ->
          "spec: {%s egress: [{hosts: ['%s/%s']}]}"
              .formatted(
                  maybe("workloadSelector: {labels: {%s}},".formatted(selector())),
                  pick(List.of(".", "*", "a", "~")),
                  pick(HOSTS));
      case "Service" ->
          "spec: {selector: {%s}, type: %s, ports: %s}"
              .formatted(
                  selector(),
                  pick(List.of("ClusterIP", "ExternalName")),
                  list(() ->
                      "{name: %s, port: %s, targetPort: %s, protocol: TCP}"
                          .formatted(
                              pick(List.of("http", "grpc-x", "odd", "tcp")), port(), port())));
      case "Pod" -> "spec: {%s%s}".formatted(maybe("nodeName: one, "), podSpec());
      case "Deployment" ->
          "spec: {template: {metadata: {labels: {%s}}, spec: {%s}}}".formatted(labels(), podSpec());
      case "Secret" ->
          pick(List.of("stringData: {cert: x, key: y}", "data: {cluster1: eA==}", "data: {}"));
      case "ConfigMap" ->
          "data: {values: '{\"global\": {\"hub\": \"h\", \"tag\": \"%s\", \"proxy\": {\"image\":"
                  .formatted(pick(List.of("1", "2")))
              + " \"proxyv2\"}}, \"sidecarInjectorWebhook\": {\"enableNamespacesByDefault\": %s}}'}"
                  .formatted(chance(0.5));
      case "AuthorizationPolicy" ->
          "spec: {%s rules: [{from: [{source: {namespaces: [%s, nowhere]}}]}]}"
              .formatted(maybe(matchLabels()), pick(NAMESPACES));
      case "RequestAuthentication" ->
          "spec: {%s jwtRules: [{issuer: me, jwksUri: 'https://x.example.com/k'}]}"
              .formatted(maybe(matchLabels()));
      case "PeerAuthentication" ->
          "spec: {%s mtls: {mode: STRICT}}".formatted(maybe(matchLabels()));
      case "Telemetry" ->
          "spec: {%s accessLogging: [{%s}]}"
              .formatted(maybe(matchLabels()), maybe("providers: [{name: x}]"));
      case "WasmPlugin" -> "spec: {%s url: 'oci://x/y'}".formatted(maybe(matchLabels()));
      case "ProxyConfig" -> "spec: {%s image: {imageType: debug}}".formatted(maybe(matchLabels()));
      case "EnvoyFilter" ->
          "spec: {configPatches: [{applyTo: %s, match: {proxy: {proxyVersion: '%s'}}, patch:"
                  .formatted(pick(List.of("HTTP_FILTER", "HTTP_ROUTE")), pick(List.of("", "1.*")))
              + " {operation: %s, value: {name: %s}}}]}"
                  .formatted(
                      pick(List.of("INSERT_BEFORE", "REPLACE", "ADD")), pick(List.of("x", "y")));
      case "CustomResourceDefinition" -> "spec: {group: rbac.istio.io, names: {kind: ServiceRole}}";
      case "MutatingWebhookConfiguration", "ValidatingWebhookConfiguration" ->
          "webhooks: [{name: x.istio.io, clientConfig: {%s}, namespaceSelector: {matchLabels: {%s}}}]"
              .formatted(
                  pick(
                      List.of(
                          "service: {name: one, namespace: a}", "url: 'https://1.2.3.4/x'", "")),
                  pick(List.of("istio-injection: enabled", "istio.io/rev: canary")));
      case "HTTPRoute", "GRPCRoute", "TCPRoute", "TLSRoute", "UDPRoute" ->
          "spec: {parentRefs: [{name: %s}], hostnames: [%s], rules: [{backendRefs: [{name: %s,"
                  .formatted(pick(NAMES), host(), pick(NAMES))
              + " port: %s}]}]}, status: {parents: [{conditions: [{type: Accepted, status: 'False'}]}]}"
                  .formatted(port());
      case "EndpointSlice" ->
          "addressType: IPv4, endpoints: [{addresses: [10.0.0.1], conditions: {ready: %s}}]"
              .formatted(chance(0.5));
      case "WorkloadEntry" ->
          "spec: {address: 10.0.0.1, labels: {%s}}, status: {conditions: [{type:"
                  .formatted(labels())
              + " istio.io/WaypointBound, status: 'False'}]}";
      default -> "spec: {selector: {matchLabels: {%s}}}".formatted(selector());
    };
  }

  private String matchLabels() {
    return "selector: {matchLabels: {%s}},".formatted(selector());
  }

  private String podSpec() {
    return "containers: [{name: %s, image: %s}], securityContext: {runAsUser: %s}"
        .formatted(
            pick(List.of("app", "istio-proxy")),
            pick(List.of("auto", "x:1", "h/proxyv2:1")),
            pick(List.of("1", "1337")));
  }

  private String virtualService() {
    return "{hosts: %s, %s%s http: %s}"
        .formatted(
            list(this::host),
            maybe("gateways: %s,".formatted(list(() -> pick(GATEWAYS)))),
            maybe("exportTo: [%s],".formatted("'" + pick(SCOPES) + "'")),
            list(this::httpRoute));
  }

  private String httpRoute() {
    return "{match: [{headers: {'%s': {exact: x}}, uri: {%s}}], %s route: %s}"
        .formatted(
            pick(List.of("x-user", "@request.auth.claims.sub")),
            pick(List.of("prefix: /", "exact: /x", "regex: '/[a-'", "regex: '/a.*'")),
            maybe(
                "timeout: %s, mirror: {host: %s},".formatted(pick(List.of("1s", "soon")), host())),
            list(() ->
                "{weight: %s, destination: {host: %s, %s%s}}"
                    .formatted(
                        pick(List.of("50", "100", "-1")),
                        host(),
                        maybe("subset: %s,".formatted(pick(List.of("v1", "v2")))),
                        maybe("port: {number: %s}".formatted(port())))));
  }

  private String destinationRule() {
    return "{host: %s, %s trafficPolicy: {tls: {mode: %s}}, subsets: %s}"
        .formatted(
            host(),
            maybe("exportTo: ['%s'],".formatted(pick(SCOPES))),
            pick(List.of("SIMPLE", "ISTIO_MUTUAL", "DISABLE")),
            list(() ->
                "{name: %s, labels: {version: %s}}"
                    .formatted(pick(List.of("v1", "v2")), pick(List.of("v1", "v2", "v9")))));
  }

  private String server() {
    return "{port: {number: %s, name: p, protocol: HTTP}, hosts: %s%s}"
        .formatted(
            port(),
            list(this::host),
            maybe(", tls: {mode: SIMPLE, credentialName: %s}".formatted(pick(NAMES))));
  }

  private String serviceEntry() {
    return "{hosts: %s, %s ports: %s, resolution: %s}"
        .formatted(
            list(this::host),
            maybe("exportTo: ['%s'],".formatted(pick(SCOPES))),
            list(() ->
                "{number: %s, name: p, protocol: %s}"
                    .formatted(port(), pick(List.of("HTTP", "TCP", "TLS")))),
            pick(List.of("DNS", "STATIC", "NONE")));
  }

  private String host() {
    return "'" + pick(HOSTS) + "'";
  }

  private String port() {
    return pick(List.of("80", "443", "8080"));
  }

  private String maybe(String text) {
    return chance(0.5) ? text : "";
  }

  private boolean chance(double probability) {
    return random.nextDouble() < probability;
  }

  private String list(java.util.function.Supplier<String> item) {
    List<String> items = new ArrayList<>();
    int size = 1 + random.nextInt(3);
    for (int i = 0; i < size; i++) {
      items.add(item.get());
    }
    return items.toString();
  }

  private <T> T pick(List<T> stock) {
    return stock.get(random.nextInt(stock.size()));
  }
}
