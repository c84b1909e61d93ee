package pharos.backend.demo.apiserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.istio.api.networking.v1.VirtualServiceList;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ListOptions;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.PodList;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The ordinary fabric8 client reads and watches the simulator. */
@Timeout(30)
class ApiServerReadTest {
  private Simulator simulator = new Simulator();
  private KubernetesClient client = simulator.client();

  @AfterEach
  void stop() {
    simulator.close();
  }

  @Test
  void list_withLimit_pagesThroughOneRevision() {
    for (int i = 0; i < 5; i++) {
      configMap("shop", "c" + i, "a");
    }
    ListOptions two = new ListOptionsBuilder().withLimit(2L).build();
    var first = client.configMaps().inNamespace("shop").list(two);
    assertThat(first.getItems()).hasSize(2);
    assertThat(first.getMetadata().getRemainingItemCount()).isEqualTo(3);

    // What happens between two pages is not seen by the later ones.
    simulator.objects.delete("v1", "ConfigMap", "shop", "c3");
    configMap("shop", "c9", "new");
    two.setContinue(first.getMetadata().getContinue());
    var second = client.configMaps().inNamespace("shop").list(two);
    two.setContinue(second.getMetadata().getContinue());
    var third = client.configMaps().inNamespace("shop").list(two);
    assertThat(second.getItems())
        .extracting(c -> c.getMetadata().getName())
        .containsExactly("c2", "c3");
    assertThat(third.getItems()).extracting(c -> c.getMetadata().getName()).containsExactly("c4");
    assertThat(third.getMetadata().getContinue()).isNull();
    assertThat(third.getMetadata().getResourceVersion())
        .isEqualTo(first.getMetadata().getResourceVersion());
  }

  @Test
  void list_continueTokenTooOld_is410() {
    configMap("shop", "a", "1");
    configMap("shop", "b", "1");
    ListOptions one = new ListOptionsBuilder().withLimit(1L).build();
    one.setContinue(client.configMaps().inNamespace("shop").list(one).getMetadata().getContinue());
    configMap("shop", "c", "1");
    simulator.server.expireWatches();
    assertThatThrownBy(() -> client.configMaps().inNamespace("shop").list(one))
        .isInstanceOfSatisfying(
            KubernetesClientException.class,
            e -> {
              assertThat(e.getCode()).isEqualTo(410);
              assertThat(e.getStatus().getReason()).isEqualTo("Expired");
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "app=a              | p1 p2",
        "app!=a             | p3 p4",
        "app in (a,b),v!=v2 | p1 p3",
        "app notin (a)      | p3 p4",
        "v                  | p1 p2",
        "!v                 | p3 p4",
        "app==b,!v          | p3",
      })
  void list_labelSelector_selects(String selector, String expected) {
    pod("p1", Map.of("app", "a", "v", "v1"));
    pod("p2", Map.of("app", "a", "v", "v2"));
    pod("p3", Map.of("app", "b"));
    pod("p4", Map.of());
    PodList pods =
        client
            .pods()
            .inAnyNamespace()
            .list(new ListOptionsBuilder().withLabelSelector(selector).build());
    assertThat(pods.getItems())
        .extracting(pod -> pod.getMetadata().getName())
        .containsExactly(expected.split(" "));
  }

  @Test
  void list_fieldSelector_selectsByNameAndRefusesOthers() {
    pod("p1", Map.of());
    pod("p2", Map.of());
    assertThat(client.pods().inNamespace("shop").withField("metadata.name", "p2").list().getItems())
        .hasSize(1);
    assertThatThrownBy(() -> client.pods().withField("spec.hostNetwork", "x").list())
        .hasMessageContaining("field label not supported: spec.hostNetwork");
  }

  @ParameterizedTest
  @ValueSource(strings = {"v1", "v1beta1", "v1alpha3"})
  void get_anyServedVersion_convertsApiVersionOnly(String version) {
    simulator.put(Objects.REVIEWS);
    var found =
        client
            .genericKubernetesResources("networking.istio.io/" + version, "VirtualService")
            .inNamespace("bookinfo")
            .withName("reviews")
            .get();
    assertThat(found.getApiVersion()).isEqualTo("networking.istio.io/" + version);
    assertThat(found.<List<?>>get("spec", "http")).hasSize(1);
    assertThat(found.<Object>get("spec", "invented")).isEqualTo("kept");
  }

  @Test
  void list_typedIstioClient_reads() {
    simulator.put(Objects.REVIEWS);
    VirtualServiceList list =
        client
            .resources(
                io.fabric8.istio.api.networking.v1.VirtualService.class, VirtualServiceList.class)
            .inAnyNamespace()
            .list();
    assertThat(list.getItems().getFirst().getSpec().getHosts()).containsExactly("reviews");
  }

  @Test
  void get_missing_isNullAndTheStatusSaysNotFound() {
    assertThat(client.pods().inNamespace("shop").withName("x").get()).isNull();
    assertThatThrownBy(() ->
            client
                .genericKubernetesResources("networking.istio.io/v1", "VirtualService")
                .inNamespace("shop")
                .withName("x")
                .patch("{}"))
        .hasMessageContaining("virtualservices.networking.istio.io \"x\" not found");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void watch_fromAList_seesEveryChangeInOrder(boolean webSockets) throws Exception {
    simulator.close();
    simulator = new Simulator(ApiServer.Options.DEFAULT.withWebSockets(webSockets));
    client = simulator.client();
    configMap("shop", "a", "1");
    String from = client.configMaps().inAnyNamespace().list().getMetadata().getResourceVersion();
    configMap("shop", "a", "2");
    Events events = new Events();
    try (Watch _ = watch(from, events)) {
      configMap("shop", "a", "2"); // nothing changes, so nothing is told
      configMap("shop", "b", "1");
      simulator.objects.delete("v1", "ConfigMap", "shop", "a");
      Simulator.until("events " + events, () -> events.seen.size() == 3);
      assertThat(events.seen).containsExactly("MODIFIED a=2", "ADDED b=1", "DELETED a=2");
    }
    Simulator.until("watch closed", () -> simulator.server.openWatches() == 0);
  }

  @Test
  void watch_labelSelector_objectThatLeavesIsDeleted() throws Exception {
    pod("p", Map.of("app", "a"));
    List<String> seen = new CopyOnWriteArrayList<>();
    try (Watch _ =
        client
            .pods()
            .inAnyNamespace()
            .withLabel("app", "a")
            .watch(new Listing<>(pod -> pod.getMetadata().getName(), seen))) {
      Simulator.until("initial", () -> !seen.isEmpty());
      pod("p", Map.of("app", "b"));
      pod("p", Map.of("app", "a"));
      Simulator.until("three events", () -> seen.size() == 3);
      assertThat(seen).containsExactly("ADDED p", "DELETED p", "ADDED p");
    }
  }

  @Test
  void watch_bookmarks_carryANewerRevision() throws Exception {
    configMap("shop", "a", "1");
    String from = client.configMaps().inAnyNamespace().list().getMetadata().getResourceVersion();
    Events events = new Events();
    try (Watch _ = watch(from, events)) {
      Simulator.until("watching", () -> simulator.server.openWatches() == 1);
      simulator.server.bookmark();
      Simulator.until("bookmark", () -> events.seen.size() == 1);
      assertThat(events.seen.getFirst()).startsWith("BOOKMARK");
      assertThat(Long.parseLong(events.lastRevision)).isGreaterThan(Long.parseLong(from));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void watch_tooOldRevision_closesWith410(boolean webSockets) throws Exception {
    simulator.close();
    simulator = new Simulator(ApiServer.Options.DEFAULT.withWebSockets(webSockets));
    client = simulator.client();
    configMap("shop", "a", "1");
    String from = client.configMaps().inAnyNamespace().list().getMetadata().getResourceVersion();
    configMap("shop", "a", "2");
    simulator.server.expireWatches();
    Events events = new Events();
    try (Watch _ = watch(from, events)) {
      Simulator.until("closed", () -> events.gone);
    }
  }

  @Test
  void watch_expired_closesWith410() throws Exception {
    configMap("shop", "a", "1");
    String from = client.configMaps().inAnyNamespace().list().getMetadata().getResourceVersion();
    Events events = new Events();
    try (Watch _ = watch(from, events)) {
      Simulator.until("open", () -> simulator.server.openWatches() == 1);
      simulator.server.expireWatches();
      Simulator.until("closed", () -> events.gone);
    }
  }

  @Test
  void discovery_listsGroupsVersionsAndKinds() {
    assertThat(client.getKubernetesVersion().getMajor()).isEqualTo("1");
    assertThat(client.hasApiGroup("networking.istio.io", true)).isTrue();
    assertThat(client.hasApiGroup("example.com", true)).isFalse();
    assertThat(client.getApiResources("networking.istio.io/v1").getResources())
        .extracting(resource -> resource.getName())
        .contains("virtualservices", "destinationrules");
    assertThat(client.supports("gateway.networking.k8s.io/v1", "HTTPRoute")).isTrue();
  }

  @Test
  void accessReview_saysWhatWouldBeForbidden() {
    simulator.server.faults().forbid(Faults.on("virtualservices", "patch"));
    assertThat(review("patch")).isFalse();
    assertThat(review("get")).isTrue();
  }

  private boolean review(String verb) {
    SelfSubjectAccessReview review =
        new SelfSubjectAccessReviewBuilder()
            .withNewSpec()
            .withNewResourceAttributes()
            .withGroup("networking.istio.io")
            .withResource("virtualservices")
            .withNamespace("bookinfo")
            .withVerb(verb)
            .endResourceAttributes()
            .endSpec()
            .build();
    return client
        .authorization()
        .v1()
        .selfSubjectAccessReview()
        .create(review)
        .getStatus()
        .getAllowed();
  }

  private Watch watch(String from, Watcher<ConfigMap> events) {
    return client
        .configMaps()
        .inAnyNamespace()
        .watch(
            new ListOptionsBuilder()
                .withResourceVersion(from)
                .withAllowWatchBookmarks(true)
                .build(),
            events);
  }

  private void configMap(String namespace, String name, String value) {
    simulator.put(
        """
        {apiVersion: v1, kind: ConfigMap, metadata: {namespace: %s, name: %s}, data: {v: "%s"}}\
        """
            .formatted(namespace, name, value));
  }

  private void pod(String name, Map<String, String> labels) {
    simulator.put(
        """
        {apiVersion: v1, kind: Pod, metadata: {namespace: shop, name: %s, labels: {%s}}}\
        """
            .formatted(
                name,
                String.join(
                    ", ",
                    labels.entrySet().stream()
                        .map(e -> e.getKey() + ": " + e.getValue())
                        .toList())));
  }

  private static final class Events implements Watcher<ConfigMap> {
    final List<String> seen = new CopyOnWriteArrayList<>();
    volatile boolean gone;
    volatile String lastRevision = "";

    @Override
    public void eventReceived(Action action, ConfigMap object) {
      lastRevision = object.getMetadata().getResourceVersion();
      seen.add(
          action == Action.BOOKMARK
              ? "BOOKMARK"
              : action + " " + object.getMetadata().getName() + "=" + object.getData().get("v"));
    }

    @Override
    public void onClose(WatcherException cause) {
      gone = cause.isHttpGone();
    }

    @Override
    public String toString() {
      return seen.toString();
    }
  }

  private record Listing<T>(java.util.function.Function<T, String> name, List<String> seen)
      implements Watcher<T> {
    @Override
    public void eventReceived(Action action, T object) {
      seen.add(action + " " + name.apply(object));
    }

    @Override
    public void onClose(WatcherException cause) {
      seen.add("closed " + cause.getMessage());
    }
  }
}
