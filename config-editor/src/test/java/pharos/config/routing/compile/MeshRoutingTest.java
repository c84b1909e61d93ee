package pharos.config.routing.compile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import pharos.config.istio.MeshConfig;
import pharos.config.resource.DocumentReader;
import pharos.config.resource.Limits;
import pharos.config.resource.Resource;
import pharos.config.resource.Snapshot;
import pharos.config.routing.Proxy;
import pharos.config.routing.effective.EffectiveConfig;

class MeshRoutingTest {
  private static final Proxy CLIENT = Proxy.sidecar("apps", Map.of("app", "client", "id", "1"));

  private static final String SERVICE =
      """
      {apiVersion: v1, kind: Service, metadata: {name: web, namespace: apps}, spec: {clusterIP: 10.0.0.1, ports: [{name: http, port: 80}]}}
      """;

  private static List<Resource> read(String... documents) {
    DocumentReader.Reading reading =
        new DocumentReader(Limits.DEFAULT).read("mesh.yaml", String.join("\n---\n", documents));
    assertThat(reading.refusals()).isEmpty();
    return reading.resources();
  }

  private static MeshRouting routing(Snapshot resources) {
    return MeshRouting.of(resources, MeshConfig.DEFAULT, (_, _, _) -> new PlainClusters());
  }

  private static String rule(String name, String path, String created) {
    return """
    apiVersion: networking.istio.io/v1
    kind: VirtualService
    metadata: {name: %s, namespace: apps%s}
    spec:
      hosts: [web]
      http: [{match: [{uri: {exact: %s}}], route: [{destination: {host: web}}]}]
    """
        .formatted(name, created.isEmpty() ? "" : ", creationTimestamp: \"" + created + "\"", path);
  }

  private static String routes(MeshRouting routing) {
    return EffectiveText.of(routing.effective(CLIENT), List.of("routes:80"));
  }

  @Test
  void effective_ofProxiesThatNothingTellsApart_isTheSame() {
    MeshRouting routing = routing(Snapshot.of(read(SERVICE, rule("a", "/a", ""))));
    EffectiveConfig config = routing.effective(CLIENT);
    assertThat(routing.effective(Proxy.sidecar("apps", Map.of("app", "other", "id", "2"))))
        .isSameAs(config);
    assertThat(routing.effective(Proxy.sidecar("other", Map.of()))).isNotSameAs(config);
  }

  @Test
  void effective_ofLabelsThatARuleAsksFor_differs() {
    MeshRouting routing =
        routing(
            Snapshot.of(
                read(
                    SERVICE,
                    rule("a", "/a", "")
                        .replace("{exact: /a}", "{exact: /a}, sourceLabels: {app: client}"))));
    assertThat(routing.effective(CLIENT))
        .isNotSameAs(routing.effective(Proxy.sidecar("apps", Map.of("app", "other"))));
  }

  /** R-ORD-5: the new object is younger than the live one, whatever its name. */
  @Test
  void with_aNewObject_isTheNewest() {
    Snapshot live = Snapshot.of(read(SERVICE, rule("z", "/old", "2026-01-01T00:00:00Z")));
    MeshRouting routing = routing(live).with(live.overlay(read(rule("a", "/new", "")), Set.of()));
    assertThat(routes(routing)).contains("= /old ->").doesNotContain("= /new ->");
  }

  /** R-ORD-5: an edit that does not say how old the object is does not make it older or younger. */
  @Test
  void with_anEditedObject_keepsItsAge() {
    Snapshot live =
        Snapshot.of(
            read(
                SERVICE,
                rule("a", "/younger", "2026-01-02T00:00:00Z"),
                rule("z", "/older", "2026-01-01T00:00:00Z")));
    MeshRouting routing = routing(live);
    assertThat(routes(routing)).contains("= /older ->");
    assertThat(routes(routing.with(live.overlay(read(rule("a", "/edited", "")), Set.of()))))
        .contains("= /older ->");
    assertThat(routes(routing.with(live.overlay(read(rule("z", "/edited", "")), Set.of()))))
        .contains("= /edited ->");
  }

  /** R-ORD-5: what is deleted and made again is the newest, even if it says the same. */
  @Test
  void with_anObjectDeletedAndMadeAgain_movesItToTheEnd() {
    String first = rule("a", "/first", "2026-01-01T00:00:00Z");
    Snapshot live = Snapshot.of(read(SERVICE, first, rule("b", "/second", "2026-01-02T00:00:00Z")));
    MeshRouting without =
        routing(live).with(live.overlay(List.of(), Set.of(read(first).getFirst().key())));
    MeshRouting again =
        without.with(without.resources().overlay(read(rule("a", "/first", "")), Set.of()));
    assertThat(routes(again)).contains("= /second ->").doesNotContain("= /first ->");
  }

  @Test
  void with_nothingChanged_isTheSame() {
    Snapshot live = Snapshot.of(read(SERVICE));
    MeshRouting routing = routing(live);
    assertThat(routing.with(live)).isSameAs(routing);
  }

  /** Each object of each recorded mesh taken away, and put back: as if made from scratch. */
  @ParameterizedTest
  @MethodSource("pharos.config.routing.compile.EffectiveCase#all")
  void with_anyObjectTakenAwayAndPutBack_equalsAFreshRouting(EffectiveCase recorded) {
    Snapshot live = recorded.resources();
    MeshRouting routing = recorded.routing(live);
    String before = recorded.text(routing);
    for (Resource resource : live.all()) {
      Snapshot less = live.overlay(List.of(), Set.of(resource.key()));
      MeshRouting without = routing.with(less);
      assertThat(recorded.text(without))
          .as("without %s", resource.key().origin())
          .isEqualTo(recorded.text(recorded.routing(less)));
      // Not R-ORD-5: here the very object comes back.
      assertThat(recorded.text(recorded.routing(less.overlay(List.of(resource), Set.of()))))
          .isEqualTo(before);
    }
  }
}
