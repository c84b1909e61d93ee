package pharos.backend.demo.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import pharos.backend.demo.model.AppProtocol;
import pharos.backend.demo.model.LargeMesh;
import pharos.backend.demo.model.MeshModel;
import pharos.backend.demo.model.Service;
import pharos.backend.demo.model.StoryMesh;
import pharos.backend.demo.routing.ObjectRouter;
import pharos.backend.demo.routing.RequestRouter;
import pharos.backend.demo.simulation.GroundTruth.Counts;
import pharos.backend.demo.simulation.GroundTruth.Edge;

/** What the simulated proxies count, against what happened. */
final class MeshSimulationTest {
  private static final MeshModel STORY = StoryMesh.of(1);
  private static final String REVIEWS = "reviews.bookinfo.svc.cluster.local";

  private static RequestRouter router(MeshModel model, List<GenericKubernetesResource> objects) {
    return new ObjectRouter(objects, model.services().stream().map(Service::host).toList());
  }

  private static MeshSimulation simulation(MeshModel model, long seed, double sampling) {
    return new MeshSimulation(model, seed, sampling, router(model, model.istioObjects()));
  }

  private static MeshSimulation after(Duration time) {
    var simulation = simulation(STORY, 42, 0);
    simulation.step(time);
    return simulation;
  }

  private static Edge toReviews(String version) {
    return new Edge(
        "bookinfo", "productpage-v1", REVIEWS, "bookinfo", "reviews-" + version, AppProtocol.HTTP);
  }

  private static double share(GroundTruth truth, String version) {
    double all = 0;
    for (String each : List.of("v1", "v2", "v3")) {
      all += truth.of(toReviews(each)).requests();
    }
    return truth.of(toReviews(version)).requests() / all;
  }

  static Stream<Arguments> meshes() {
    return Stream.of(Arguments.of("story", STORY), Arguments.of("large", LargeMesh.of(60, 5, 4)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("meshes")
  void sameSeed_givesSameText_howeverTimeIsCut(String name, MeshModel model) {
    var inOneStep = simulation(model, 3, 0.1);
    inOneStep.step(Duration.ofSeconds(20));
    var inManySteps = simulation(model, 3, 0.1);
    for (int i = 0; i < 80; i++) {
      inManySteps.step(Duration.ofMillis(250));
    }

    assertThat(ScrapedText.of(inManySteps)).as(name).isEqualTo(ScrapedText.of(inOneStep));
    var otherSeed = simulation(model, 4, 0.1);
    otherSeed.step(Duration.ofSeconds(20));
    assertThat(ScrapedText.of(otherSeed)).as(name).isNotEqualTo(ScrapedText.of(inOneStep));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("meshes")
  void counters_equalTheTruth_onBothSides(String name, MeshModel model) {
    var simulation = simulation(model, 11, 0);
    simulation.step(Duration.ofMinutes(1));
    Map<Edge, Double> sent = new HashMap<>();
    Map<Edge, Double> arrived = new HashMap<>();
    for (ScrapedText.Sample sample : ScrapedText.of(simulation).samples()) {
      // The first pod of recommendations restarts after seven minutes, not within this one.
      if (sample.name().equals("istio_requests_total")) {
        var edge =
            new Edge(
                sample.label("source_workload_namespace"),
                sample.label("source_workload"),
                sample.label("destination_service"),
                sample.label("destination_workload_namespace"),
                sample.label("destination_workload"),
                sample.has("request_protocol", "grpc") ? AppProtocol.GRPC : AppProtocol.HTTP);
        (sample.has("reporter", "source") ? sent : arrived)
            .merge(edge, sample.value(), Double::sum);
      }
    }

    var edges = new HashSet<>(simulation.truth().edges().keySet());
    edges.removeIf(edge -> edge.protocol() == AppProtocol.TCP);
    assertThat(edges).as(name).hasSizeGreaterThan(30);
    for (Edge edge : edges) {
      Counts counts = simulation.truth().of(edge);
      assertThat(sent.getOrDefault(edge, 0.0))
          .as("%s sent", edge)
          .isEqualTo((double) counts.requests());
      assertThat(arrived.getOrDefault(edge, 0.0))
          .as("%s arrived", edge)
          .isEqualTo((double) counts.arrivals());
    }
  }

  @Test
  void bothReporters_agree_whereNothingIsRetriedOrMirrored() {
    ScrapedText text = ScrapedText.of(after(Duration.ofMinutes(2)));

    double atCaller =
        text.sum(
            "istio_requests_total",
            s -> s.has("reporter", "source") && s.has("destination_workload", "details-v1"));
    double atServer =
        text.sum(
            "istio_requests_total",
            s -> s.has("reporter", "destination") && s.has("destination_workload", "details-v1"));
    assertThat(atCaller).isEqualTo(atServer).isGreaterThan(500);
  }

  @Test
  void histograms_areCumulative_andCountTheRequests() {
    ScrapedText text = ScrapedText.of(after(Duration.ofSeconds(30)));

    double requests = text.sum("istio_requests_total", _ -> true);
    for (String family :
        List.of(
            "istio_request_duration_milliseconds", "istio_request_bytes", "istio_response_bytes")) {
      assertThat(text.sum(family + "_count", _ -> true)).isEqualTo(requests);
      assertThat(text.sum(family + "_bucket", s -> s.has("le", "+Inf"))).isEqualTo(requests);
      double below = 0;
      for (double bound : STORY.metrics().durationBounds()) {
        String le = bound == Math.rint(bound) ? Long.toString((long) bound) : "" + bound;
        double cumulative = text.sum(family + "_bucket", s -> s.has("le", le));
        assertThat(cumulative).as("%s le=%s", family, le).isBetween(below, requests);
        below = cumulative;
      }
    }
  }

  @Test
  void weights_areRespected() {
    GroundTruth truth = after(Duration.ofMinutes(10)).truth();

    // 12 % of the visitors are jason, who always sees v2; the others are split 50:30:20.
    assertThat(share(truth, "v1")).isCloseTo(0.88 * 0.50, within(0.015));
    assertThat(share(truth, "v2")).isCloseTo(0.12 + 0.88 * 0.30, within(0.015));
    assertThat(share(truth, "v3")).isCloseTo(0.88 * 0.20, within(0.015));
  }

  @Test
  void editedWeights_moveTraffic() {
    var simulation = after(Duration.ofSeconds(30));
    GroundTruth before = simulation.truth();

    simulation.route(
        router(
            STORY,
            edited("reviews", Map.of("weight: 50", "weight: 0", "weight: 20", "weight: 70"))));
    simulation.step(Duration.ofMinutes(5));
    GroundTruth window = simulation.truth().since(before);

    assertThat(window.of(toReviews("v1")).requests()).isZero();
    assertThat(share(window, "v3")).isCloseTo(0.88 * 0.70, within(0.03));
  }

  /** The story's objects, with replacements in the text of one VirtualService. */
  private static List<GenericKubernetesResource> edited(
      String virtualService, Map<String, String> replacements) {
    var yaml = new KubernetesSerialization();
    var objects = new ArrayList<GenericKubernetesResource>();
    for (GenericKubernetesResource object : STORY.istioObjects()) {
      boolean meant =
          object.getKind().equals("VirtualService")
              && object.getMetadata().getName().equals(virtualService);
      String text = yaml.asYaml(object);
      if (meant) {
        for (var replacement : replacements.entrySet()) {
          assertThat(text).contains(replacement.getKey());
          text = text.replace(replacement.getKey(), replacement.getValue());
        }
      }
      objects.add(yaml.unmarshal(text, GenericKubernetesResource.class));
    }
    return objects;
  }

  @Test
  void reviewsV3_isSlowerAndFailsMore() {
    GroundTruth truth = after(Duration.ofMinutes(5)).truth();
    Counts good = truth.of(toReviews("v1"));
    Counts bad = truth.of(toReviews("v3"));

    assertThat(bad.requestDurations().quantileMillis(0.95))
        .isGreaterThan(5 * good.requestDurations().quantileMillis(0.95));
    assertThat((double) bad.errors() / bad.requests()).isBetween(0.06, 0.12);
    assertThat((double) good.errors() / good.requests()).isLessThan(0.01);
  }

  @Test
  void oddCorners_areThere() {
    ScrapedText text = ScrapedText.of(after(Duration.ofMinutes(5)));
    Map<String, Double> found = new HashMap<>();
    found.put(
        "unknown source",
        text.sum(
            "istio_requests_total",
            s ->
                s.has("source_workload", "unknown")
                    && s.has("connection_security_policy", "none")));
    found.put(
        "passthrough",
        text.sum(
            "istio_requests_total", s -> s.has("destination_service_name", "PassthroughCluster")));
    found.put(
        "black hole",
        text.sum(
            "istio_requests_total",
            s ->
                s.has("destination_service_name", "BlackHoleCluster")
                    && s.has("response_code", "502")));
    found.put(
        "no route at the gateway",
        text.sum(
            "istio_requests_total",
            s -> s.has("response_flags", "NR") && s.has("response_code", "404")));
    found.put(
        "cluster of the mis-typed host",
        text.sum(
            "istio_requests_total",
            s ->
                s.has("response_flags", "NC")
                    && s.has("destination_service", "pricing-beta.shop.svc.cluster.local")));
    found.put(
        "no endpoints",
        text.sum(
            "istio_requests_total",
            s ->
                s.has("response_flags", "UH")
                    && s.has("destination_service", "warehouse.shop.svc.cluster.local")));
    found.put("abort", text.sum("istio_requests_total", s -> s.has("response_flags", "FI")));
    found.put("delay", text.sum("istio_requests_total", s -> s.has("response_flags", "DI")));
    found.put(
        "egress gateway to the provider",
        text.sum(
            "istio_requests_total",
            s ->
                s.has("source_workload", "istio-egressgateway")
                    && s.has("destination_service", "api.payments.example")));
    found.put(
        "gRPC error", text.sum("istio_requests_total", s -> s.has("grpc_response_status", "5")));
    found.put("gRPC messages", text.sum("istio_request_messages_total", s -> true));
    found.put(
        "TCP bytes",
        text.sum(
            "istio_tcp_sent_bytes_total",
            s -> s.has("destination_workload", "mongodb-v1") && s.has("reporter", "source")));
    found.put(
        "TCP connections",
        text.sum(
            "istio_tcp_connections_opened_total", s -> s.has("destination_workload", "queue")));

    assertThat(found).allSatisfy((what, count) -> assertThat(count).as(what).isPositive());
    assertThat(text.sum("istio_requests_total", s -> s.has("destination_workload", "reports")))
        .isZero();
  }

  @Test
  void mirror_isSeenByTheReceiverOnly() {
    GroundTruth truth = after(Duration.ofMinutes(5)).truth();
    String host = "recommendations.shop.svc.cluster.local";
    Counts real =
        truth.of(new Edge("shop", "web", host, "shop", "recommendations-v1", AppProtocol.HTTP));
    Counts copies =
        truth.of(new Edge("shop", "web", host, "shop", "recommendations-v2", AppProtocol.HTTP));

    assertThat(copies.requests()).isZero();
    assertThat(copies.arrivals()).isEqualTo(copies.mirrored());
    assertThat((double) copies.arrivals() / real.requests()).isCloseTo(0.40, within(0.03));
  }

  @Test
  void restart_resetsThePodsCounters() {
    var simulation = after(Duration.ofSeconds(20));
    String pod = simulation.pods().get(5).name();
    double before = ScrapedText.of(simulation).sum("istio_requests_total", _ -> true);

    simulation.restart(pod);

    assertThat(ScrapedText.of(simulation).sum("istio_requests_total", _ -> true))
        .isLessThan(before);
  }

  @Test
  void spans_formTreesOfClientAndServer() {
    var simulation = simulation(STORY, 9, 1);
    var spans = new ArrayList<ProxySpan>();
    simulation.step(Duration.ofSeconds(20));
    simulation.step(Duration.ofSeconds(20));
    simulation.drainSpans(spans::add);

    var byId = new HashMap<Long, ProxySpan>();
    spans.forEach(span -> byId.put(span.spanId(), span));
    long paired = 0;
    for (ProxySpan span : spans) {
      ProxySpan parent = byId.get(span.parentId());
      if (parent != null) {
        assertThat(parent.traceLow()).isEqualTo(span.traceLow());
        assertThat(parent.server()).as("%s below %s", span, parent).isNotEqualTo(span.server());
        assertThat(span.startMicros()).isGreaterThanOrEqualTo(parent.startMicros());
        paired++;
      }
    }
    assertThat(paired).isGreaterThan(spans.size() * 8L / 10);
    assertThat(spans).anyMatch(s -> s.upstreamCluster().equals("outbound|9080|v2|" + REVIEWS));
  }
}
