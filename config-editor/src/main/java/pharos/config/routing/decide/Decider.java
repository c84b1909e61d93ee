package pharos.config.routing.decide;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;
import pharos.config.istio.IpAddresses;
import pharos.config.istio.MeshConfig.PathNormalization;
import pharos.config.routing.Decision;
import pharos.config.routing.Decision.Explained;
import pharos.config.routing.Decision.LocalReply;
import pharos.config.routing.Decision.MatchedRoute;
import pharos.config.routing.Decision.Outcome;
import pharos.config.routing.Proxy;
import pharos.config.routing.Request;
import pharos.config.routing.effective.EffectiveConfig;
import pharos.config.routing.effective.Listener;
import pharos.config.routing.effective.RouteConfiguration;

/**
 * Decides requests of one proxy. What the proxy was told is made ready once, part by part when a
 * request first needs it. Safe for use by several threads.
 */
public final class Decider {
  private static final LocalReply NO_ROUTE = new LocalReply(404, "NR");
  private static final Outcome UNKNOWN_HOST =
      new Decision.NotFound(NO_ROUTE, "no virtual host has this Host (R-ENV-5)");
  private static final Outcome NO_MATCH =
      new Decision.NotFound(
          NO_ROUTE, "no route of the virtual host matches, and no other host is asked (R-ENV-4)");
  private static final Outcome NO_HOST =
      new Decision.NotFound(new LocalReply(400, "-"), "the request names no host (R-ENV-5)");
  private static final Outcome NO_HTTP =
      new Decision.NotFound(
          new LocalReply(400, "DPE"),
          "the filter chain reads HTTP, and the bytes are something else");
  private static final Outcome NOTHING_LISTENS =
      new Decision.NoListener("nothing listens there: connection refused");
  private static final Outcome NO_CHAIN =
      new Decision.TlsMismatch("no filter chain takes the connection: it is closed (R-ENV-40)");
  private static final Outcome PLAINTEXT_TO_TLS =
      new Decision.TlsMismatch("the filter chain expects TLS, the client sends none");
  private static final Outcome TLS_TO_PLAINTEXT =
      new Decision.TlsMismatch("the filter chain reads plaintext HTTP, the client sends TLS");

  private final EffectiveConfig config;
  private final PathNormalization paths;
  private final IntUnaryOperator targetPort;
  private final Patterns patterns = new Patterns();
  private final Targets targets;
  private final Map<Integer, PortTable> ports = new ConcurrentHashMap<>();
  private final Map<String, HttpTable> tables = new ConcurrentHashMap<>();
  private final @Nullable Listener fallback;
  private final @Nullable ChainTable fallbackChains;
  private final Explanation explanation;

  /**
   * @param paths how the mesh cleans up paths (R-ENV-30)
   * @param targetPort the port that a gateway's pod listens on for a port that clients call; the
   *     same where nothing translates it
   */
  public Decider(EffectiveConfig config, PathNormalization paths, IntUnaryOperator targetPort) {
    this.config = config;
    this.paths = paths;
    this.targetPort = targetPort;
    this.targets = new Targets(config.clusters());
    this.fallback = config.listeners().fallback();
    this.fallbackChains = fallback == null ? null : new ChainTable(fallback, targets);
    this.explanation = new Explanation(config);
  }

  /** A proxy that clients reach on the ports it listens on. */
  public Decider(EffectiveConfig config, PathNormalization paths) {
    this(config, paths, IntUnaryOperator.identity());
  }

  /** What the proxy does with a request. */
  public Decision decide(Request request) {
    return decision(follow(request, false));
  }

  /** What the proxy does with a request, and every step that led to it. */
  public Explained explain(Request request) {
    Track track = follow(request, true);
    Decision decision = decision(track);
    return new Explained(
        decision, explanation.of(track, decision, ports(track.connection().port()).listeners()));
  }

  private PortTable ports(int port) {
    PortTable known = ports.get(port);
    return known == null
        ? ports.computeIfAbsent(
            port, number -> new PortTable(config.listeners().on(number), targets))
        : known;
  }

  /**
   * @param addressWanted also where it decides nothing
   */
  private Track follow(Request request, boolean addressWanted) {
    int port = request.port();
    PortTable table = ports(port);
    boolean gateway = config.proxy().kind() == Proxy.Kind.GATEWAY;
    if (gateway && table.isEmpty()) {
      port = targetPort.applyAsInt(port);
      table = ports(port);
    }
    String address =
        addressWanted || table.addressMatters() ? address(request, gateway) : request.ip();
    Connection connection = Connection.of(request, address, port);
    PortTable.Entry entry = table.find(address);
    if (entry == null && gateway && address == null) {
      entry = table.only();
    }
    Listener listener = entry == null ? fallback : entry.listener();
    ChainTable chains = entry == null ? fallbackChains : entry.chains();
    ReadyChain chain =
        listener == null || chains == null || listener.rejected() != null
            ? null
            : chains.find(connection);
    Track track =
        Track.connected(request, connection, request.port(), listener, entry != null, chain);
    return chain == null || !(chain.chain().target() instanceof Listener.Http http)
        ? track
        : route(track, http);
  }

  /** Where the client's DNS sends it; null when nobody knows. */
  private @Nullable String address(Request request, boolean gateway) {
    if (request.ip() != null || gateway) {
      return request.ip();
    }
    String authority = request.authority();
    String name = authority.substring(0, Facts.endOfHost(authority));
    if (name.isEmpty()) {
      name = request.sni() == null ? "" : request.sni();
    }
    String bare =
        name.startsWith("[") && name.endsWith("]") ? name.substring(1, name.length() - 1) : name;
    return IpAddresses.bytes(bare) == null
        ? config.addresses().resolve(name, request.port())
        : bare;
  }

  private Track route(Track track, Listener.Http http) {
    Request request = track.request();
    if (!request.http()
        || request.authority().isEmpty()
        || http.terminatesTls() != track.connection().tls()) {
      return track;
    }
    HttpTable table = tables.get(http.routeConfiguration());
    if (table == null) {
      RouteConfiguration found = config.routes().find(http.routeConfiguration());
      RouteConfiguration configuration =
          found == null
              ? new RouteConfiguration(http.routeConfiguration(), List.of(), null)
              : found;
      table =
          tables.computeIfAbsent(
              configuration.name(), _ -> new HttpTable(configuration, targets, patterns));
    }
    boolean gateway = config.proxy().kind() == Proxy.Kind.GATEWAY;
    Facts facts = new Facts(request, http.terminatesTls(), gateway, paths);
    if (table.rejected() != null) {
      return track.routed(table, facts, null, -1);
    }
    DomainIndex.Hit<HostTable> host = table.host(facts);
    int entry =
        host == null || wantsTls(host.host(), facts) ? -1 : host.host().routes().find(facts);
    return track.routed(table, facts, host, entry);
  }

  private static boolean wantsTls(HostTable host, Facts facts) {
    return host.host().requireTls() && !facts.forwardedProto().equals("https"); // R-ENV-6
  }

  private static Decision decision(Track track) {
    Listener listener = track.listener();
    if (listener == null) {
      return new Decision(null, null, null, NOTHING_LISTENS);
    }
    if (listener.rejected() != null) {
      return new Decision(
          listener.name(), null, null, new Decision.RejectedConfig(listener.rejected()));
    }
    ReadyChain chain = track.chain();
    if (chain == null) {
      return new Decision(listener.name(), null, null, NO_CHAIN);
    }
    return switch (chain.chain().target()) {
      case Listener.Tcp tcp ->
          new Decision(
              listener.name(),
              null,
              chain.chain().origin() == null ? null : new MatchedRoute(chain.chain().origin(), ""),
              chain.streamed(tcp));
      case Listener.Http http -> routed(track, listener.name(), http);
    };
  }

  private static Decision routed(Track track, String listener, Listener.Http http) {
    HttpTable table = track.table();
    Facts facts = track.facts();
    if (table == null || facts == null) {
      Request request = track.request();
      Outcome outcome;
      if (http.terminatesTls() != track.connection().tls()) {
        outcome = http.terminatesTls() ? PLAINTEXT_TO_TLS : TLS_TO_PLAINTEXT;
      } else {
        outcome = request.http() ? NO_HOST : NO_HTTP;
      }
      return new Decision(listener, null, null, outcome);
    }
    if (table.rejected() != null) {
      return new Decision(listener, null, null, new Decision.RejectedConfig(table.rejected()));
    }
    DomainIndex.Hit<HostTable> hit = track.host();
    if (hit == null) {
      return new Decision(listener, null, null, UNKNOWN_HOST);
    }
    HostTable host = hit.host();
    if (wantsTls(host, facts)) {
      return new Decision(listener, host.host().name(), null, toHttps(facts));
    }
    if (track.route() < 0) {
      return new Decision(listener, host.host().name(), null, NO_MATCH);
    }
    return new Decision(
        listener,
        host.host().name(),
        host.name(track.route()),
        host.answer(track.route()).to(facts));
  }

  /** R-GW-20: the Host as sent, with its port. */
  private static Outcome toHttps(Facts facts) {
    return new Decision.Redirect(
        301,
        "https://" + facts.request().authority() + facts.path(),
        Decision.HeaderChange.NONE,
        Decision.FaultPlan.NONE);
  }
}
