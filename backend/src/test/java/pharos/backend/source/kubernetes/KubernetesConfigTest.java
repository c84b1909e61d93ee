package pharos.backend.source.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import pharos.backend.demo.apiserver.Faults;
import pharos.backend.demo.apiserver.Simulator;
import pharos.backend.traffic.SourceStatus.State;
import pharos.config.resource.Fields;
import pharos.config.resource.Kinds;
import pharos.config.resource.Resource;
import pharos.config.resource.ResourceKey;
import pharos.config.resource.YamlText;

/** What checks get to see of the cluster, from the same watches as the inventory. */
@Timeout(60)
class KubernetesConfigTest {
  private static final KubernetesSettings FAST =
      new KubernetesSettings(
          "Kubernetes",
          "istio-system",
          Duration.ofSeconds(30),
          Duration.ofMillis(20),
          Duration.ofMillis(100),
          Duration.ofMillis(100),
          Duration.ofMillis(5),
          500);

  private final Simulator simulator = new Simulator();
  private final KubernetesClient client = KubernetesClients.forUrl(simulator.server.url());
  private final KubernetesInventory inventory =
      new KubernetesInventory(client, FAST, Clock.systemUTC());
  private final KubernetesConfig config = inventory.config();

  @AfterEach
  void stop() {
    inventory.close();
    client.close();
    simulator.close();
  }

  private void begin(String yaml) {
    simulator.put(yaml);
    inventory.start();
    until("known", () -> config.current().known());
  }

  private static void until(String what, BooleanSupplier condition) {
    Simulator.until(what, condition);
  }

  private @Nullable Resource find(ResourceKey.Kind kind, String namespace, String name) {
    return config.current().resources().get(new ResourceKey(kind, namespace, name));
  }

  private String yaml(ResourceKey.Kind kind, String namespace, String name) {
    return YamlText.of(Objects.requireNonNull(find(kind, namespace, name)).root());
  }

  private static String virtualService(String name, int attempts) {
    return """
    apiVersion: networking.istio.io/v1
    kind: VirtualService
    metadata: {name: %s, namespace: shop}
    spec:
      hosts: [web]
      tomorrow: {deep: [1, 2.5, "3", true, null]}
      http: [{retries: {attempts: %d}, route: [{destination: {host: web}}]}]
    """
        .formatted(name, attempts);
  }

  @Test
  void current_beforeTheFirstList_saysWhy() {
    assertThat(config.current().known()).isFalse();
    assertThat(config.current().unknownBecause()).startsWith("listing the cluster");
  }

  @Test
  void meshConfiguration_isKeptWithoutLoss_andFollowed() {
    begin(
        "kind: Namespace\napiVersion: v1\nmetadata: {name: shop}\n---\n" + virtualService("a", 2));
    until("listed", () -> find(Kinds.VIRTUAL_SERVICE, "shop", "a") != null);
    assertThat(yaml(Kinds.VIRTUAL_SERVICE, "shop", "a"))
        .contains("apiVersion: networking.istio.io/v1", "kind: VirtualService")
        .contains("deep:\n    - 1\n    - 2.5\n    - \"3\"\n    - true\n    - null\n")
        .doesNotContain("managedFields");
    Resource namespace = find(Kinds.NAMESPACE, "", "shop");
    AtomicInteger changes = new AtomicInteger();
    config.onChange(changes::incrementAndGet);
    simulator.put(virtualService("a", 3));
    until("edited", () -> yaml(Kinds.VIRTUAL_SERVICE, "shop", "a").contains("attempts: 3"));
    assertThat(changes).hasPositiveValue();
    assertThat(find(Kinds.NAMESPACE, "", "shop")).isSameAs(namespace);
    simulator.objects.delete("networking.istio.io/v1", "VirtualService", "shop", "a");
    until("deleted", () -> find(Kinds.VIRTUAL_SERVICE, "shop", "a") == null);
  }

  @Test
  void secrets_losePrivateKeysAndPasswords() {
    begin(
        """
        apiVersion: v1
        kind: Secret
        metadata:
          name: cert
          namespace: shop
          annotations: {kubectl.kubernetes.io/last-applied-configuration: "c2VjcmV0"}
        type: kubernetes.io/tls
        data: {tls.crt: Y2VydA==, tls.key: c2VjcmV0, password: c2VjcmV0, empty: ""}
        ---
        apiVersion: v1
        kind: Secret
        metadata: {name: release, namespace: shop}
        type: helm.sh/release.v1
        data: {release: c2VjcmV0}
        """);
    assertThat(yaml(Kinds.SECRET, "shop", "cert"))
        .contains("tls.crt: Y2VydA==", "tls.key: a2VwdCBvdXQ=", "empty: \"\"")
        .doesNotContain("c2VjcmV0");
    assertThat(find(Kinds.SECRET, "shop", "release")).isNull();
  }

  @Test
  void pods_loseEnvironmentsAndVolumes() {
    begin(
        """
        apiVersion: v1
        kind: Pod
        metadata: {name: web, namespace: shop, labels: {app: web}}
        spec:
          volumes: [{name: v}]
          containers:
          - {name: web, image: "web:1", env: [{name: TOKEN, value: secret}], ports: [{containerPort: 80}]}
        status: {phase: Running, podIP: 10.0.0.1, containerStatuses: [{name: web}]}
        """);
    assertThat(yaml(Kinds.POD, "shop", "web"))
        .contains("image: web:1", "containerPort: 80", "podIP: 10.0.0.1", "app: web")
        .doesNotContain("TOKEN", "volumes", "containerStatuses");
  }

  @Test
  void meshConfig_isReadFromTheControlPlanesConfigMap_andNoOtherMapIs() {
    begin(
        """
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: istio, namespace: istio-system}
        data:
          mesh: |
            rootNamespace: istio-config
            ingressControllerMode: OFF
          meshNetworks: "networks: {}"
        ---
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: other, namespace: istio-system}
        data: {password: secret}
        ---
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: app, namespace: shop}
        data: {password: secret}
        """);
    assertThat(config.current().mesh().rootNamespace()).isEqualTo("istio-config");
    assertThat(Fields.has(config.current().mesh().meshNetworks(), "networks")).isTrue();
    assertThat(yaml(Kinds.CONFIG_MAP, "istio-system", "other")).doesNotContain("secret");
    assertThat(find(Kinds.CONFIG_MAP, "shop", "app")).isNull();
  }

  @Test
  void secretsForbidden_areUnreadable_andTheGraphsSourceIsWhole() {
    simulator.server.faults().forbid(Faults.on("secrets"));
    begin("kind: Namespace\napiVersion: v1\nmetadata: {name: shop}\n");
    assertThat(config.current().unreadable()).containsEntry(Kinds.SECRET, "no access to secrets");
    assertThat(config.current().unreadable()).doesNotContainKey(Kinds.NODE);
    assertThat(config.status().state()).isEqualTo(State.PARTIAL);
    until("the graph's source", () -> inventory.status().state() == State.OK);
  }
}
