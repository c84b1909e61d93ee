package pharos.backend.demo.apiserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The ordinary fabric8 client writes to the simulator. */
@Timeout(30)
class ApiServerWriteTest {
  private Simulator simulator = new Simulator();
  private KubernetesClient client = simulator.client();

  @BeforeEach
  void load() {
    simulator.put(Objects.REVIEWS);
  }

  @AfterEach
  void stop() {
    simulator.close();
  }

  @Test
  void create_stampsIdentity_andASecondOneIsRefused() {
    ConfigMap created = client.resource(configMap("a", "1")).create();
    assertThat(created.getMetadata().getUid()).isNotEmpty();
    assertThat(created.getMetadata().getCreationTimestamp()).endsWith("Z");
    assertThat(created.getMetadata().getGeneration()).isEqualTo(1);
    refused(
        () -> client.resource(configMap("a", "2")).create(),
        409,
        "AlreadyExists",
        "configmaps \"a\" already exists");
  }

  @Test
  void create_invalid_isRefusedInKubernetesWords() {
    refused(
        () -> client.resource(configMap("Bad_Name", "1")).create(),
        422,
        "Invalid",
        "ConfigMap \"Bad_Name\" is invalid: metadata.name: Invalid value: \"Bad_Name\": a lowercase"
            + " RFC 1123 subdomain");
    ConfigMap elsewhere = configMap("a", "1");
    elsewhere.getMetadata().setNamespace("nowhere");
    refused(
        () -> client.resource(elsewhere).create(),
        404,
        "NotFound",
        "namespaces \"nowhere\" not found");
  }

  @Test
  void update_staleVersion_is409_andChangesNothing() {
    GenericKubernetesResource mine = reviews().get();
    reviews().patch(merge(), "{\"spec\":{\"invented\":\"theirs\"}}");
    mine.getMetadata().setLabels(Map.of("mine", "yes"));
    refused(
        () -> client.resource(mine).update(),
        409,
        "Conflict",
        "Operation cannot be fulfilled on virtualservices.networking.istio.io \"reviews\": the"
            + " object has been modified; please apply your changes to the latest version and try"
            + " again");
    assertThat(reviews().get().getMetadata().getLabels()).isNullOrEmpty();
  }

  @Test
  void update_specChange_raisesGeneration_metadataChangeDoesNot() {
    GenericKubernetesResource object = reviews().get();
    object.getMetadata().setLabels(Map.of("a", "b"));
    GenericKubernetesResource labelled = client.resource(object).update();
    assertThat(labelled.getMetadata().getGeneration()).isEqualTo(1);
    reviews().patch(merge(), "{\"spec\":{\"invented\":\"new\"}}");
    assertThat(reviews().get().getMetadata().getGeneration()).isEqualTo(2);
  }

  @Test
  void update_customResourceWithoutVersion_isInvalid() {
    HttpResponse<String> answer =
        put(
            "/apis/networking.istio.io/v1/namespaces/bookinfo/virtualservices/reviews",
            """
            {"apiVersion":"networking.istio.io/v1","kind":"VirtualService",
             "metadata":{"name":"reviews","namespace":"bookinfo"},"spec":{}}\
            """);
    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.body())
        .contains("metadata.resourceVersion: Invalid value: 0x0: must be specified for an update");
  }

  @Test
  void jsonPatch_testHolds_replaces_elseIsRefusedWhole() {
    String version = reviews().get().getMetadata().getResourceVersion();
    String patch =
        """
        [{"op":"test","path":"/metadata/resourceVersion","value":"%s"},
         {"op":"test","path":"/spec/http/0/route/0/weight","value":90},
         {"op":"replace","path":"/spec/http/0/route/0/weight","value":50},
         {"op":"replace","path":"/spec/http/0/route/1/weight","value":50}]\
        """
            .formatted(version);
    GenericKubernetesResource patched = reviews().patch(json(), patch);
    assertThat(patched.<Integer>get("spec", "http", 0, "route", 1, "weight")).isEqualTo(50);
    assertThatThrownBy(() -> reviews().patch(json(), patch))
        .isInstanceOfSatisfying(
            KubernetesClientException.class, e -> assertThat(e.getCode()).isEqualTo(422));
    assertThat(reviews().get().getMetadata().getResourceVersion())
        .isEqualTo(patched.getMetadata().getResourceVersion());
  }

  @Test
  void mergePatch_keepsWhatItDoesNotName_andNullRemoves() {
    reviews().patch(merge(), "{\"metadata\":{\"labels\":{\"a\":\"1\",\"b\":\"2\"}}}");
    reviews()
        .patch(merge(), "{\"metadata\":{\"labels\":{\"a\":null}},\"spec\":{\"invented\":null}}");
    GenericKubernetesResource after = reviews().get();
    assertThat(after.getMetadata().getLabels()).isEqualTo(Map.of("b", "2"));
    assertThat(after.<Object>get("spec", "invented")).isNull();
    assertThat(after.<List<?>>get("spec", "hosts")).isEqualTo(List.of("reviews"));
  }

  @Test
  void patch_thatChangesNothing_keepsTheVersion() {
    String before = reviews().get().getMetadata().getResourceVersion();
    reviews().patch(merge(), "{\"spec\":{\"invented\":\"kept\"}}");
    assertThat(reviews().get().getMetadata().getResourceVersion()).isEqualTo(before);
  }

  @Test
  void dryRun_checksEverythingAndStoresNothing() {
    String snapshot = simulator.objects.snapshot();
    GenericKubernetesResource object = reviews().get();
    object.getMetadata().setLabels(Map.of("dry", "run"));
    assertThat(client.resource(object).dryRun().update().getMetadata().getLabels())
        .containsKey("dry");
    assertThat(client.resource(configMap("a", "1")).dryRun().create().getData())
        .containsEntry("v", "1");
    reviews().dryRun().delete();
    assertThat(simulator.objects.snapshot()).isEqualTo(snapshot);
    refused(
        () -> client.resource(configMap("Bad_Name", "1")).dryRun().create(),
        422,
        "Invalid",
        "is invalid");
    assertThat(simulator.server.calls()).noneMatch(Call::mutating);
  }

  @Test
  void delete_staleVersionPrecondition_is409() {
    String stale = reviews().get().getMetadata().getResourceVersion();
    reviews().patch(merge(), "{\"spec\":{\"invented\":\"theirs\"}}");
    refused(
        () -> reviews().lockResourceVersion(stale).delete(),
        409,
        "Conflict",
        "the ResourceVersion in the precondition (%s) does not match".formatted(stale));
    reviews().lockResourceVersion(reviews().get().getMetadata().getResourceVersion()).delete();
    assertThat(reviews().get()).isNull();
  }

  @Test
  void delete_withFinalizer_waitsForItsRemoval() {
    reviews().patch(merge(), "{\"metadata\":{\"finalizers\":[\"example.com/hold\"]}}");
    reviews().delete();
    assertThat(reviews().get().getMetadata().getDeletionTimestamp()).isNotEmpty();
    reviews().patch(merge(), "{\"metadata\":{\"finalizers\":null}}");
    assertThat(reviews().get()).isNull();
  }

  @Test
  void deleteNamespace_takesItsObjectsAlong() {
    client.namespaces().withName("bookinfo").delete();
    assertThat(reviews().get()).isNull();
  }

  @Test
  void serverSideApply_conflictsWithAnotherManager_unlessForced() {
    reviews().patch(merge("gitops"), "{\"spec\":{\"invented\":\"by gitops\"}}");
    String intent =
        """
        {"apiVersion":"networking.istio.io/v1","kind":"VirtualService",
         "metadata":{"name":"reviews","namespace":"bookinfo"},"spec":{"invented":"by pharos"}}\
        """;
    refused(
        () -> reviews().patch(apply("pharos", false), intent),
        409,
        "Conflict",
        "Apply failed with 1 conflict: conflict with \"gitops\" using networking.istio.io/v1:"
            + " .spec.invented");
    reviews().patch(apply("pharos", true), intent);
    GenericKubernetesResource after = reviews().get();
    assertThat(after.<Object>get("spec", "invented")).isEqualTo("by pharos");
    assertThat(after.<List<?>>get("spec", "hosts")).hasSize(1);
    assertThat(after.getMetadata().getManagedFields())
        .extracting(entry -> entry.getManager() + " " + entry.getOperation())
        .containsExactly("pharos Apply");
  }

  @Test
  void admission_deniesAndMutates_dryRunsToo() {
    restart(
        ApiServer.Options.DEFAULT.withAdmission((call, before, after) -> {
          if (after.path("data").path("v").asText().equals("bad")) {
            return new Admission.Verdict.Denied("validation.example.com", "v is bad");
          }
          after.put("touched", true);
          return new Admission.Verdict.Allowed(after);
        }));
    refused(
        () -> client.resource(configMap("a", "bad")).dryRun().create(),
        400,
        null,
        "admission webhook \"validation.example.com\" denied the request: v is bad");
    client.resource(configMap("a", "good")).create();
    assertThat(
            simulator.objects.get("v1", "ConfigMap", "bookinfo", "a").orElseThrow().has("touched"))
        .isTrue();
  }

  @Test
  void users_areKnownByToken_andForbiddenByRule() {
    restart(ApiServer.Options.DEFAULT.withUsers(Map.of("t1", "ann", "t2", "bob")));
    simulator.put(Objects.REVIEWS);
    simulator
        .server
        .faults()
        .forbid(call -> call.user().equals("bob") && call.verb().equals("patch"));
    client = simulator.client("t2");
    refused(
        () -> reviews().patch(merge(), "{}"),
        403,
        "Forbidden",
        "virtualservices.networking.istio.io \"reviews\" is forbidden: User \"bob\" cannot patch"
            + " resource \"virtualservices\" in API group \"networking.istio.io\" in the namespace"
            + " \"bookinfo\"");
    client = simulator.client("t1");
    reviews().patch(merge(), "{\"spec\":{\"invented\":\"ann's\"}}");
    client = simulator.client("t3");
    refused(() -> reviews().get(), 401, "Unauthorized", "Unauthorized");
  }

  @Test
  void fault_dropBefore_doesNothing_dropAfterHasDoneIt() {
    simulator.server.faults().add(Faults.on("virtualservices", "patch"), drop(false), 1);
    assertThatThrownBy(() -> reviews().patch(merge(), "{\"spec\":{\"invented\":\"lost\"}}"))
        .isInstanceOf(KubernetesClientException.class);
    assertThat(reviews().get().<Object>get("spec", "invented")).isEqualTo("kept");
    simulator.server.faults().add(Faults.on("virtualservices", "patch"), drop(true), 1);
    assertThatThrownBy(() -> reviews().patch(merge(), "{\"spec\":{\"invented\":\"done\"}}"))
        .isInstanceOf(KubernetesClientException.class);
    assertThat(reviews().get().<Object>get("spec", "invented")).isEqualTo("done");
  }

  @Test
  void fault_refuseMisleadDelay() {
    Faults faults = simulator.server.faults();
    faults.add(
        Faults.on("virtualservices", "patch"),
        new Faults.Fault.Mislead(500, "InternalError", "etcd timed out"),
        1);
    refused(
        () -> reviews().patch(merge(), "{\"spec\":{\"invented\":\"done\"}}"),
        500,
        "InternalError",
        "etcd timed out");
    assertThat(reviews().get().<Object>get("spec", "invented")).isEqualTo("done");
    faults.add(
        Faults.on("virtualservices", "get"), new Faults.Fault.Delay(Duration.ofMillis(200)), 1);
    long begin = System.nanoTime();
    reviews().get();
    assertThat(Duration.ofNanos(System.nanoTime() - begin))
        .isGreaterThanOrEqualTo(Duration.ofMillis(200));
  }

  @Test
  void body_tooLarge_is413() {
    HttpResponse<String> answer =
        put("/api/v1/namespaces/bookinfo/configmaps/big", "x".repeat((3 << 20) + 1));
    assertThat(answer.statusCode()).isEqualTo(413);
    assertThat(answer.body()).contains("Request entity too large: limit is 3145728");
  }

  @Test
  void body_noJson_is400() {
    for (String body : List.of("", "{", "[1]", "{\"a\":1} trailing", "{\"kind\":5}")) {
      assertThat(put("/api/v1/namespaces/bookinfo/configmaps/x", body).statusCode())
          .as(body)
          .isIn(400, 404);
    }
  }

  @Test
  void restore_bringsBackWhatWasEdited_andEndsOldWatches() {
    reviews().patch(merge(), "{\"spec\":{\"invented\":\"edited\"}}");
    String snapshot = simulator.objects.snapshot();
    ClusterObjects other = new ClusterObjects(java.time.Clock.systemUTC());
    other.restore(snapshot);
    assertThat(
            other
                .get("networking.istio.io/v1", "VirtualService", "bookinfo", "reviews")
                .orElseThrow()
                .path("spec")
                .path("invented")
                .asText())
        .isEqualTo("edited");
    assertThat(other.revision()).isGreaterThanOrEqualTo(simulator.objects.revision());
    assertThatThrownBy(() -> other.restore("{\"items\":[{\"kind\":\"Unknown\"}]}"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(other.list("v1", "Namespace")).hasSize(1);
  }

  private Resource<GenericKubernetesResource> reviews() {
    return client
        .genericKubernetesResources("networking.istio.io/v1", "VirtualService")
        .inNamespace("bookinfo")
        .withName("reviews");
  }

  private void restart(ApiServer.Options options) {
    simulator.close();
    simulator = new Simulator(options);
    simulator.put("{apiVersion: v1, kind: Namespace, metadata: {name: bookinfo}}");
    client = simulator.client();
  }

  private HttpResponse<String> put(String path, String body) {
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(
          HttpRequest.newBuilder(URI.create(simulator.server.url() + path))
              .header("Content-Type", "application/json")
              .PUT(HttpRequest.BodyPublishers.ofString(body))
              .build(),
          HttpResponse.BodyHandlers.ofString());
    } catch (java.io.IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static Faults.Fault drop(boolean after) {
    return after ? new Faults.Fault.DropAfter() : new Faults.Fault.DropBefore();
  }

  private static PatchContext merge() {
    return PatchContext.of(PatchType.JSON_MERGE);
  }

  private static PatchContext merge(String manager) {
    return new PatchContext.Builder()
        .withPatchType(PatchType.JSON_MERGE)
        .withFieldManager(manager)
        .build();
  }

  private static PatchContext json() {
    return PatchContext.of(PatchType.JSON);
  }

  private static PatchContext apply(String manager, boolean force) {
    return new PatchContext.Builder()
        .withPatchType(PatchType.SERVER_SIDE_APPLY)
        .withFieldManager(manager)
        .withForce(force)
        .build();
  }

  private static ConfigMap configMap(String name, String value) {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withNamespace("bookinfo")
        .withName(name)
        .endMetadata()
        .addToData("v", value)
        .build();
  }

  private static void refused(
      ThrowingCallable call, int code, @Nullable String reason, String message) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            KubernetesClientException.class,
            e -> {
              assertThat(e.getCode()).isEqualTo(code);
              assertThat(e.getStatus().getReason()).isEqualTo(reason);
              assertThat(e.getStatus().getMessage()).contains(message);
            });
  }
}
