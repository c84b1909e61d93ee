package pharos.config.routing;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import pharos.config.istio.view.HeaderOperations;
import pharos.config.routing.effective.Cluster;
import pharos.config.routing.effective.EffectiveConfig;
import pharos.config.routing.effective.Listener;
import pharos.config.routing.effective.Listeners;
import pharos.config.routing.effective.RouteConfiguration;
import pharos.config.routing.effective.RouteConfigurations;
import pharos.config.routing.effective.RouteEntry;
import pharos.config.routing.effective.RouteMatch;
import pharos.config.routing.effective.VirtualHost;

/** Configurations of one listener, made by hand or at random, and a plain way to route in them. */
public final class SmallConfigs {
  public static final List<String> PATHS =
      List.of("/", "/a", "/a/", "/a/b", "/a/b/c", "/ab", "/abc", "/b", "/b/1", "/b/22", "/c");
  public static final List<String> METHODS = List.of("GET", "POST");
  public static final List<@Nullable String> VALUES =
      new ArrayList<>(List.of("", "v1", "v2", "v12"));
  public static final List<String> HOSTS =
      List.of("reviews", "reviews:9080", "a.shop.example", "b.shop.example", "elsewhere.example");

  static {
    VALUES.addFirst(null);
  }

  private SmallConfigs() {}

  public static EffectiveConfig of(List<VirtualHost> hosts) {
    Listener.Chain chain =
        new Listener.Chain(
            new Listener.Match(List.of(), List.of(), Listener.Protocol.PLAINTEXT_HTTP),
            new Listener.Http("9080", false),
            null);
    Listener.Chain passthrough =
        new Listener.Chain(
            Listener.Match.ANY,
            new Listener.Tcp(List.of(new Listener.Share("PassthroughCluster", 1))),
            null);
    Listener listener =
        new Listener("0.0.0.0_9080", "0.0.0.0", 9080, List.of(chain), passthrough, null);
    return new EffectiveConfig(
        Proxy.sidecar("default", Map.of()),
        Listeners.of(List.of(listener), null),
        RouteConfigurations.of(List.of(new RouteConfiguration("9080", hosts, null))),
        new EffectiveConfig.Clusters() {
          @Override
          public @Nullable Cluster find(String name) {
            return null;
          }

          @Override
          public List<String> names() {
            return List.of();
          }
        },
        List::of,
        (_, _) -> null);
  }

  public static RouteEntry entry(RouteMatch match, String cluster, int weight) {
    return entry(match, cluster, weight, 100 - weight);
  }

  public static RouteEntry entry(RouteMatch match, String cluster, int weight, int rest) {
    return new RouteEntry(
        "",
        match,
        new RouteEntry.Forward(
            List.of(
                new RouteEntry.WeightedCluster(cluster, weight, HeaderOperations.NONE, ""),
                new RouteEntry.WeightedCluster("rest", rest, HeaderOperations.NONE, "")),
            true,
            RouteEntry.Rewrite.NONE,
            null,
            new RouteEntry.Retries(2, null, "connect-failure"),
            List.of(),
            503,
            List.of()),
        HeaderOperations.NONE,
        null,
        null,
        null);
  }

  public static List<VirtualHost> random(Random random) {
    List<VirtualHost> hosts = new ArrayList<>();
    hosts.add(host("reviews", random));
    hosts.add(host("*.shop.example", random));
    if (random.nextBoolean()) {
      hosts.add(host("a.shop.example", random));
    }
    if (random.nextBoolean()) {
      hosts.add(host("*", random));
    }
    return hosts;
  }

  private static VirtualHost host(String domain, Random random) {
    List<RouteEntry> routes = new ArrayList<>();
    int count = random.nextInt(6);
    for (int i = 0; i < count; i++) {
      routes.add(randomEntry(random));
    }
    return new VirtualHost(domain, List.of(domain), routes, random.nextInt(12) == 0, List.of());
  }

  public static RouteEntry randomEntry(Random random) {
    String[] clusters = {"v1", "v2", "v3"};
    return entry(
        match(random), clusters[random.nextInt(3)], List.of(10, 50, 90).get(random.nextInt(3)));
  }

  private static RouteMatch match(Random random) {
    String path = PATHS.get(random.nextInt(PATHS.size()));
    String[] regexes = {"/a/.*", "/b/[0-9]+", "/(a|b)", "/a.*", "/[^/]*"};
    RouteMatch.PathMatch on =
        switch (random.nextInt(5)) {
          case 0 -> new RouteMatch.Exact(path, false);
          case 1 -> new RouteMatch.Regex(regexes[random.nextInt(regexes.length)]);
          case 2 ->
              path.endsWith("/")
                  ? new RouteMatch.Prefix(path, false)
                  : new RouteMatch.PathSeparatedPrefix(path, false);
          case 3 -> new RouteMatch.Prefix("/", false);
          default -> new RouteMatch.Prefix(path, random.nextInt(4) == 0);
        };
    List<RouteMatch.HeaderMatch> headers = new ArrayList<>();
    if (random.nextInt(3) == 0) {
      headers.add(
          new RouteMatch.HeaderMatch(
              "x-v", value(random), random.nextInt(3) == 0, random.nextInt(3) == 0));
    }
    if (random.nextInt(4) == 0) {
      headers.add(
          new RouteMatch.HeaderMatch(":method", new RouteMatch.ValueExact("GET"), false, false));
    }
    if (random.nextInt(8) == 0) {
      headers.add(
          new RouteMatch.HeaderMatch(
              ":authority", new RouteMatch.ValuePrefix("a."), random.nextBoolean(), false));
    }
    List<RouteMatch.QueryMatch> query =
        random.nextInt(5) == 0 ? List.of(new RouteMatch.QueryMatch("q", value(random))) : List.of();
    return new RouteMatch(on, headers, query, List.of());
  }

  private static RouteMatch.ValueMatch value(Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> new RouteMatch.Present();
      case 1 -> new RouteMatch.ValueExact("v1");
      case 2 -> new RouteMatch.ValuePrefix("v1");
      default -> new RouteMatch.ValueRegex("v[12]");
    };
  }

  /** A changed copy: order swapped, a rule dropped, added or changed, a host added or dropped. */
  public static List<VirtualHost> edited(List<VirtualHost> hosts, Random random) {
    List<VirtualHost> edited = new ArrayList<>(hosts);
    int at = random.nextInt(edited.size());
    VirtualHost host = edited.get(at);
    List<RouteEntry> routes = new ArrayList<>(host.routes());
    int index = routes.isEmpty() ? 0 : random.nextInt(routes.size());
    switch (random.nextInt(7)) {
      case 0 -> routes.add(index, randomEntry(random));
      case 1 -> {
        if (!routes.isEmpty()) {
          routes.remove(index);
        }
      }
      case 2 -> {
        if (routes.size() > 1) {
          RouteEntry moved = routes.remove(index);
          routes.add(random.nextInt(routes.size() + 1), moved);
        }
      }
      case 3 -> {
        if (!routes.isEmpty()) {
          RouteEntry old = routes.get(index);
          routes.set(index, entry(match(random), cluster(old), weight(old)));
        }
      }
      case 4 -> {
        if (!routes.isEmpty()) {
          RouteEntry old = routes.get(index);
          routes.set(index, entry(old.match(), cluster(old), 100 - weight(old)));
        }
      }
      case 5 -> routes.add(randomEntry(random));
      default -> {
        edited.add(host("b.shop.example", random));
        return edited;
      }
    }
    edited.set(
        at, new VirtualHost(host.name(), host.domains(), routes, host.requireTls(), List.of()));
    return edited;
  }

  private static String cluster(RouteEntry entry) {
    return entry.action() instanceof RouteEntry.Forward forward
        ? forward.clusters().getFirst().cluster()
        : "";
  }

  private static int weight(RouteEntry entry) {
    return entry.action() instanceof RouteEntry.Forward forward
        ? forward.clusters().getFirst().weight()
        : 0;
  }

  /** Index of the entry of the chosen host that takes a request; -1 for none. */
  public static int taken(VirtualHost host, Request request) {
    for (int i = 0; i < host.routes().size(); i++) {
      if (matches(host.routes().get(i).match(), request)) {
        return i;
      }
    }
    return -1;
  }

  /** What happens to a request, by the plainest reading of the rules: no index, no automaton. */
  public static String route(List<VirtualHost> hosts, Request request) {
    VirtualHost chosen = chosen(hosts, request);
    if (chosen == null) {
      return "404 unknown host";
    }
    if (chosen.requireTls()) {
      return "301";
    }
    int taken = taken(chosen, request);
    return taken < 0 ? "404" : chosen.routes().get(taken).action().toString();
  }

  /** The virtual host of a request, or null. */
  public static @Nullable VirtualHost chosen(List<VirtualHost> hosts, Request request) {
    String authority = request.authority().replaceFirst(":[0-9]+$", "");
    VirtualHost chosen = null;
    for (VirtualHost host : hosts) {
      String domain = host.domains().getFirst();
      boolean covers =
          domain.startsWith("*")
              ? authority.length() > domain.length() - 1 && authority.endsWith(domain.substring(1))
              : authority.equals(domain);
      boolean closer =
          chosen == null
              || (chosen.domains().getFirst().startsWith("*")
                  && (!domain.startsWith("*")
                      || domain.length() > chosen.domains().getFirst().length()));
      if (covers && closer) {
        chosen = host;
      }
    }
    return chosen;
  }

  private static boolean matches(RouteMatch match, Request request) {
    String path = request.pathOnly();
    boolean on =
        switch (match.path()) {
          case RouteMatch.Exact exact -> path.equals(exact.value());
          case RouteMatch.Prefix prefix ->
              path.regionMatches(
                  prefix.ignoreCase(), 0, prefix.value(), 0, prefix.value().length());
          case RouteMatch.PathSeparatedPrefix prefix ->
              path.equals(prefix.value()) || path.startsWith(prefix.value() + "/");
          case RouteMatch.Regex regex -> path.matches(regex.value());
        };
    for (RouteMatch.HeaderMatch header : match.headers()) {
      String value =
          switch (header.name()) {
            case ":method" -> request.method();
            case ":authority" -> request.authority();
            default -> request.headers().get(header.name());
          };
      if (value == null && header.missingAsEmpty()) {
        value = header.value() instanceof RouteMatch.Present ? null : "";
      }
      on &= holds(header.value(), value) != header.invert();
    }
    for (RouteMatch.QueryMatch query : match.query()) {
      int at = request.path().indexOf("?q=");
      on &= holds(query.value(), at < 0 ? null : request.path().substring(at + 3));
    }
    return on;
  }

  private static boolean holds(RouteMatch.ValueMatch condition, @Nullable String value) {
    return value != null
        && switch (condition) {
          case RouteMatch.Present _ -> true;
          case RouteMatch.ValueExact exact -> value.equals(exact.value());
          case RouteMatch.ValuePrefix prefix -> value.startsWith(prefix.value());
          case RouteMatch.ValueRegex regex -> value.matches(regex.value());
        };
  }

  /** Every combination of the values above. */
  public static List<Request> dense() {
    List<Request> requests = new ArrayList<>();
    for (String host : HOSTS) {
      for (String path : PATHS) {
        for (String method : METHODS) {
          for (String header : VALUES) {
            for (String query : List.of("", "?q=v1", "?q=zz")) {
              requests.add(
                  new Request(
                      9080,
                      null,
                      null,
                      false,
                      "http",
                      method,
                      host,
                      path + query,
                      header == null ? Map.of() : Map.of("x-v", header),
                      Map.of()));
            }
          }
        }
      }
    }
    return requests;
  }
}
