package pharos.config.routing.difference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import pharos.config.routing.Request;
import pharos.config.routing.SmallConfigs;
import pharos.config.routing.effective.RouteEntry;
import pharos.config.routing.effective.RouteMatch;
import pharos.config.routing.effective.VirtualHost;
import pharos.config.routing.space.RegionSearch;

class DifferencesTest {

  /**
   * The verdict agrees with trying every request of a dense set, and each witness proves itself.
   */
  @Test
  void between_randomEdits_agreesWithBruteForce() {
    List<Request> dense = SmallConfigs.dense();
    int changed = 0;
    int equal = 0;
    for (int seed = 0; seed < 400; seed++) {
      Random random = new Random(seed);
      List<VirtualHost> before = SmallConfigs.random(random);
      List<VirtualHost> after = SmallConfigs.edited(before, random);
      Difference difference =
          Differences.between(SmallConfigs.of(before), SmallConfigs.of(after), new RegionSearch());
      assertThat(difference.undecided()).as("seed %d", seed).isEmpty();
      boolean bruteForce =
          dense.stream()
              .anyMatch(request ->
                  !SmallConfigs.route(before, request).equals(SmallConfigs.route(after, request)));
      if (bruteForce) {
        assertThat(difference.changes()).as("seed %d", seed).isNotEmpty();
      }
      for (Change change : difference.changes()) {
        assertThat(SmallConfigs.route(before, change.witness()))
            .as("seed %d: witness %s must be decided differently", seed, change.witness())
            .isNotEqualTo(SmallConfigs.route(after, change.witness()));
      }
      changed += difference.provenEqual() ? 0 : 1;
      equal += difference.provenEqual() ? 1 : 0;
    }
    assertThat(changed).as("edits that change something").isGreaterThan(100);
    assertThat(equal).as("edits that change nothing").isGreaterThan(20);
  }

  @Test
  void between_sameWeightsInOtherTerms_isProvenEqual() {
    VirtualHost halves = host(SmallConfigs.entry(RouteMatch.ANY, "v1", 50));
    VirtualHost ones = host(SmallConfigs.entry(RouteMatch.ANY, "v1", 1, 1));
    assertThat(between(halves, ones).provenEqual()).isTrue();
  }

  @Test
  void between_weightShifted_saysDestinationsWithAWitnessForTheHost() {
    Difference difference =
        between(
            host(SmallConfigs.entry(RouteMatch.ANY, "v1", 90)),
            host(SmallConfigs.entry(RouteMatch.ANY, "v1", 50)));
    assertThat(difference.changes()).hasSize(1);
    Change change = difference.changes().getFirst();
    assertThat(change.aspects()).containsExactly(Aspect.DESTINATIONS);
    assertThat(change.hosts()).isEqualTo("reviews");
    assertThat(change.witness())
        .isEqualTo(
            new Request(
                9080, null, null, false, "http", "GET", "reviews", "/", Map.of(), Map.of()));
  }

  @Test
  void between_conditionThatAutomataCannotExpress_isUndecidedAndNotProvenEqual() {
    RouteMatch odd =
        new RouteMatch(
            new RouteMatch.Regex("/\\bitems\\b/[0-9]+\\b.*"), List.of(), List.of(), List.of());
    Difference difference =
        between(
            host(SmallConfigs.entry(odd, "v1", 90), SmallConfigs.entry(RouteMatch.ANY, "v2", 90)),
            host(SmallConfigs.entry(odd, "v3", 90), SmallConfigs.entry(RouteMatch.ANY, "v2", 90)));
    assertThat(difference.changes()).isEmpty();
    assertThat(difference.provenEqual()).isFalse();
    assertThat(difference.undecided().getFirst().reason()).contains("the escape \\b");
  }

  /** Hosts that have virtual hosts of their own are no witnesses for the wildcard's. */
  @Test
  void between_wildcardAmongManyHosts_neverNamesAHostThatBelongsElsewhere() {
    List<VirtualHost> before = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      String domain = "service-%03d.a-rather-long-namespace.svc.cluster.local".formatted(i);
      before.add(new VirtualHost(domain, List.of(domain), List.of(), false, List.of()));
    }
    List<VirtualHost> after = new ArrayList<>(before);
    RouteMatch last =
        new RouteMatch(
            new RouteMatch.Prefix("/", false),
            List.of(
                new RouteMatch.HeaderMatch(
                    ":authority",
                    new RouteMatch.ValueExact(before.getLast().name()),
                    false,
                    false)),
            List.of(),
            List.of());
    before.add(wildcard(SmallConfigs.entry(last, "v1", 90)));
    after.add(wildcard(SmallConfigs.entry(last, "v1", 10)));
    Difference difference =
        Differences.between(SmallConfigs.of(before), SmallConfigs.of(after), new RegionSearch());
    assertThat(difference.changes()).isEmpty();
    assertThat(difference.provenEqual()).isTrue();
  }

  private static VirtualHost wildcard(RouteEntry... routes) {
    return new VirtualHost("*", List.of("*"), List.of(routes), false, List.of());
  }

  private static VirtualHost host(RouteEntry... routes) {
    return new VirtualHost("reviews", List.of("reviews"), List.of(routes), false, List.of());
  }

  private static Difference between(VirtualHost before, VirtualHost after) {
    return Differences.between(
        SmallConfigs.of(List.of(before)), SmallConfigs.of(List.of(after)), new RegionSearch());
  }
}
