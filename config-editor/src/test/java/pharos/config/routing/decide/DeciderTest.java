package pharos.config.routing.decide;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import pharos.config.istio.MeshConfig.PathNormalization;
import pharos.config.routing.Decision;
import pharos.config.routing.Decision.Explained;
import pharos.config.routing.Decision.Step;
import pharos.config.routing.Decision.Verdict;
import pharos.config.routing.Request;
import pharos.config.routing.SmallConfigs;
import pharos.config.routing.effective.RouteEntry;
import pharos.config.routing.effective.RouteMatch;
import pharos.config.routing.effective.VirtualHost;

class DeciderTest {
  private static Decider decider(List<VirtualHost> hosts) {
    return new Decider(SmallConfigs.of(hosts), PathNormalization.BASE);
  }

  private static Request get(String authority, String path) {
    return new Request(9080, null, null, false, "http", "GET", authority, path, Map.of(), Map.of());
  }

  private static VirtualHost host(String domain, RouteEntry... routes) {
    return new VirtualHost(domain + ":9080", List.of(domain), List.of(routes), false, List.of());
  }

  private static RouteEntry entry(RouteMatch.PathMatch path, String cluster) {
    return SmallConfigs.entry(new RouteMatch(path, List.of(), List.of(), List.of()), cluster, 50);
  }

  private static @Nullable String firstCluster(Decision decision) {
    return decision.outcome() instanceof Decision.Forward forward
        ? forward.destinations().getFirst().cluster()
        : null;
  }

  /** Indices and compiled conditions against the plainest reading of the rules. */
  @Test
  void decide_randomTables_agreesWithTryingEveryRule() {
    Random random = new Random(20_261_125);
    List<Request> requests = SmallConfigs.dense();
    int forwarded = 0;
    for (int round = 0; round < 100; round++) {
      List<VirtualHost> hosts = SmallConfigs.random(random);
      Decider decider = decider(hosts);
      for (Request request : requests) {
        Decision decision = decider.decide(request);
        VirtualHost chosen = SmallConfigs.chosen(hosts, request);
        assertThat(decision.virtualHost()).isEqualTo(chosen == null ? null : chosen.name());
        if (chosen == null) {
          assertThat(decision.outcome()).isInstanceOf(Decision.NotFound.class);
        } else if (chosen.requireTls()) {
          assertThat(decision.outcome()).isInstanceOf(Decision.Redirect.class);
        } else {
          int taken = SmallConfigs.taken(chosen, request);
          String expected =
              taken >= 0
                      && chosen.routes().get(taken).action() instanceof RouteEntry.Forward forward
                  ? forward.clusters().getFirst().cluster()
                  : null;
          assertThat(firstCluster(decision)).as("%s in %s", request, chosen).isEqualTo(expected);
          forwarded += taken >= 0 ? 1 : 0;
        }
      }
    }
    assertThat(forwarded).isGreaterThan(20_000);
  }

  @Test
  void explain_everyEarlierRuleIsRejectedWithItsReason() {
    Decider decider =
        decider(
            List.of(
                host(
                    "reviews",
                    entry(new RouteMatch.Exact("/a", false), "v1"),
                    SmallConfigs.entry(
                        new RouteMatch(
                            new RouteMatch.Prefix("/", false),
                            List.of(
                                new RouteMatch.HeaderMatch(
                                    "end-user", new RouteMatch.ValueExact("tester"), false, false)),
                            List.of(new RouteMatch.QueryMatch("q", new RouteMatch.Present())),
                            List.of()),
                        "v2",
                        50),
                    entry(new RouteMatch.Prefix("/", false), "v3"))));
    Request request =
        new Request(
            9080,
            null,
            null,
            false,
            "http",
            "GET",
            "reviews:9080",
            "/b?x=1",
            Map.of("End-User", "jason"),
            Map.of());

    Explained explained = decider.explain(request);

    assertThat(explained.decision()).isEqualTo(decider.decide(request));
    assertThat(firstCluster(explained.decision())).isEqualTo("v3");
    assertThat(
            explained.steps().stream()
                .filter(step -> step.step().equals("route"))
                .map(step -> step.verdict() + " " + step.reason()))
        .containsExactly(
            "REJECTED path: exact \"/a\" wanted, got \"/b\"",
            "REJECTED header end-user: exact \"tester\" wanted, got \"jason\"; query parameter q: any"
                + " value wanted, the request has none",
            "TAKEN takes every request");
  }

  @Test
  void explain_widerHost_isSaidToBeLeftOut() {
    Decider decider =
        decider(
            List.of(
                host("a.shop.example"),
                host("*.shop.example", entry(new RouteMatch.Prefix("/", false), "v1"))));

    Explained explained = decider.explain(get("a.shop.example", "/"));

    assertThat(explained.decision().outcome()).isInstanceOf(Decision.NotFound.class);
    assertThat(explained.steps())
        .anySatisfy(step -> {
          assertThat(step.subject()).isEqualTo("*.shop.example:9080");
          assertThat(step.verdict()).isEqualTo(Verdict.REJECTED);
          assertThat(step.reason()).contains("R-ENV-4");
        });
  }

  /** R-ENV-43: it is said, and nothing is thrown. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "/(a{1000}){1000}; regex",
        "(; regex",
        "/(?=x); regex",
        "/\\1; regex",
        "a{2000}; repeat"
      })
  void decide_hostileRegex_theConfigurationIsRefused(String regex, String reason) {
    Decider decider =
        decider(
            List.of(
                host(
                    "reviews",
                    entry(new RouteMatch.Prefix("/", false), "v1"),
                    entry(new RouteMatch.Regex(regex), "v2"))));

    Explained explained = decider.explain(get("reviews", "/"));

    assertThat(explained.decision().outcome())
        .isInstanceOfSatisfying(
            Decision.RejectedConfig.class,
            refused -> assertThat(refused.reason()).contains(reason));
    assertThat(explained.steps().stream().map(Step::step)).contains("config");
  }

  /** R-ENV-30. */
  @ParameterizedTest
  @CsvSource({
    "/a/../b, BASE, /b",
    "/a/./b?x=/../y, BASE, /a/b?x=/../y",
    "/a//b, BASE, /a//b",
    "/a//b, MERGE_SLASHES, /a/b",
    "/a/b/.., BASE, /a/",
    "/.., BASE, /",
    "/a\\b, BASE, /a/b",
    "/%61%2e%2e/%7Eb, BASE, /a../~b",
    "/a/%2e%2e/b, BASE, /b",
    "/a%2Fb, BASE, /a%2Fb",
    "/a%2Fb, DECODE_AND_MERGE_SLASHES, /a/b",
    "/a%5c%2fb, DECODE_AND_MERGE_SLASHES, /a/b",
    "/a%zz%4, BASE, /a%zz%4",
    "/a/../b, NONE, /a/../b",
    "/plain.html, BASE, /plain.html"
  })
  void normalized_asThePathNormalizationSays(String path, PathNormalization how, String expected) {
    assertThat(PathNormalizer.normalized(path, how)).isEqualTo(expected);
  }

  /** R-ENV-3. */
  @ParameterizedTest
  @CsvSource({
    "reviews, reviews",
    "reviews:9080, reviews",
    "[::1]:80, [::1]",
    "[::1], [::1]",
    "::1, ::1",
    "a:b, a:b",
    "a:, a:"
  })
  void endOfHost_cutsThePortAlone(String authority, String host) {
    assertThat(authority.substring(0, Facts.endOfHost(authority))).isEqualTo(host);
  }
}
