package pharos.config.routing.compile.sidecar;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import pharos.config.istio.PortProtocol;
import pharos.config.istio.view.MeshService;
import pharos.config.istio.view.Origin;
import pharos.config.routing.compile.ChainConflicts;
import pharos.config.routing.effective.Ignored;
import pharos.config.routing.effective.Listener;
import pharos.config.routing.effective.Listener.Chain;
import pharos.config.routing.effective.Listener.Match;
import pharos.config.routing.effective.Listener.Protocol;

/** A listener while services are still being added to it (R-OB-9). */
final class ListenerDraft {
  private final String address;
  private final int port;
  private final PortProtocol protocol;
  private final List<Chain> streams = new ArrayList<>();
  private final Map<Match, MeshService> matches = new HashMap<>();
  private final List<Ignored> ignored = new ArrayList<>();
  private @Nullable String routes;
  private boolean locked;

  /** A listener for a first service, whose port has this protocol. */
  ListenerDraft(String address, int port, PortProtocol protocol) {
    this.address = address;
    this.port = port;
    this.protocol = protocol;
  }

  /** R-OB-10: what a Sidecar listed by port takes nothing from its catch-all listener. */
  void lock() {
    locked = true;
  }

  /**
   * Whether a service finds a place here, and notes why if it does not.
   *
   * @param next protocol of its port
   */
  boolean accepts(MeshService service, PortProtocol next) {
    if (locked) {
      return false;
    }
    boolean together = protocol == next || !(speaksFirst(protocol) || speaksFirst(next));
    if (!together) {
      ignored.add(
          dropped(
              Origin.of(service.key()),
              service,
              "its port cannot share %s with an older %s port: the server speaks first there"
                  .formatted(address + ":" + port, protocol)));
    }
    return together;
  }

  private static Ignored dropped(Origin origin, MeshService service, String reason) {
    return new Ignored(origin, "R-OB-9", reason, List.of(service.host()));
  }

  private static boolean speaksFirst(PortProtocol protocol) {
    return protocol == PortProtocol.MYSQL || protocol == PortProtocol.MONGO;
  }

  /** Routes requests; the first service of an address decides with which configuration. */
  void http(String routeConfiguration) {
    if (routes == null) {
      routes = routeConfiguration;
    }
  }

  /** Adds the chains of a service; one whose match is taken already is left out (R-L4-8). */
  void streams(MeshService service, List<Chain> chains) {
    for (Chain chain : chains) {
      MeshService first = matches.putIfAbsent(chain.match(), service);
      if (first == null) {
        streams.add(chain);
      } else {
        ignored.add(
            dropped(
                chain.origin() == null ? Origin.of(service.key()) : chain.origin(),
                service,
                "opaque connections to %s cannot be told from those to %s, which came first"
                    .formatted(address + ":" + port, first.host())));
      }
    }
  }

  /** What found no place. */
  List<Ignored> ignored() {
    return ignored;
  }

  /**
   * The listener.
   *
   * @param otherwise for what no chain takes
   */
  Listener finish(Chain otherwise) {
    List<Chain> chains = new ArrayList<>(streams);
    if (routes != null) {
      // R-OB-5: the wildcard address lets everything else through, so HTTP has to be told apart.
      boolean sniffed = address.equals(Listener.ANY_ADDRESS) || !streams.isEmpty();
      chains.add(
          new Chain(
              sniffed ? new Match(List.of(), List.of(), Protocol.PLAINTEXT_HTTP) : Match.ANY,
              new Listener.Http(routes, false),
              null));
    }
    return new Listener(
        Listener.name(address, port),
        address,
        port,
        chains,
        otherwise,
        ChainConflicts.reason(chains));
  }
}
