package pharos.config.resource;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ManifestTest {
  private static final String LIVE =
      """
      metadata:
        uid: 7f
        annotations:
          kubectl.kubernetes.io/last-applied-configuration: "{}"
        creationTimestamp: "2026-01-01T00:00:00Z"
        finalizers: [a]
        name: reviews
        namespace: books
        managedFields: []
        resourceVersion: "12"
      status: {ok: true}
      spec: {hosts: [reviews]}
      kind: VirtualService
      apiVersion: networking.istio.io/v1
      """;

  private static Resource only(String text) {
    return new DocumentReader(Limits.DEFAULT).read("a.yaml", text).resources().getFirst();
  }

  @Test
  void text_leavesOutWhatTheServerOwns_andBeginsAsPeopleBegin() {
    assertThat(Manifest.text(only(LIVE)))
        .isEqualTo(
            """
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata:
              name: reviews
              namespace: books
              finalizers:
              - a
            spec:
              hosts:
              - reviews
            """);
  }

  @Test
  void completed_takesTheServersFieldsAndKeepsTheDraftsPlaces() {
    Resource live = only(LIVE);
    Resource draft = only(Manifest.text(live));
    Resource completed = Manifest.completed(draft, live);
    assertThat(completed.creationTimestamp()).isEqualTo("2026-01-01T00:00:00Z");
    assertThat(Fields.flag(completed.root(), "status", "ok")).isTrue();
    assertThat(completed.placeOf(Path.of("spec", "hosts", 0)).line()).isEqualTo(10);
    assertThat(completed.annotations()).isEmpty();
    assertThat(Manifest.completed(draft, null)).isEqualTo(draft);
  }
}
