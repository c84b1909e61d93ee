package pharos.backend.demo.simulation;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import pharos.backend.demo.model.Call;
import pharos.backend.demo.model.PodFact;
import pharos.backend.demo.simulation.Route.Upstream;

/** Spans of sampled requests. Each comes out when it has ended, as a proxy would send it. */
final class SpanLog {
  private final SplittableRandom random;
  private final double sampling;
  private final PriorityQueue<ProxySpan> open =
      new PriorityQueue<>(Comparator.comparingLong(ProxySpan::endMicros));

  /**
   * A log.
   *
   * @param sampling share of the requests, 0–1
   */
  SpanLog(SplittableRandom random, double sampling) {
    this.random = random;
    this.sampling = sampling;
  }

  /** Ids for a new request, or null if it is not sampled. */
  Journey.@Nullable Trace sample() {
    if (random.nextDouble() >= sampling) {
      return null;
    }
    long high = random.nextLong();
    long low = nextId();
    return new Journey.Trace(high, low, new UUID(high ^ low, random.nextLong()).toString());
  }

  /** An id, never 0. */
  long nextId() {
    long id = random.nextLong();
    return id == 0 ? 1 : id;
  }

  /** Hands over what has ended by this time, in order of the ends. */
  void drain(long nowMicros, Consumer<ProxySpan> to) {
    for (ProxySpan span = open.peek();
        span != null && span.endMicros() <= nowMicros;
        span = open.peek()) {
      open.remove();
      to.accept(span);
    }
  }

  void server(
      SimPod to,
      SimPod from,
      Call call,
      Upstream upstream,
      Journey journey,
      long start,
      long id,
      long parent,
      String path,
      Response response) {
    if (!to.inMesh()) {
      return;
    }
    String cluster =
        to.station().gateway()
            ? "outbound|80||" + call.host()
            : "inbound|" + upstream.port() + "||";
    add(
        to.fact(),
        journey,
        id,
        parent,
        true,
        name(call, upstream),
        start,
        cluster,
        from.fact().address(),
        call,
        path,
        response);
  }

  void client(
      SimPod from,
      Call call,
      @Nullable Upstream upstream,
      Journey journey,
      long start,
      long id,
      long parent,
      String path,
      String address,
      Response response) {
    boolean gateway = from.station().gateway();
    String cluster = upstream == null ? "-" : upstream.cluster();
    String name =
        gateway && upstream != null ? "router " + cluster + "; egress" : name(call, upstream);
    add(
        from.fact(),
        journey,
        id,
        parent,
        false,
        name,
        start,
        cluster,
        address,
        call,
        path,
        response);
  }

  /** The span of a gateway for a request that came from outside of the mesh. */
  void edge(PodFact gateway, Call call, Journey journey, long start, long id, Response response) {
    add(
        gateway,
        journey,
        id,
        0,
        true,
        call.host() + ":" + call.port() + "/*",
        start,
        "-",
        "198.51.100." + (1 + (int) (id & 127)),
        call,
        call.paths().getFirst(),
        response);
  }

  private static String name(Call call, @Nullable Upstream upstream) {
    String host = upstream == null ? call.host() : upstream.service().host();
    return host + ":" + call.port() + "/*";
  }

  private void add(
      PodFact pod,
      Journey journey,
      long id,
      long parent,
      boolean server,
      String name,
      long start,
      String cluster,
      String peerAddress,
      Call call,
      String path,
      Response response) {
    Journey.Trace trace = journey.trace();
    if (trace == null) {
      return;
    }
    open.add(
        new ProxySpan(
            pod,
            trace.high(),
            trace.low(),
            id,
            parent,
            server,
            name,
            start,
            response.micros(),
            cluster,
            peerAddress,
            call.protocol(),
            call.method(),
            call.port() == 80 ? call.host() : call.host() + ":" + call.port(),
            path,
            journey.userAgent(),
            trace.requestId(),
            call.requestBytes(),
            response.bytes(),
            response.code(),
            response.grpcStatus(),
            response.flags()));
  }
}
