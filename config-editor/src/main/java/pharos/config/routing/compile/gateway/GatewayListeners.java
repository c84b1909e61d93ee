package pharos.config.routing.compile.gateway;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import pharos.config.istio.view.Gateway;
import pharos.config.routing.compile.ChainConflicts;
import pharos.config.routing.compile.gateway.MergedServers.Place;
import pharos.config.routing.effective.Listener;
import pharos.config.routing.effective.Listener.Chain;
import pharos.config.routing.effective.Listener.Match;
import pharos.config.routing.effective.Listener.Protocol;
import pharos.config.routing.effective.Listeners;

/** The listeners of a gateway (R-GW-25 to R-GW-36). */
final class GatewayListeners {
  private final GatewayContext context;

  private GatewayListeners(GatewayContext context) {
    this.context = context;
  }

  static Listeners of(GatewayContext context, MergedServers merged) {
    GatewayListeners made = new GatewayListeners(context);
    List<Listener> listeners = new ArrayList<>();
    for (Map.Entry<Place, List<BoundServer>> entry : merged.byPlace().entrySet()) {
      List<Chain> chains = made.chains(entry.getValue());
      if (!chains.isEmpty()) { // R-GW-32: nothing to do is nothing to listen on.
        Place place = entry.getKey();
        String address = place.bind().isEmpty() ? Listener.ANY_ADDRESS : place.bind();
        listeners.add(
            new Listener(
                Listener.name(address, place.port()),
                address,
                place.port(),
                chains,
                null, // R-GW-35
                ChainConflicts.reason(chains)));
      }
    }
    return Listeners.of(listeners, null);
  }

  private List<Chain> chains(List<BoundServer> servers) {
    List<Chain> chains = new ArrayList<>();
    GatewayStreams streams = new GatewayStreams(context);
    boolean http = false;
    for (BoundServer server : servers) {
      Gateway.Tls tls = server.server().tls();
      String routes = server.routeName();
      if (server.plainHttp()) {
        if (!http && routes != null) {
          chains.add(chain(Match.ANY, new Listener.Http(routes, false), server));
          http = true;
        }
      } else if (routes != null) {
        // R-GW-28: requests see the hosts of this server alone.
        chains.add(chain(terminating(server), new Listener.Http(routes, true), server));
      } else if (tls == null || tls.mode().terminates()) {
        streams.opaque(server, tls == null ? Match.ANY : terminating(server), chains);
      } else if (tls.mode() == Gateway.Mode.AUTO_PASSTHROUGH) {
        streams.autoPassthrough(server, chains);
      } else {
        streams.passthrough(server, chains);
      }
    }
    return chains;
  }

  private static Match terminating(BoundServer server) {
    return new Match(server.serverNames(), List.of(), Protocol.TLS);
  }

  private static Chain chain(Match match, Listener.Target target, BoundServer server) {
    return new Chain(match, target, server.server().origin());
  }
}
