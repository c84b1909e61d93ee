package pharos.config.routing.compile;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import pharos.config.resource.DocumentReader;
import pharos.config.resource.Limits;
import pharos.config.resource.Resource;

/** Small meshes of few names, so that everything meets everything; wrong values among them. */
final class RandomMesh {
  private static final List<String> NAMESPACES = List.of("a", "b", "ingress");
  private static final List<String> NAMES = List.of("s", "t", "u");
  private static final List<String> HOSTS =
      List.of(
          "s",
          "t.b.svc.cluster.local",
          "S.A.svc.cluster.local",
          "*.svc.cluster.local",
          "*.a.svc.cluster.local",
          "x.com",
          "*.com",
          "*",
          "10.0.0.1",
          "");
  private static final List<Integer> PORTS = List.of(80, 81, 443, 9000);
  private static final List<String> PROTOCOLS =
      List.of("HTTP", "TCP", "TLS", "HTTPS", "GRPC", "MONGO", "UDP", "", "WHAT");
  private static final List<String> GATEWAYS =
      List.of("mesh", "ingress/g", "g", "a/g.b", "nobody/h");

  private final Random random;
  private final List<String> documents = new ArrayList<>();

  private RandomMesh(long seed) {
    random = new Random(seed);
  }

  /** The objects of a seed. */
  static List<Resource> of(long seed) {
    return read(new RandomMesh(seed).yaml());
  }

  /** A namespace that shows nobody anything. */
  static List<Resource> unrelated() {
    return read(
        """
        {apiVersion: v1, kind: Service, metadata: {name: s, namespace: zz, annotations: {networking.istio.io/exportTo: "."}}, spec: {clusterIP: 10.9.9.9, ports: [{name: http, port: 80}]}}
        ---
        {apiVersion: networking.istio.io/v1, kind: VirtualService, metadata: {name: v, namespace: zz}, spec: {exportTo: ["."], hosts: ["*"], gateways: [mesh, ingress/g], http: [{redirect: {uri: /zz}}]}}
        ---
        {apiVersion: networking.istio.io/v1, kind: Sidecar, metadata: {name: d, namespace: zz}, spec: {egress: [{hosts: ["~/*"]}]}}
        ---
        {apiVersion: networking.istio.io/v1, kind: Gateway, metadata: {name: g, namespace: zz}, spec: {selector: {not: there}, servers: [{port: {number: 80, name: h, protocol: HTTP}, hosts: ["*"]}]}}
        """);
  }

  private static List<Resource> read(String yaml) {
    return new DocumentReader(Limits.DEFAULT).read("mesh.yaml", yaml).resources();
  }

  private String yaml() {
    repeat(5, () -> object("v1", "Service", service()));
    repeat(2, () -> object("networking.istio.io/v1", "ServiceEntry", entry()));
    repeat(5, () -> object("networking.istio.io/v1", "VirtualService", virtualService()));
    repeat(2, () -> object("networking.istio.io/v1", "Gateway", gateway()));
    repeat(1, () -> object("networking.istio.io/v1", "Sidecar", sidecar()));
    repeat(2, () -> object("gateway.networking.k8s.io/v1", "HTTPRoute", route()));
    return String.join("\n---\n", documents);
  }

  private void repeat(int most, Supplier<String> document) {
    int times = random.nextInt(most + 1);
    for (int i = 0; i < times; i++) {
      documents.add(document.get());
    }
  }

  private String object(String version, String kind, String spec) {
    String age =
        random.nextBoolean()
            ? ""
            : ", creationTimestamp: \"2026-01-01T00:00:0%dZ\"".formatted(random.nextInt(4));
    return "{apiVersion: %s, kind: %s, metadata: {name: %s, namespace: %s%s}, spec: %s}"
        .formatted(
            version, kind, kind.equals("Gateway") ? "g" : any(NAMES), any(NAMESPACES), age, spec);
  }

  private String service() {
    if (random.nextInt(6) == 0) {
      return "{type: ExternalName, externalName: %s%s}"
          .formatted(host(), maybe(", ports: " + ports()));
    }
    return "{clusterIP: %s, selector: {app: %s}, ports: %s}"
        .formatted(any(List.of("10.0.0.1", "10.0.0.2", "None", "\"\"")), any(NAMES), ports());
  }

  private String ports() {
    return list(
        3,
        () ->
            "{name: %s, port: %d%s}"
                .formatted(
                    any(List.of("http", "tcp-x", "https", "grpc", "mongo", "x", "udp")),
                    any(PORTS),
                    maybe(", protocol: UDP")));
  }

  private String entry() {
    return "{hosts: %s, addresses: %s, ports: %s, resolution: %s%s}"
        .formatted(
            list(2, this::host),
            list(2, () -> any(List.of("10.0.0.1", "10.0.0.0/8", "240.0.0.1"))),
            list(
                2,
                () ->
                    "{number: %d, name: p, protocol: \"%s\"}"
                        .formatted(any(PORTS), any(PROTOCOLS))),
            any(List.of("NONE", "STATIC", "DNS", "DYNAMIC_DNS")),
            maybe(", exportTo: [b]"));
  }

  private String virtualService() {
    return "{hosts: %s%s%s, http: %s, tcp: %s, tls: %s}"
        .formatted(
            list(3, this::host),
            maybe(", gateways: " + list(2, () -> any(GATEWAYS))),
            maybe(", exportTo: " + list(2, () -> any(List.of("\".\"", "\"*\"", "a", "\"~\"")))),
            list(3, this::http),
            list(
                2,
                () ->
                    "{match: %s, route: %s}".formatted(list(2, this::streamMatch), destinations())),
            list(
                2,
                () ->
                    "{match: %s, route: %s}"
                        .formatted(list(2, this::streamMatch), destinations())));
  }

  private String http() {
    return "{match: %s%s%s%s}"
        .formatted(
            list(2, this::httpMatch),
            maybe(", route: " + destinations()),
            maybe(", redirect: {uri: /r, redirectCode: %s}".formatted(any(List.of("302", "305")))),
            maybe(", delegate: {name: %s}".formatted(any(NAMES))));
  }

  private String httpMatch() {
    return "{%s}"
        .formatted(
            any(
                List.of(
                    "uri: {prefix: /}",
                    "uri: {prefix: /a}, port: 80",
                    "uri: {regex: \"[\"}",
                    "gateways: [mesh]",
                    "gateways: [ingress/g], sourceLabels: {app: s}",
                    "sourceLabels: {app: s}",
                    "sourceNamespace: b, uri: {exact: /b}",
                    "headers: {x: {}}, withoutHeaders: {y: {exact: z}}",
                    "uri: 3")));
  }

  private String streamMatch() {
    return "{%s}"
        .formatted(
            any(
                List.of(
                    "port: 80",
                    "sniHosts: [x.com, \"*.com\"]",
                    "sniHosts: [s.a.svc.cluster.local], destinationSubnets: [10.0.0.0/8]",
                    "destinationSubnets: [10.0.0.1]",
                    "sourceLabels: {app: t}",
                    "gateways: [ingress/g], sniHosts: [y.com]")));
  }

  private String destinations() {
    return list(
        3,
        () ->
            "{destination: {host: \"%s\"%s%s}%s}"
                .formatted(
                    any(HOSTS),
                    maybe(", subset: v1"),
                    maybe(", port: {number: %d}".formatted(any(PORTS))),
                    maybe(", weight: %d".formatted(random.nextInt(3) - 1))));
  }

  private String gateway() {
    return "{selector: {istio: gw}, servers: %s}"
        .formatted(
            list(
                3,
                () ->
                    "{port: {number: %d, name: p, protocol: %s}, hosts: %s%s}"
                        .formatted(
                            any(PORTS),
                            any(List.of("HTTP", "HTTPS", "TLS", "TCP", "WHAT")),
                            list(
                                2,
                                () ->
                                    any(
                                        List.of(
                                            "\"*\"", "x.com", "./x.com", "\"a/*\"", "\"*.com\""))),
                            maybe(
                                ", tls: {mode: %s, httpsRedirect: true}"
                                    .formatted(
                                        any(
                                            List.of(
                                                "SIMPLE", "PASSTHROUGH", "AUTO_PASSTHROUGH")))))));
  }

  private String sidecar() {
    return "{%segress: %s}"
        .formatted(
            maybe("workloadSelector: {labels: {app: s}}, "),
            list(
                2,
                () ->
                    "{hosts: %s%s}"
                        .formatted(
                            list(
                                2,
                                () ->
                                    any(
                                        List.of(
                                            "\"*/*\"",
                                            "\"./*\"",
                                            "\"~/*\"",
                                            "\"b/t.b.svc.cluster.local\"",
                                            "nonsense"))),
                            maybe(
                                ", port: {number: 80, protocol: %s, name: p}"
                                    .formatted(any(List.of("HTTP", "TCP", "HTTP_PROXY")))))));
  }

  private String route() {
    return "{parentRefs: [{group: \"\", kind: Service, name: %s}], rules: [{backendRefs: [{name: %s, port: %d}]}]}"
        .formatted(any(NAMES), any(NAMES), any(PORTS));
  }

  private String host() {
    return "\"" + any(HOSTS) + "\"";
  }

  private String maybe(String text) {
    return random.nextInt(3) == 0 ? text : "";
  }

  private String list(int most, Supplier<String> item) {
    return IntStream.range(0, random.nextInt(most + 1))
        .mapToObj(_ -> item.get())
        .collect(Collectors.joining(", ", "[", "]"));
  }

  private <T> T any(List<T> values) {
    return values.get(random.nextInt(values.size()));
  }
}
