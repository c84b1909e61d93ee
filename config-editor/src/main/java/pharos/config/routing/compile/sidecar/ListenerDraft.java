package pharos.config.routing.compile.sidecar;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import pharos.config.istio.PortProtocol;
import pharos.config.routing.compile.ChainConflicts;
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
  private final Set<Match> matches = new HashSet<>();
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

  boolean accepts(PortProtocol next) {
    return !locked
        && (protocol == next
            || !(speaksFirst(protocol) || speaksFirst(next))); // R-OB-9, last point
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

  /** Adds chains; one whose match is taken already is left out (R-L4-8). */
  void streams(List<Chain> chains) {
    for (Chain chain : chains) {
      if (matches.add(chain.match())) {
        streams.add(chain);
      }
    }
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
