package pharos.config.edit;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import pharos.config.resource.DocumentReader;
import pharos.config.resource.Limits;
import pharos.config.resource.Resource;

/** One VirtualService as different people write it. */
final class Texts {
  static final String BLOCK =
      """
      # who may route what
      apiVersion: networking.istio.io/v1
      kind: VirtualService
      metadata:
        name: reviews
        namespace: books
        annotations: {note: "kept, as it is"}   # ours
      spec:
        hosts:
          - reviews          # the service
        x-unknown: {a: [1, 2], b: ~}
        http:
          # jason first
          - name: jason
            match:
              - headers:
                  end-user: {exact: 'jason'}
            route:
              - destination:
                  host: reviews
                  subset: v2
                weight: 100
                futureField: true   # nobody knows it yet
            timeout: 5s   # long enough

          # and everybody else
          - route:
            - destination: {host: reviews, subset: v1}
              weight: 0x50
            - destination:
                host: "reviews"
                subset: "v3"
              weight: 20
      # the end
      """;

  static final String TIGHT =
      """
      apiVersion: networking.istio.io/v1
      kind: VirtualService
      metadata: {name: reviews, namespace: books}
      spec:
        hosts: [reviews]
        http:
        - route:
          - destination: {host: reviews, subset: v1}
        - match: [{uri: {prefix: /a}}]
          route: [{destination: {host: reviews, subset: v2}, weight: 1}]\
      """;

  static final String JSON =
      """
      {
        "apiVersion": "networking.istio.io/v1",
        "kind": "VirtualService",
        "metadata": {"name": "reviews", "namespace": "books"},
        "spec": {
          "hosts": ["reviews"],
          "http": [
            {"route": [{"destination": {"host": "reviews", "subset": "v1"}, "weight": 100}]}
          ]
        }
      }
      """;

  static final String ANCHORS =
      """
      apiVersion: networking.istio.io/v1
      kind: VirtualService
      metadata: {name: reviews, namespace: books}
      spec:
        hosts: &hosts [reviews]
        aliases: *hosts
        http:
        - - odd
        - text: |
            several
            lines
          empty:
          route: !!seq
          - destination: {host: reviews, subset: v1}
      """;

  static final Map<String, String> ALL =
      Map.of(
          "block", BLOCK,
          "tight", TIGHT,
          "json", JSON,
          "anchors", ANCHORS,
          "windows", BLOCK.replace("\n", "\r\n"),
          "second of three", "a: 1\n---\n" + BLOCK + "---\nb: 2\n",
          "minified", JSON.replaceAll("\\s", ""));

  private Texts() {}

  static String named(String name) {
    return Objects.requireNonNull(ALL.get(name));
  }

  static List<String> names() {
    return ALL.keySet().stream().sorted().toList();
  }

  /** The VirtualService of a text. */
  static Resource object(String text) {
    return new DocumentReader(Limits.DEFAULT)
        .read("", text).resources().stream()
            .filter(resource -> resource.key().name().equals("reviews"))
            .findFirst()
            .orElseThrow();
  }
}
