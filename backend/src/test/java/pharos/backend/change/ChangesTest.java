package pharos.backend.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import pharos.backend.demo.apiserver.Call;
import pharos.backend.demo.apiserver.Faults;
import pharos.backend.store.Database;
import pharos.backend.store.PostgresForTests;
import pharos.config.resource.ResourceKey;

/** From preview to history, against a simulated API server and a real journal. */
@Timeout(120)
final class ChangesTest {
  private static final ResourceKey.Kind SECRET = new ResourceKey.Kind("", "Secret");

  private static PostgresForTests postgres;
  private Database database;
  private ClusterUnderChange world;

  @BeforeAll
  static void start() throws Exception {
    postgres = new PostgresForTests();
  }

  @AfterAll
  static void stop() {
    postgres.close();
  }

  @BeforeEach
  void open() throws Exception {
    database = postgres.open(postgres.emptyDatabase());
    world = new ClusterUnderChange(database);
  }

  @AfterEach
  void close() {
    world.close();
    database.close();
  }

  @Test
  void propose_writesNothing_andOrdersDestinationsBeforeRoutes() {
    Map<String, String> before = world.content();
    Preview preview = world.fourSteps();

    assertThat(preview.change().steps())
        .extracting(step -> step.op() + " " + step.key().origin())
        .containsExactly(
            "CREATE ServiceEntry shop/out",
            "CREATE DestinationRule shop/reviews",
            "REPLACE VirtualService shop/reviews",
            "DELETE VirtualService shop/old");
    assertThat(preview.trials()).allMatch(Preview.Trial::accepted).hasSize(4);
    assertThat(world.content()).isEqualTo(before);
    assertThat(world.simulator.server.calls()).noneMatch(Call::mutating);
  }

  @Test
  void apply_fourSteps_areInTheClusterAndInTheHistory() throws Exception {
    Change done = world.apply(world.fourSteps());

    assertThat(done.state()).isEqualTo(Change.State.DONE);
    assertThat(done.steps()).allMatch(step -> step.state() == Step.State.APPLIED);
    assertThat(world.content().keySet())
        .containsExactly("DestinationRule reviews", "ServiceEntry out", "VirtualService reviews");
    assertThat(world.content().get("VirtualService reviews"))
        .contains("\"weight\":20")
        .contains("{\"kept\":1.5}");
    assertThat(world.changes.newest(10)).extracting(Change::id).containsExactly(done.id());
    assertThat(
            PostgresForTests.query(world.database, "select what from config_mark order by id")
                .size())
        .isEqualTo(4);
  }

  @Test
  void takeBack_restoresWhatWasThere() {
    Map<String, String> before = world.content();
    Change done = world.apply(world.fourSteps());

    Change back = world.apply(world.changes.proposeRevert(done.id(), "bob"));

    assertThat(back.state()).isEqualTo(Change.State.DONE);
    assertThat(back.reverts()).isEqualTo(done.id());
    assertThat(world.content()).isEqualTo(before);
  }

  @Test
  void takeBack_afterSomebodyElseEdited_isRefusedWithTheName() {
    Change done = world.apply(world.fourSteps());
    foreignEdit();
    assertThatThrownBy(() -> world.changes.proposeRevert(done.id(), "bob"))
        .isInstanceOf(ChangeFailure.Moved.class)
        .hasMessageContaining("VirtualService shop/reviews was changed since");
  }

  /** I-13, I-24. */
  @Test
  void apply_afterTheClusterMoved_isRefusedAndWritesNothing() {
    Preview preview = world.fourSteps();
    foreignEdit();
    Map<String, String> before = world.content();
    assertThatThrownBy(() -> world.apply(preview))
        .isInstanceOf(ChangeFailure.Moved.class)
        .hasMessageContaining("VirtualService shop/reviews changed since the preview");
    assertThat(world.content()).isEqualTo(before);
  }

  @Test
  void apply_anotherHash_isRefused() {
    Preview preview = world.fourSteps();
    assertThatThrownBy(
            () -> world.changes.apply(preview.change().id(), "00", Set.of(), null, "ada"))
        .isInstanceOf(ChangeFailure.Moved.class);
  }

  /** I-14. */
  @Test
  void apply_sameKeyTwice_isOneChange() {
    Preview preview = world.fourSteps();
    Change change = preview.change();
    world.changes.apply(change.id(), change.hash(), Set.of(), "key", "ada");
    Change again = world.changes.apply(change.id(), change.hash(), Set.of(), "key", "ada");
    assertThat(again.id()).isEqualTo(change.id());
    assertThat(world.ended(change.id()).state()).isEqualTo(Change.State.DONE);
    assertThat(world.simulator.server.calls().stream().filter(Call::mutating)).hasSize(4);
  }

  /** I-5: a second change of an object waits for nobody, it is refused with the other's name. */
  @Test
  void apply_whileAnotherRuns_isRefusedWithItsAuthor() {
    Preview slow = world.fourSteps();
    Preview other = world.fourSteps();
    world.simulator.server.faults().add(call -> call.mutating(), SLOW, 1);
    world.changes.apply(slow.change().id(), slow.change().hash(), Set.of(), null, "ada");
    assertThatThrownBy(() ->
            world.changes.apply(other.change().id(), other.change().hash(), Set.of(), null, "bob"))
        .isInstanceOf(ChangeFailure.Moved.class)
        .hasMessageContaining("is being changed by ada");
    assertThat(world.ended(slow.change().id()).state()).isEqualTo(Change.State.DONE);
  }

  private static final Faults.Fault SLOW = new Faults.Fault.Delay(java.time.Duration.ofMillis(400));

  /** I-23: the webhook's words reach the user, before and during. */
  @Test
  void webhookRefusal_leavesTheClusterAsItWas() {
    Preview preview = world.fourSteps();
    Map<String, String> before = world.content();
    world
        .simulator
        .server
        .faults()
        .add(
            Faults.on("virtualservices", "update").and(Call::mutating),
            new Faults.Fault.Refuse(
                400, "BadRequest", "admission webhook \"rev\" denied the request: no"),
            1);

    Change ended = world.apply(preview);

    assertThat(ended.state()).isEqualTo(Change.State.REVERTED);
    assertThat(ended.detail())
        .isEqualTo(
            "step 3 (VirtualService shop/reviews): admission webhook \"rev\" denied the request:"
                + " no");
    assertThat(world.content()).isEqualTo(before);
  }

  @Test
  void propose_whatIsThereAlready_isNoChange() {
    List<pharos.config.resource.Resource> same =
        ClusterUnderChange.read(
            """
            {apiVersion: networking.istio.io/v1, kind: VirtualService, metadata: {namespace: shop, name: old},
             spec: {hosts: [old], http: [{route: [{destination: {host: old}}]}]}}
            """);
    assertThatThrownBy(() -> world.changes.propose("same", "ada", same, Set.of()))
        .isInstanceOf(ChangeFailure.Unusable.class)
        .hasMessageContaining("Nothing would change");
  }

  /** A draft's order of keys is no difference, and what the cluster has keeps its order. */
  @Test
  void propose_keysInAnotherOrder_differOnlyWhereValuesDo() {
    Preview preview =
        world.changes.propose(
            "timeout",
            "ada",
            ClusterUnderChange.read(
                """
                {kind: VirtualService, apiVersion: networking.istio.io/v1, metadata: {name: old, namespace: shop},
                 spec: {http: [{timeout: 3s, route: [{destination: {host: old}}]}], hosts: [old]}}
                """),
            Set.of());
    Step step = preview.change().steps().getFirst();
    assertThat(step.afterText())
        .isEqualTo(
            step.beforeText()
                .replaceFirst("(?s)(        host: old\n)(.*)", "$1    timeout: 3s\n$2"));
  }

  /** I-19: what could hold a secret never enters the journal. */
  @Test
  void propose_secret_isRefused() {
    ResourceKey key = new ResourceKey(SECRET, "shop", "s");
    assertThatThrownBy(() -> world.changes.propose("s", "ada", List.of(), Set.of(key)))
        .isInstanceOf(ChangeFailure.Unusable.class)
        .hasMessageStartingWith("Secret shop/s: Pharos changes");
  }

  /** I-7: a subset goes only after the route that named it. */
  @Test
  void subsetsThatGoAndCome_makeTwoWritesOfTheRule() {
    world.apply(world.fourSteps());
    Preview swap =
        world.changes.propose(
            "swap",
            "ada",
            ClusterUnderChange.read(
                """
                {apiVersion: networking.istio.io/v1, kind: DestinationRule, metadata: {namespace: shop, name: reviews},
                 spec: {host: reviews, subsets: [{name: v3, labels: {version: v3}}]}}
                ---
                {apiVersion: networking.istio.io/v1, kind: VirtualService, metadata: {namespace: shop, name: reviews},
                 spec: {hosts: [reviews], http: [{route: [{destination: {host: reviews, subset: v3}}]}]}}
                """),
            Set.of());
    assertThat(swap.change().steps())
        .extracting(step -> step.key().kind().name())
        .containsExactly("DestinationRule", "VirtualService", "DestinationRule");
    assertThat(swap.change().steps().getFirst().after()).contains("\"v3\"", "\"v2\"", "\"v1\"");

    Change done = world.apply(swap);
    assertThat(done.detail()).isEmpty();
    assertThat(done.state()).isEqualTo(Change.State.DONE);
    assertThat(world.content().get("DestinationRule reviews")).doesNotContain("v2").contains("v3");

    Change back = world.apply(world.changes.proposeRevert(done.id(), "ada"));
    assertThat(back.state()).isEqualTo(Change.State.DONE);
    assertThat(world.content().get("DestinationRule reviews")).contains("v2").doesNotContain("v3");
  }

  /** I-15. */
  @Test
  void objectsOfOthers_needAConfirmationThatNamesTheOwner() {
    world.simulator.put(
        """
        {apiVersion: networking.istio.io/v1, kind: VirtualService,
         metadata: {namespace: shop, name: old, annotations: {argocd.argoproj.io/tracking-id: "shop:networking.istio.io/VirtualService:shop/old"}},
         spec: {hosts: [old], http: [{route: [{destination: {host: old}}]}]}}
        """);
    Preview preview = world.fourSteps();
    assertThat(preview.owners())
        .extracting(owned -> owned.owner().name())
        .containsExactly("Argo CD");
    assertThatThrownBy(() -> world.apply(preview))
        .isInstanceOf(ChangeFailure.Owned.class)
        .hasMessageContaining("confirm Argo CD by name");
    world.changes.apply(
        preview.change().id(), preview.change().hash(), Set.of("Argo CD"), null, "ada");
    assertThat(world.ended(preview.change().id()).state()).isEqualTo(Change.State.DONE);
  }

  /** I-15: what Flagger owns is never written. */
  @Test
  void objectsOfFlagger_areRefusedWhateverIsConfirmed() {
    world.simulator.put(
        """
        {apiVersion: networking.istio.io/v1, kind: VirtualService,
         metadata: {namespace: shop, name: old, ownerReferences: [{apiVersion: flagger.app/v1beta1, kind: Canary, name: old, uid: u}]},
         spec: {hosts: [old], http: [{route: [{destination: {host: old}}]}]}}
        """);
    Preview preview = world.fourSteps();
    assertThatThrownBy(() ->
            world.changes.apply(
                preview.change().id(), preview.change().hash(), Set.of("Flagger"), null, "ada"))
        .isInstanceOf(ChangeFailure.Owned.class)
        .hasMessageContaining("rewrites the routes");
  }

  /** I-12. */
  @Test
  void audit_hasEveryAttempt_andCannotBeChanged() throws Exception {
    Preview preview = world.fourSteps();
    assertThatThrownBy(
            () -> world.changes.apply(preview.change().id(), "00", Set.of(), null, "eve"))
        .isInstanceOf(ChangeFailure.class);
    world.apply(preview);
    assertThat(
            PostgresForTests.query(
                world.database, "select who || ': ' || what from change_audit order by number")
                .stream())
        .extracting(row -> row.getString(0))
        .containsExactly("ada: preview", "eve: apply refused", "ada: apply", "pharos: done");
    assertThat(world.journal.auditHolds()).isTrue();
    assertThatThrownBy(
            () -> PostgresForTests.query(world.database, "update change_audit set who = 'x'"))
        .hasMessageContaining("audit rows are never changed");
    PostgresForTests.query(
        world.database,
        "alter table change_audit disable trigger all; update change_audit set who = 'x' where"
            + " number = 2");
    assertThat(world.journal.auditHolds()).isFalse();
  }

  private void foreignEdit() {
    world.simulator.put(
        """
        {apiVersion: networking.istio.io/v1, kind: VirtualService, metadata: {namespace: shop, name: reviews},
         spec: {hosts: [reviews], http: [{timeout: 3s, route: [{destination: {host: reviews}}]}]}}
        """);
  }
}
