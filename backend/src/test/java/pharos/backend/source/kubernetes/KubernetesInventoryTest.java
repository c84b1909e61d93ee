package pharos.backend.source.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import pharos.backend.demo.apiserver.Faults;
import pharos.backend.demo.apiserver.Simulator;
import pharos.backend.traffic.SourceStatus;
import pharos.backend.traffic.SourceStatus.State;
import pharos.graph.sample.Inventory;
import pharos.graph.sample.Inventory.ConfigFlag;
import pharos.graph.sample.Inventory.DataPlane;

/** The inventory follows a real list and watch API through everything that can happen to it. */
@Timeout(60)
class KubernetesInventoryTest {
  private static final KubernetesSettings FAST =
      new KubernetesSettings(
          "Kubernetes",
          "istio-system",
          Duration.ofSeconds(30),
          Duration.ofMillis(20),
          Duration.ofMillis(100),
          Duration.ofMillis(100),
          Duration.ofMillis(5),
          2);

  private final Simulator simulator = new Simulator();
  private final KubernetesClient client = KubernetesClients.forUrl(simulator.server.url());
  private KubernetesInventory inventory = new KubernetesInventory(client, FAST, Clock.systemUTC());

  @AfterEach
  void stop() {
    inventory.close();
    client.close();
    simulator.close();
  }

  @Test
  void start_listsAllPages_andFollowsEdits() {
    services(5); // pages of two
    begin();
    assertThat(inventory.current().services()).hasSize(5);
    assertThat(inventory.current().namespaces()).containsKey("shop");

    simulator.put(virtualService("s1"));
    until("flag", () -> service("s1").config().contains(ConfigFlag.VIRTUAL_SERVICE));
    simulator.objects.delete("networking.istio.io/v1", "VirtualService", "shop", "s1");
    until("no flag", () -> service("s1").config().isEmpty());
    assertThat(inventory.relists()).isEqualTo(WatchedKind.ALL.size());
  }

  @Test
  void current_beforeTheFirstList_isUnknown() {
    assertThat(inventory.current()).isEqualTo(Inventory.unknown());
    assertThat(inventory.status().state()).isEqualTo(State.STARTING);
  }

  @Test
  void watchExpired_listsAgainAndSaysNothing() {
    services(2);
    beginAndWatch();
    int before = inventory.relists();
    simulator.server.expireWatches();
    until("relisted", () -> inventory.relists() >= before + WatchedKind.ALL.size());
    services(3);
    until("followed on", () -> inventory.current().services().size() == 3);
    until("ok", () -> status().state() == State.OK);
  }

  @Test
  void watchCut_goesOnFromWhereItWas() {
    services(1);
    beginAndWatch();
    int before = inventory.relists();
    long watches = watchCalls();
    simulator.server.cutWatches();
    until("watching again", () -> watchCalls() >= watches + WatchedKind.ALL.size());
    services(2);
    until("followed on", () -> inventory.current().services().size() == 2);
    assertThat(inventory.relists()).isEqualTo(before);
  }

  /** The client says only that the watch closed, and never with which status it was refused. */
  @Test
  void watchRefusedAsGone_listsAgain() {
    services(1);
    beginAndWatch();
    simulator
        .server
        .faults()
        .add(call -> call.verb().equals("watch"), new Faults.Fault.Gone(), Integer.MAX_VALUE);
    simulator.server.cutWatches();
    services(2);
    until("found by a list", () -> inventory.current().services().size() == 2);
    simulator.server.faults().clear();
    until("ok", () -> status().state() == State.OK);
  }

  @Test
  void watchSilent_isGivenUpAndListed() {
    restartWith(
        new KubernetesSettings(
            "Kubernetes",
            "istio-system",
            Duration.ofMillis(700),
            FAST.retryFrom(),
            FAST.retryTo(),
            FAST.reprobeAfter(),
            FAST.publishEvery(),
            500));
    services(1);
    begin();
    simulator.server.muteWatches();
    services(2);
    until("found by a list", () -> inventory.current().services().size() == 2);
  }

  @Test
  void apiDown_keepsTheModelWithItsAge_andRecovers() {
    services(2);
    begin();
    Inventory before = inventory.current();
    simulator.stop();
    until("down", () -> status().state() == State.DOWN);
    assertThat(inventory.current()).isEqualTo(before);
    SourceStatus down = status();
    assertThat(down.detail()).contains("showing what was known before");
    assertThat(down.observedAt()).isBeforeOrEqualTo(Instant.now());
    Instant since = down.since();
    assertThat(status().since()).isEqualTo(since);

    services(3);
    simulator.start();
    until("back", () -> status().state() == State.OK);
    until("followed on", () -> inventory.current().services().size() == 3);
  }

  @Test
  void kindForbidden_isPartialAndTheRestWorks() {
    simulator.server.faults().forbid(Faults.on("virtualservices"));
    services(1);
    begin();
    assertThat(status().state()).isEqualTo(State.PARTIAL);
    assertThat(status().detail()).isEqualTo("no access to virtualservices.networking.istio.io");
    assertThat(inventory.current().services()).hasSize(1);

    simulator.put(virtualService("s0"));
    simulator.server.faults().clear();
    until("granted", () -> status().state() == State.OK);
    until("flag", () -> service("s0").config().contains(ConfigFlag.VIRTUAL_SERVICE));
  }

  @Test
  void kindMissing_isFineAndAskedForAgain() {
    Faults.Fault missing = new Faults.Fault.Refuse(404, "NotFound", "not served");
    simulator
        .server
        .faults()
        .add(call -> call.type().plural().equals("httproutes"), missing, Integer.MAX_VALUE);
    services(1);
    begin();
    assertThat(status().state()).isEqualTo(State.OK);
    assertThat(status().facts().get("notInstalled"))
        .isEqualTo("httproutes.gateway.networking.k8s.io");
    simulator.server.faults().clear();
    until("installed", () -> !status().facts().containsKey("notInstalled"));
  }

  @Test
  void apiSlow_isListedAllTheSame() {
    Faults.Fault slow = new Faults.Fault.Delay(Duration.ofMillis(300));
    simulator.server.faults().add(call -> call.verb().equals("list"), slow, 3);
    services(1);
    begin();
    assertThat(inventory.current().services()).hasSize(1);
  }

  @Test
  void onChange_manyEditsAtOnce_areTakenTogether() {
    restartWith(
        new KubernetesSettings(
            "Kubernetes",
            "istio-system",
            FAST.stuckAfter(),
            FAST.retryFrom(),
            FAST.retryTo(),
            FAST.reprobeAfter(),
            Duration.ofMillis(250),
            500));
    begin();
    AtomicInteger calls = new AtomicInteger();
    inventory.onChange(calls::incrementAndGet);
    services(200);
    until("all there", () -> inventory.current().services().size() == 200);
    assertThat(calls.get()).isBetween(1, 10);
  }

  @Test
  void pods_giveWorkloadsTargetsAndTheirDirectory() {
    simulator.put(
        """
        {apiVersion: v1, kind: Namespace, metadata: {name: shop, labels: {istio-injection: enabled}}}
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {namespace: shop, name: cart-v1, annotations: {health.kiali.io/rate: "400,10,20,http,inbound"}}
        spec: {replicas: 3, template: {metadata: {labels: {app: cart, version: v1}}}}
        status: {replicas: 2, availableReplicas: 1}
        ---
        apiVersion: v1
        kind: Pod
        metadata:
          namespace: shop
          name: cart-v1-5d4f-abcde
          labels: {app: cart, version: v1, pod-template-hash: 5d4f}
          annotations: {prometheus.io/scrape: "true", prometheus.io/port: "15020", prometheus.io/path: /stats/prometheus}
          ownerReferences: [{apiVersion: apps/v1, kind: ReplicaSet, name: cart-v1-5d4f, controller: true, uid: x}]
        spec: {containers: [{name: cart}], initContainers: [{name: istio-proxy, restartPolicy: Always}]}
        status: {phase: Running, podIP: 10.0.0.7, conditions: [{type: Ready, status: "True"}]}
        """);
    begin();
    until("pod", () -> inventory.pods().at("10.0.0.7").isPresent());
    var workload = inventory.current().workloads().getFirst();
    assertThat(workload.name()).isEqualTo("cart-v1");
    assertThat(workload.kind()).isEqualTo("Deployment");
    assertThat(workload.app()).isEqualTo("cart");
    assertThat(workload.version()).isEqualTo("v1");
    assertThat(workload.desired()).isEqualTo(3);
    assertThat(workload.current()).isEqualTo(2);
    assertThat(workload.available()).isEqualTo(1);
    assertThat(workload.dataPlane()).isEqualTo(DataPlane.SIDECAR);
    assertThat(workload.healthRate()).isEqualTo("400,10,20,http,inbound");
    assertThat(inventory.scrapeTargets().current())
        .singleElement()
        .satisfies(target ->
            assertThat(target.url()).hasToString("http://10.0.0.7:15020/stats/prometheus"));
    assertThat(inventory.pods().named("shop", "cart-v1-5d4f-abcde").orElseThrow().workload())
        .isEqualTo("cart-v1");

    AtomicInteger calls = new AtomicInteger();
    inventory.scrapeTargets().onChange(calls::incrementAndGet);
    simulator.objects.delete("v1", "Pod", "shop", "cart-v1-5d4f-abcde");
    until("target gone", () -> inventory.scrapeTargets().current().isEmpty());
    assertThat(calls.get()).isEqualTo(1);
    assertThat(inventory.current().workloads()).hasSize(1);
  }

  private long watchCalls() {
    return simulator.server.calls().stream().filter(call -> call.verb().equals("watch")).count();
  }

  private void restartWith(KubernetesSettings settings) {
    inventory.close();
    inventory = new KubernetesInventory(client, settings, Clock.systemUTC());
  }

  private void begin() {
    inventory.start();
    until("listed", () -> status().state() != State.STARTING);
    until("published", () -> !inventory.current().equals(Inventory.unknown()) || nothing());
  }

  /** Also waits until every kind is watched: a watch that is not open yet cannot be ended. */
  private void beginAndWatch() {
    begin();
    until("watching", () -> simulator.server.openWatches() >= WatchedKind.ALL.size());
  }

  /** An empty cluster has nothing to publish. */
  private boolean nothing() {
    return simulator.objects.all().isEmpty();
  }

  private SourceStatus status() {
    return inventory.status();
  }

  private Inventory.ServiceFact service(String name) {
    return inventory.current().services().stream()
        .filter(service -> service.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private void services(int count) {
    IntStream.range(0, count)
        .forEach(i ->
            simulator.put(
                """
                {apiVersion: v1, kind: Service, metadata: {namespace: shop, name: s%d},
                 spec: {selector: {app: s%d}, ports: [{port: 80, name: http}]}}\
                """
                    .formatted(i, i)));
  }

  private static String virtualService(String host) {
    return """
    {apiVersion: networking.istio.io/v1, kind: VirtualService, metadata: {namespace: shop, name: %s},
     spec: {hosts: [%s], http: [{route: [{destination: {host: %s}}]}]}}\
    """
        .formatted(host, host, host);
  }

  private static void until(String what, java.util.function.BooleanSupplier condition) {
    Simulator.until(what, condition);
  }
}
