package pharos.backend.demo.apiserver;

/** Objects for tests. */
final class Objects {
  static final String REVIEWS =
      """
      apiVersion: networking.istio.io/v1
      kind: VirtualService
      metadata: {namespace: bookinfo, name: reviews}
      spec:
        hosts: [reviews]
        invented: kept
        http:
        - route:
          - destination: {host: reviews, subset: v1}
            weight: 90
          - destination: {host: reviews, subset: v3}
            weight: 10
      """;

  private Objects() {}
}
