package pharos.config.routing.reach;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import pharos.config.routing.Request;
import pharos.config.routing.SmallConfigs;
import pharos.config.routing.effective.RouteConfiguration;
import pharos.config.routing.effective.RouteEntry;
import pharos.config.routing.effective.RouteMatch;
import pharos.config.routing.effective.VirtualHost;
import pharos.config.routing.space.Part;
import pharos.config.routing.space.RegionSearch;
import pharos.config.routing.space.Witness;

class ReachabilityTest {
  private final Reachability reachability = new Reachability(new RegionSearch());

  /**
   * Each example is taken by its entry, and what is called unreachable no request of many takes.
   */
  @Test
  void of_randomRoutes_agreesWithBruteForce() {
    List<Request> dense = SmallConfigs.dense();
    int reachable = 0;
    int unreachable = 0;
    for (int seed = 0; seed < 200; seed++) {
      List<VirtualHost> hosts = SmallConfigs.random(new Random(seed));
      RouteConfiguration configuration = new RouteConfiguration("9080", hosts, null);
      for (VirtualHost host : hosts) {
        for (Reachability.EntryReach entry : reachability.of(configuration, host, false)) {
          String where = "seed %d host %s entry %d".formatted(seed, host.name(), entry.index());
          switch (entry.verdict()) {
            case Reachability.Reachable yes -> {
              Request example = request(yes.example());
              assertThat(SmallConfigs.chosen(hosts, example)).as(where).isSameAs(host);
              assertThat(SmallConfigs.taken(host, example)).as(where).isEqualTo(entry.index());
              reachable++;
            }
            case Reachability.Unreachable _ -> {
              assertThat(dense)
                  .as(where)
                  .noneMatch(request ->
                      SmallConfigs.chosen(hosts, request) == host
                          && SmallConfigs.taken(host, request) == entry.index());
              unreachable++;
            }
            case Reachability.Undecided undecided ->
                throw new AssertionError(where + ": " + undecided.reason());
          }
        }
      }
    }
    assertThat(reachable).isGreaterThan(300);
    assertThat(unreachable).isGreaterThan(100);
  }

  @Test
  void of_entryBehindOneThatTakesEverything_namesIt() {
    assertThat(
            verdict(
                path(new RouteMatch.Prefix("/b", false)),
                path(new RouteMatch.Prefix("/foo", false)),
                path(new RouteMatch.Exact("/foo/bar", false))))
        .isEqualTo(new Reachability.Unreachable(List.of(1)));
  }

  @Test
  void of_entryBehindTwoThatTogetherTakeEverything_namesBoth() {
    assertThat(
            verdict(
                path(new RouteMatch.Exact("/a", false)),
                path(new RouteMatch.Exact("/b", false)),
                path(new RouteMatch.Regex("/(a|b)"))))
        .isEqualTo(new Reachability.Unreachable(List.of(0, 1)));
  }

  @Test
  void of_conditionsThatContradictEachOther_namesNoOther() {
    RouteMatch.HeaderMatch present =
        new RouteMatch.HeaderMatch("x-v", new RouteMatch.Present(), false, false);
    RouteMatch.HeaderMatch absent =
        new RouteMatch.HeaderMatch("x-v", new RouteMatch.Present(), true, false);
    assertThat(
            verdict(
                new RouteMatch(
                    new RouteMatch.Prefix("/", false),
                    List.of(present, absent),
                    List.of(),
                    List.of())))
        .isEqualTo(new Reachability.Unreachable(List.of()));
  }

  private Reachability.Verdict verdict(RouteMatch... matches) {
    List<RouteEntry> routes = new ArrayList<>();
    for (RouteMatch match : matches) {
      routes.add(SmallConfigs.entry(match, "v1", 50));
    }
    VirtualHost host = new VirtualHost("reviews", List.of("reviews"), routes, false, List.of());
    RouteConfiguration configuration = new RouteConfiguration("9080", List.of(host), null);
    return reachability.of(configuration, host, false).getLast().verdict();
  }

  private static RouteMatch path(RouteMatch.PathMatch path) {
    return new RouteMatch(path, List.of(), List.of(), List.of());
  }

  private static Request request(Witness witness) {
    Map<String, String> headers = new TreeMap<>();
    StringBuilder query = new StringBuilder();
    witness
        .values()
        .forEach((part, value) -> {
          switch (part.kind()) {
            case HEADER -> headers.put(part.name(), value);
            case QUERY -> query.append('?').append(part.name()).append('=').append(value);
            default -> {}
          }
        });
    return new Request(
        9080,
        null,
        null,
        false,
        "http",
        witness.value(Part.METHOD, "GET"),
        witness.value(Part.AUTHORITY, ""),
        witness.value(Part.PATH, "/") + query,
        headers,
        Map.of());
  }
}
