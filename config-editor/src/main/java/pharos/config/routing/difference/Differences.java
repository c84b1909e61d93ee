package pharos.config.routing.difference;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import pharos.config.routing.Request;
import pharos.config.routing.effective.EffectiveConfig;
import pharos.config.routing.effective.Listener;
import pharos.config.routing.effective.RouteConfiguration;
import pharos.config.routing.effective.RouteEntry;
import pharos.config.routing.effective.VirtualHost;
import pharos.config.routing.language.Answer;
import pharos.config.routing.language.Atom;
import pharos.config.routing.reach.HostClass;
import pharos.config.routing.space.Condition;
import pharos.config.routing.space.Conditions;
import pharos.config.routing.space.Part;
import pharos.config.routing.space.RegionSearch;
import pharos.config.routing.space.Witness;

/**
 * Compares two configurations of one proxy: layer by layer (listener, filter chain, virtual host,
 * route), each as ordered rules, of which the pairs that some request meets are found and compared.
 * Not for several threads at once.
 */
public final class Differences {
  private final EffectiveConfig before;
  private final EffectiveConfig after;
  private final RegionSearch search;
  private final List<Change> changes = new ArrayList<>();
  private final List<Difference.Undecided> undecided = new ArrayList<>();
  private final Set<Compared> compared = new HashSet<>();

  /** Route configurations that were compared already, under one frame. */
  private record Compared(String before, String after, boolean https) {}

  private Differences(EffectiveConfig before, EffectiveConfig after, RegionSearch search) {
    this.before = before;
    this.after = after;
    this.search = search;
  }

  /**
   * What changes for the proxy's requests.
   *
   * @param search keeps what it learned; share one among calls
   */
  public static Difference between(
      EffectiveConfig before, EffectiveConfig after, RegionSearch search) {
    Differences differences = new Differences(before, after, search);
    differences.listeners();
    return new Difference(before.proxy(), differences.changes, differences.undecided);
  }

  private void listeners() {
    Map<String, Listener> all = new TreeMap<>();
    for (EffectiveConfig config : List.of(before, after)) {
      for (int port : config.listeners().ports()) {
        config.listeners().on(port).forEach(listener -> all.put(listener.name(), listener));
      }
    }
    all.values().forEach(listener -> chains(listener.name(), listener.address(), listener.port()));
    chains("other ports", Listener.ANY_ADDRESS, 0);
  }

  private static @Nullable Listener listener(EffectiveConfig config, String address, int port) {
    Listener listener =
        config.listeners().find(address.equals(Listener.ANY_ADDRESS) ? null : address, port);
    return listener == null ? config.listeners().fallback() : listener;
  }

  private void chains(String name, String address, int port) {
    Listener old = listener(before, address, port);
    Listener now = listener(after, address, port);
    List<String> examples = ChainRules.examples(old, now);
    RuleList oldRules = ChainRules.of(old, examples, chain -> Behaviour.of(before, chain));
    RuleList nowRules = ChainRules.of(now, examples, chain -> Behaviour.of(after, chain));
    Frame frame = new Frame(name, address, port);
    List<RuleList.Pair> pairs =
        RuleList.meeting(oldRules, nowRules, ChainRules.frame(examples), search);
    for (RuleList.Pair pair : pairs) {
      if (pair.before().behaviour() instanceof Behaviour.Http oldHttp
          && pair.after().behaviour() instanceof Behaviour.Http nowHttp) {
        if (pair.witness() instanceof Answer.Found<Witness> found) {
          hosts(frame, found.example(), oldHttp.target(), nowHttp.target());
        } else {
          note(name, pair.witness());
        }
      } else {
        record(frame, "", pair, Map.of());
      }
    }
  }

  /** What is fixed while the layers below are compared. */
  private record Frame(String listener, String address, int port) {}

  private void hosts(Frame frame, Witness connection, Listener.Http old, Listener.Http now) {
    boolean https = now.terminatesTls();
    if (!compared.add(new Compared(old.routeConfiguration(), now.routeConfiguration(), https))) {
      return;
    }
    RouteConfiguration was = before.routes().find(old.routeConfiguration());
    RouteConfiguration is = after.routes().find(now.routeConfiguration());
    VirtualHosts oldHosts = VirtualHosts.of(was);
    VirtualHosts nowHosts = VirtualHosts.of(is);
    Set<String> domains = new TreeSet<>();
    domains.addAll(oldHosts.domains());
    domains.addAll(nowHosts.domains());
    domains.add("*");
    Map<HostPair, List<String>> classes = new LinkedHashMap<>();
    for (String domain : domains) {
      VirtualHost a = oldHosts.covering(domain);
      VirtualHost b = nowHosts.covering(domain);
      classes.computeIfAbsent(new HostPair(a, b), _ -> new ArrayList<>()).add(domain);
    }
    classes.forEach((pair, covered) -> routes(frame, connection, https, pair, covered, domains));
  }

  private record HostPair(@Nullable VirtualHost before, @Nullable VirtualHost after) {}

  private void routes(
      Frame frame,
      Witness connection,
      boolean https,
      HostPair pair,
      List<String> covered,
      Set<String> domains) {
    RuleList old = rules(before, pair.before, https);
    RuleList now = rules(after, pair.after, https);
    HostClass hosts = HostClass.of(covered, domains);
    List<Condition> conditions = new ArrayList<>();
    conditions.add(Condition.is(Part.SCHEME, new Atom.Exact(https ? "https" : "http", false)));
    if (readsAuthority(old) || readsAuthority(now)) {
      conditions.addAll(hosts.conditions());
    }
    Map<Part, String> fixed = new TreeMap<>(connection.values());
    fixed.put(Part.SCHEME, https ? "https" : "http");
    fixed.put(Part.AUTHORITY, hosts.example());
    for (RuleList.Pair differing : RuleList.differing(old, now, conditions, search)) {
      record(frame, String.join(", ", covered), differing, fixed);
    }
  }

  private static boolean readsAuthority(RuleList rules) {
    return rules.rules().stream()
        .flatMap(rule -> rule.conditions().stream())
        .anyMatch(condition -> condition.part().equals(Part.AUTHORITY));
  }

  private static RuleList rules(EffectiveConfig config, @Nullable VirtualHost host, boolean https) {
    List<RuleList.Rule> rules = new ArrayList<>();
    if (host != null && host.requireTls() && !https) {
      rules.add(new RuleList.Rule(List.of(), new Behaviour.RedirectToHttps()));
      return new RuleList(rules);
    }
    if (host != null) {
      for (RouteEntry entry : host.routes()) {
        rules.add(new RuleList.Rule(Conditions.of(entry.match()), Behaviour.of(config, entry)));
      }
    }
    rules.add(new RuleList.Rule(List.of(), new Behaviour.NotFound(host != null)));
    return new RuleList(rules);
  }

  private void record(Frame frame, String hosts, RuleList.Pair pair, Map<Part, String> fixed) {
    Set<Aspect> aspects =
        Behaviour.differences(pair.before().behaviour(), pair.after().behaviour());
    if (aspects.isEmpty()) {
      return;
    }
    if (pair.witness() instanceof Answer.Found<Witness> found) {
      changes.add(
          new Change(
              frame.listener,
              hosts,
              request(frame, found.example(), fixed),
              pair.before().behaviour(),
              pair.after().behaviour(),
              aspects));
    } else {
      note(hosts.isEmpty() ? frame.listener : frame.listener + " " + hosts, pair.witness());
    }
  }

  private void note(String where, Answer<Witness> answer) {
    if (answer instanceof Answer.Unknown<Witness> unknown) {
      Difference.Undecided entry = new Difference.Undecided(where, unknown.reason());
      if (!undecided.contains(entry)) {
        undecided.add(entry);
      }
    }
  }

  private static Request request(Frame frame, Witness witness, Map<Part, String> fixed) {
    Map<Part, String> values = new TreeMap<>(fixed);
    values.putAll(witness.values());
    Map<String, String> headers = new TreeMap<>();
    Map<String, List<String>> claims = new TreeMap<>();
    StringBuilder query = new StringBuilder();
    values.forEach((part, value) -> {
      switch (part.kind()) {
        case HEADER -> headers.put(part.name(), value);
        case CLAIM -> claims.put(part.name(), List.of(value));
        case QUERY ->
            query.append(query.isEmpty() ? "?" : "&").append(part.name()).append('=').append(value);
        default -> {}
      }
    });
    String protocol = values.getOrDefault(Part.PROTOCOL, ChainRules.HTTP);
    boolean tls = protocol.equals(ChainRules.TLS) || protocol.equals(ChainRules.ISTIO);
    boolean http = values.containsKey(Part.SCHEME);
    boolean any = frame.address.equals(Listener.ANY_ADDRESS);
    return new Request(
        frame.port,
        any ? (http ? null : values.get(Part.DESTINATION)) : frame.address,
        values.get(Part.SERVER_NAME),
        tls,
        values.getOrDefault(Part.SCHEME, "http"),
        http ? values.getOrDefault(Part.METHOD, "GET") : "",
        Objects.requireNonNullElse(values.get(Part.AUTHORITY), ""),
        http ? values.getOrDefault(Part.PATH, "/") + query : "",
        headers,
        claims);
  }
}
