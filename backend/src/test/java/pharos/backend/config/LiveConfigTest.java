package pharos.backend.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import pharos.config.check.Finding;
import pharos.config.resource.Kinds;
import pharos.config.resource.ResourceKey;

/** The analysis follows the cluster, and a draft is compared with all of it. */
@Timeout(60)
class LiveConfigTest {
  static final String MESH =
      """
      apiVersion: v1
      kind: Namespace
      metadata: {name: books, labels: {istio-injection: enabled}}
      ---
      apiVersion: v1
      kind: Service
      metadata: {name: reviews, namespace: books}
      spec: {selector: {app: reviews}, ports: [{name: http, port: 9080}]}
      ---
      apiVersion: networking.istio.io/v1
      kind: DestinationRule
      metadata: {name: reviews, namespace: books}
      spec: {host: reviews, subsets: [{name: v1, labels: {version: v1}}]}
      ---
      apiVersion: networking.istio.io/v1
      kind: VirtualService
      metadata: {name: reviews, namespace: books, creationTimestamp: "2026-01-01T00:00:00Z"}
      spec: {hosts: [reviews], http: [{route: [{destination: {host: reviews, subset: v1}}]}]}
      """;

  private static final String WRONG_SUBSET =
      """
      apiVersion: networking.istio.io/v1
      kind: VirtualService
      metadata:
        name: reviews
      spec:
        hosts: [reviews]
        http:
        - route:
          - destination:
              host: reviews
              subset: v9
      """;

  private static final ResourceKey ROUTE =
      new ResourceKey(Kinds.VIRTUAL_SERVICE, "books", "reviews");

  private final ConfigInMemory source = new ConfigInMemory();
  private final LiveConfig config = new LiveConfig(source, Clock.systemUTC());

  @BeforeEach
  void start() {
    config.start();
  }

  @AfterEach
  void stop() {
    config.close();
  }

  private static void until(BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("within 30 s").isLessThan(end);
      Thread.sleep(5);
    }
  }

  private boolean analysed() {
    try {
      return config.state().config() == source.current();
    } catch (ConfigFailure.NotKnownYet _) {
      return false;
    }
  }

  private void put(String yaml) throws InterruptedException {
    source.put(yaml);
    until(this::analysed);
  }

  private static Draft draft(String text) {
    return DraftReader.read(Map.of(DraftReader.FILE, text), "books", Set.of());
  }

  private static List<String> codes(List<Finding> findings) {
    return findings.stream().map(finding -> finding.type().code()).toList();
  }

  @Test
  void state_beforeTheFirstList_saysWhyNothingIsKnown() {
    assertThatThrownBy(config::state)
        .isInstanceOf(ConfigFailure.NotKnownYet.class)
        .hasMessage("the cluster is being listed");
  }

  @Test
  void state_followsChanges() throws InterruptedException {
    put(MESH);
    assertThat(codes(config.state().of(ROUTE))).isEmpty();
    put(WRONG_SUBSET.replace("name: reviews\nspec", "name: reviews\n  namespace: books\nspec"));
    assertThat(codes(config.state().of(ROUTE))).contains("IST0101");
  }

  @Test
  void check_wrongSubset_isIntroducedAtItsPlace() throws InterruptedException {
    put(MESH);
    DraftAnswer answer = config.check(draft(WRONG_SUBSET));
    Finding introduced = answer.findings().introduced().getFirst();
    assertThat(introduced.message()).contains("reviews+v9");
    assertThat(introduced.place()).isNotNull();
    assertThat(introduced.path()).hasToString("spec.http[0].route[0].destination.subset");
    assertThat(answer.objects())
        .containsExactly(new DraftAnswer.Change(ROUTE, DraftAnswer.Effect.CHANGED));
    assertThat(config.state().of(ROUTE)).isEmpty();
  }

  @Test
  void check_removalOfTheRule_breaksTheRouteThatIsNotInTheDraft() throws InterruptedException {
    put(MESH);
    ResourceKey rule = new ResourceKey(Kinds.DESTINATION_RULE, "books", "reviews");
    DraftAnswer answer = config.check(DraftReader.read(Map.of(), "books", Set.of(rule)));
    assertThat(answer.findings().introduced())
        .anySatisfy(finding -> {
          assertThat(finding.type().code()).isEqualTo("IST0101");
          assertThat(finding.origin()).isEqualTo("VirtualService books/reviews");
        });
    assertThat(answer.objects())
        .containsExactly(new DraftAnswer.Change(rule, DraftAnswer.Effect.REMOVED));
  }

  @Test
  void check_repair_resolves() throws InterruptedException {
    put(
        MESH
            + "---\n"
            + WRONG_SUBSET.replace(
                "name: reviews\nspec", "name: reviews\n  namespace: books\nspec"));
    DraftAnswer answer = config.check(draft(WRONG_SUBSET.replace("v9", "v1")));
    assertThat(codes(answer.findings().resolved())).contains("IST0101");
    assertThat(codes(answer.findings().introduced())).isEmpty();
  }

  @Test
  void check_unreadableAndRepeatedDocuments_areRefusedAndTheRestCounts()
      throws InterruptedException {
    put(MESH);
    DraftAnswer answer =
        config.check(
            draft(
                WRONG_SUBSET
                    + "---\na: [\n---\n"
                    + WRONG_SUBSET
                    + "---\nkind: A\napiVersion: v1\n"));
    assertThat(answer.findings().introduced()).isNotEmpty();
    assertThat(
            answer.refusals().stream()
                .map(refusal -> refusal.place().line() + " " + refusal.reason()))
        .hasSize(3)
        .anyMatch(text -> text.startsWith("15 VirtualService books/reviews stands in the text"))
        .anyMatch(text -> text.startsWith("27 an object needs a metadata.name"));
  }

  @Test
  void check_whatNeedsAKindThatCannotBeListed_isSkippedInsteadOfWrong()
      throws InterruptedException {
    put(MESH);
    source.hide(Map.of(Kinds.SERVICE, "no access to services"));
    until(this::analysed);
    assertThat(codes(config.state().of(ROUTE))).isEmpty();
    assertThat(config.state().skipped())
        .anySatisfy(skipped -> {
          assertThat(skipped.check()).isEqualTo("virtualservice.DestinationHostAnalyzer");
          assertThat(skipped.reason()).isEqualTo("Service: no access to services");
        });
    assertThatThrownBy(
            () -> config.object(config.state(), new ResourceKey(Kinds.SERVICE, "books", "reviews")))
        .isInstanceOf(ConfigFailure.Forbidden.class);
    assertThatThrownBy(
            () -> config.object(config.state(), new ResourceKey(Kinds.SIDECAR, "books", "x")))
        .isInstanceOf(ConfigFailure.NoSuchObject.class);
  }

  @Test
  void references_areThoseOfTheAnalysedCluster() throws InterruptedException {
    put(MESH);
    Analyzed analyzed = config.state();
    assertThat(config.references(analyzed).from(ROUTE)).hasSize(3);
    assertThat(config.references(analyzed)).isSameAs(config.references(analyzed));
  }
}
