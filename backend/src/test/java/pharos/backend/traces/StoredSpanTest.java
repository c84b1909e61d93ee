package pharos.backend.traces;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.proto.trace.v1.ResourceSpans;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import pharos.graph.trace.Emitter;

/** Who wrote a span, and whom it called. */
class StoredSpanTest {
  private static final String NODE =
      "node_id=sidecar~10.0.0.2~reviews-v2-6f8d5bbc9d-abcde.bookinfo~bookinfo.svc.cluster.local";

  @Test
  void emitter_ofAProxy_isThePodThatTheClusterKnows() {
    PodOwners pods =
        (namespace, pod) ->
            pod.equals("reviews-v2-6f8d5bbc9d-abcde")
                ? Optional.of(new PodOwners.Owner("reviews-blue", "v2"))
                : Optional.empty();
    assertThat(one(NODE + " istio.canonical_service=reviews istio.canonical_revision=v2", pods))
        .isEqualTo(
            new Emitter(
                "reviews",
                "bookinfo",
                "reviews-blue",
                "v2",
                "reviews-v2-6f8d5bbc9d-abcde",
                "",
                true));
  }

  @Test
  void emitter_ofAPodThatIsGone_followsFromItsName() {
    assertThat(one(NODE, (namespace, pod) -> Optional.empty()).workload()).isEqualTo("reviews-v2");
  }

  @Test
  void emitter_ofAnApplication_isItsService() {
    Emitter emitter = one("a=b", (namespace, pod) -> Optional.empty());
    assertThat(emitter).isEqualTo(new Emitter("svc", "", "", "", "", "", false));
  }

  @ParameterizedTest
  @CsvSource({
    "outbound|9080|v2|reviews.bookinfo.svc.cluster.local, reviews.bookinfo.svc.cluster.local",
    "outbound|9080||details;, details",
    "inbound|9080||, ''",
    "PassthroughCluster, PassthroughCluster",
    "-, ''"
  })
  void upstreamHost_ofACluster(String cluster, String host) {
    assertThat(StoredSpan.upstreamHost(cluster)).isEqualTo(host);
  }

  @ParameterizedTest
  @CsvSource({
    "http.status_code=503, true",
    "http.response.status_code=500, true",
    "http.status_code=404, false",
    "error=true, true",
    "error=false, false",
    "grpc.status_code=14, true",
    "grpc.status_code=0, false"
  })
  void error_ofASpan(String attribute, boolean error) {
    assertThat(span(attribute, (namespace, pod) -> Optional.empty()).error()).isEqualTo(error);
  }

  private static Emitter one(String attributes, PodOwners pods) {
    return span(attributes, pods).emitter();
  }

  private static StoredSpan span(String attributes, PodOwners pods) {
    List<ResourceSpans> spans = SpanRows.of(Instant.EPOCH, "1 1 - server svc op 1 2 " + attributes);
    return StoredSpan.all(spans, pods).getFirst();
  }
}
