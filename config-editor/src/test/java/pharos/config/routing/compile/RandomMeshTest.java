package pharos.config.routing.compile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import pharos.config.istio.MeshConfig;
import pharos.config.resource.Resource;
import pharos.config.resource.Snapshot;
import pharos.config.routing.Proxy;
import pharos.config.routing.effective.EffectiveConfig;
import pharos.config.routing.effective.Listener;
import pharos.config.routing.effective.RouteConfiguration;
import pharos.config.routing.effective.VirtualHost;

/** What holds for every mesh, tried on {@link RandomMesh}es. */
class RandomMeshTest {
  private static final List<Proxy> PROXIES =
      List.of(
          Proxy.sidecar("a", Map.of("app", "s")),
          Proxy.sidecar("b", Map.of("app", "t")),
          Proxy.gateway("ingress", Map.of("istio", "gw")));
  private static final List<String> PARTS = List.of("listeners", "routes", "clusters");

  @Test
  void effective_ofAFewHundredMeshes_keepsItsPromises() {
    check(0, 400);
  }

  @Tag("slow")
  @Test
  void effective_ofTenThousandMeshes_keepsItsPromises() {
    check(1_000, 10_000);
  }

  private static void check(long firstSeed, int meshes) {
    for (long seed = firstSeed; seed < firstSeed + meshes; seed++) {
      List<Resource> resources = RandomMesh.of(seed);
      MeshRouting routing = routing(resources);
      List<Resource> shuffled = new ArrayList<>(resources);
      Collections.shuffle(shuffled, new Random(seed));
      List<Resource> more = new ArrayList<>(resources);
      more.addAll(RandomMesh.unrelated());
      String told = text(routing);
      assertThat(text(routing)).as("seed %d, asked twice", seed).isEqualTo(told);
      // Of two objects with one name the later counts, so only their sum may be shuffled.
      if (Snapshot.of(resources).all().size() == resources.size()) {
        assertThat(text(routing(shuffled))).as("seed %d, shuffled", seed).isEqualTo(told);
      }
      assertThat(text(routing(more))).as("seed %d, with a namespace more", seed).isEqualTo(told);
      for (Proxy proxy : PROXIES) {
        isWhole(seed, routing.effective(proxy));
      }
    }
  }

  private static MeshRouting routing(List<Resource> resources) {
    return MeshRouting.of(
        Snapshot.of(resources), MeshConfig.DEFAULT, (_, _, _) -> new PlainClusters());
  }

  private static String text(MeshRouting routing) {
    StringBuilder text = new StringBuilder();
    PROXIES.forEach(proxy -> text.append(EffectiveText.of(routing.effective(proxy), PARTS)));
    return text.toString();
  }

  private static void isWhole(long seed, EffectiveConfig config) {
    for (int port : config.listeners().ports()) {
      for (Listener listener : config.listeners().on(port)) {
        for (Listener.Chain chain : listener.chains()) {
          if (chain.target() instanceof Listener.Http http) {
            assertThat(config.routes().find(http.routeConfiguration()))
                .as("seed %d, routes of %s", seed, listener.name())
                .isNotNull();
          }
        }
      }
    }
    for (String name : config.routes().names()) {
      RouteConfiguration routes = config.routes().find(name);
      assertThat(routes).as("seed %d, routes %s", seed, name).isNotNull();
      // R-ENV-4, R-OB-14: a domain twice makes the proxy refuse everything, and is said.
      if (routes != null && routes.rejected() == null) {
        Set<String> domains = new HashSet<>();
        for (VirtualHost host : routes.virtualHosts()) {
          assertThat(host.domains()).as("seed %d, %s", seed, host.name()).isNotEmpty();
          host.domains()
              .forEach(domain ->
                  assertThat(domains.add(domain))
                      .as("seed %d, %s has domain %s twice", seed, name, domain)
                      .isTrue());
        }
      }
    }
    assertThat(config.ignored().all()).allMatch(ignored -> ignored.rule().startsWith("R-"));
  }
}
