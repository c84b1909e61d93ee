package pharos.config.routing.decide;

import org.jspecify.annotations.Nullable;
import pharos.config.routing.Request;
import pharos.config.routing.effective.Listener;

/**
 * How far a request got, layer by layer. What was not reached is null; decision and explanation are
 * both read from here, so that they cannot disagree.
 *
 * @param connection as the listener sees it
 * @param asked the port that the request named; another one than the connection's was translated
 * @param listener that took it, or null
 * @param claimed whether it listens on this very port, and is not the one for all other ports
 * @param table of the chain's route configuration
 * @param host with the domain that it was found by
 * @param route number of the entry that matched, or -1
 */
record Track(
    Request request,
    Connection connection,
    int asked,
    @Nullable Listener listener,
    boolean claimed,
    @Nullable ReadyChain chain,
    @Nullable HttpTable table,
    @Nullable Facts facts,
    DomainIndex.@Nullable Hit<HostTable> host,
    int route) {

  static Track connected(
      Request request,
      Connection connection,
      int asked,
      @Nullable Listener listener,
      boolean claimed,
      @Nullable ReadyChain chain) {
    return new Track(request, connection, asked, listener, claimed, chain, null, null, null, -1);
  }

  /** The same, read as HTTP. */
  Track routed(HttpTable to, Facts seen, DomainIndex.@Nullable Hit<HostTable> found, int entry) {
    return new Track(request, connection, asked, listener, claimed, chain, to, seen, found, entry);
  }
}
