package pharos.backend.demo.simulation;

import java.util.SplittableRandom;
import pharos.backend.demo.model.AppProtocol;
import pharos.backend.demo.model.Call;
import pharos.backend.demo.simulation.ProxyStats.CallKey;
import pharos.backend.demo.simulation.Route.Upstream;

/** Exchanges over pooled TCP connections: proxies count their bytes and know no requests. */
final class TcpExchanges {
  private static final Response UNREACHABLE = new Response(503, -1, "UH", 300, 0);

  /** A pooled connection serves about this many exchanges before another takes its place. */
  private static final double CONNECTION_TURNOVER = 0.01;

  private final SplittableRandom random;
  private final TruthLedger truth;

  TcpExchanges(SplittableRandom random, TruthLedger truth) {
    this.random = random;
    this.truth = truth;
  }

  Response exchange(SimPod from, Call call, Route route) {
    if (route.upstreams().isEmpty()) {
      return UNREACHABLE;
    }
    Upstream upstream = route.draw(random);
    if (upstream.pods().isEmpty()) {
      return UNREACHABLE;
    }
    SimPod to = upstream.pods().get(random.nextInt(upstream.pods().size()));
    Peer source = from.station().peer();
    Peer target = to.station().peer();
    long received = (long) (call.requestBytes() * (0.6 + 0.8 * random.nextDouble()));
    long sent = (long) (call.responseBytes() * (0.6 + 0.8 * random.nextDouble()));
    var asDestination =
        new CallKey(
            false, source, target, upstream.service(), AppProtocol.TCP, 0, -1, "-", from.inMesh());
    boolean first = !to.stats().knows(asDestination);
    boolean turnover = random.nextDouble() < CONNECTION_TURNOVER;
    long opened = first ? 4 : turnover ? 1 : 0;
    long closed = !first && turnover ? 1 : 0;
    if (to.inMesh()) {
      to.stats().tcp(asDestination, sent, received, opened, closed);
    }
    if (from.inMesh()) {
      from.stats()
          .tcp(
              new CallKey(
                  true, source, target, upstream.service(), AppProtocol.TCP, 0, -1, "-", true),
              sent,
              received,
              opened,
              closed);
    }
    truth.bytes(source, upstream.service(), target, sent, received);
    Station.Served served = to.station().serving("", "");
    long micros = served == null ? 1000 : served.operation().ownWork().sampleMicros(random);
    return new Response(200, -1, "-", micros, (int) sent);
  }
}
