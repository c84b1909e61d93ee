package pharos.backend.demo.simulation;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import pharos.backend.demo.model.AppProtocol;
import pharos.backend.demo.model.Call;
import pharos.backend.demo.model.ExternalHost;
import pharos.backend.demo.model.Latency;
import pharos.backend.demo.model.Operation;
import pharos.backend.demo.routing.RouteDecision;
import pharos.backend.demo.routing.RouteDecision.Retries;
import pharos.backend.demo.simulation.ProxyStats.CallKey;
import pharos.backend.demo.simulation.Route.Upstream;

/**
 * One request from proxy to proxy, with everything that it causes. Counters rise when a request
 * begins, not when it ends: the walk knows the end already.
 */
final class Exchanges {
  private static final Latency NETWORK = Latency.of(0.4, 2);
  private static final long RETRY_BACKOFF_MICROS = 25_000;
  private static final int MAX_DEPTH = 24;

  private final Routes routes;
  private final SplittableRandom random;
  private final TruthLedger truth;
  private final SpanLog spans;
  private final TcpExchanges tcp;

  Exchanges(Routes routes, SplittableRandom random, TruthLedger truth, SpanLog spans) {
    this.routes = routes;
    this.random = random;
    this.truth = truth;
    this.spans = spans;
    this.tcp = new TcpExchanges(random, truth);
  }

  /**
   * Sends a call.
   *
   * @param from the pod whose proxy sends it
   * @param parentSpan 0 for none
   * @param start microseconds
   */
  Response send(
      SimPod from, CallSite site, Journey journey, long start, long parentSpan, int depth) {
    Call call = site.call();
    int paths = call.paths().size();
    int path = paths == 1 ? 0 : random.nextInt(paths);
    if (call.protocol() == AppProtocol.TCP) {
      return tcp.exchange(from, call, site.route(routes, journey.visitor(), path));
    }
    Route route = site.route(routes, journey.visitor(), path);
    long span = journey.trace() == null ? 0 : spans.nextId();
    var sending = new Sending(from, site, route, journey, start, span, parentSpan, depth, path);
    return switch (route.decision()) {
      case RouteDecision.Forward forward -> forward(sending, forward);
      case RouteDecision.Redirect redirect ->
          ended(sending, Peer.UNKNOWN, null, "", local(call, redirect.status(), "-"));
      case RouteDecision.DirectResponse direct ->
          ended(sending, Peer.UNKNOWN, null, "", local(call, direct.status(), "-"));
      case RouteDecision.NoRoute _ ->
          ended(sending, Peer.UNKNOWN, null, "", local(call, 404, "NR"));
      case RouteDecision.Unregistered unregistered -> {
        Upstream upstream = route.upstreams().getFirst();
        Response response =
            unregistered.allowed() && upstream.external() != null
                ? external(upstream.external(), call)
                : local(call, 502, "-");
        yield ended(sending, Peer.UNKNOWN, upstream, "", response);
      }
    };
  }

  /** A call on its way, on the sending side. */
  private record Sending(
      SimPod from,
      CallSite site,
      Route route,
      Journey journey,
      long start,
      long span,
      long parentSpan,
      int depth,
      int path) {
    Call call() {
      return site.call();
    }
  }

  private static Response local(Call call, int status, String flags) {
    return Response.local(call.protocol(), status, flags, 300);
  }

  private Response forward(Sending sending, RouteDecision.Forward forward) {
    Call call = sending.call();
    Upstream upstream = sending.route().draw(random);
    long waited = 0;
    String delayed = "";
    if (happens(forward.fault().delayPercent())) {
      waited = micros(forward.fault().delay());
      delayed = "DI";
    }
    if (happens(forward.fault().abortPercent())) {
      Response aborted = local(call, forward.fault().abortStatus(), "FI").after(waited);
      return ended(sending, Peer.UNKNOWN, upstream, "", aborted);
    }
    if (!upstream.exists()) {
      return ended(sending, Peer.UNKNOWN, upstream, "", local(call, 503, "NC").after(waited));
    }
    if (upstream.external() == null && upstream.pods().isEmpty()) {
      return ended(sending, Peer.UNKNOWN, upstream, "", local(call, 503, "UH").after(waited));
    }
    mirror(sending, forward);
    long limit = forward.timeout() == null ? Long.MAX_VALUE : micros(forward.timeout());
    return attempts(sending, forward, upstream, waited, limit, delayed);
  }

  private Response attempts(
      Sending sending,
      RouteDecision.Forward forward,
      Upstream upstream,
      long waited,
      long limit,
      String delayed) {
    Retries retries = forward.retries();
    long tryLimit =
        retries.perTryTimeout() == null ? Long.MAX_VALUE : micros(retries.perTryTimeout());
    long elapsed = waited;
    for (int attempt = 0; ; attempt++) {
      long allowed = Math.min(tryLimit, limit - elapsed);
      SimPod to =
          upstream.pods().isEmpty()
              ? null
              : upstream.pods().get(random.nextInt(upstream.pods().size()));
      Response answer =
          to == null
              ? limited(sending.call(), external(upstream, sending.call()), allowed)
              : arrive(sending, upstream, to, forward.path(), elapsed, allowed, false);
      elapsed += answer.micros();
      boolean again =
          attempt < retries.attempts() && elapsed < limit && RetryConditions.meet(retries, answer);
      if (again) {
        elapsed += (long) (RETRY_BACKOFF_MICROS * random.nextDouble());
        continue;
      }
      boolean exhausted = attempt > 0 && RetryConditions.meet(retries, answer);
      String flags = exhausted ? "URX" : answer.flags().equals("-") ? delayed : answer.flags();
      Response response =
          new Response(
              answer.code(),
              answer.grpcStatus(),
              flags.isEmpty() ? "-" : flags,
              Math.min(elapsed, limit),
              answer.bytes());
      Peer peer = to == null ? Peer.UNKNOWN : to.station().peer();
      String address =
          to != null
              ? to.fact().address() + ":" + upstream.port()
              : upstream.external() == null ? "" : upstream.external().address() + ":80";
      return ended(sending, peer, upstream, address, response);
    }
  }

  private void mirror(Sending sending, RouteDecision.Forward forward) {
    for (int i = 0; i < forward.mirrors().size(); i++) {
      Upstream upstream = sending.route().mirrors().get(i);
      if (!upstream.pods().isEmpty() && happens(forward.mirrors().get(i).percent())) {
        SimPod to = upstream.pods().get(random.nextInt(upstream.pods().size()));
        // The sender counts no mirrored request; only the receiver knows of it.
        var _ = arrive(sending, upstream, to, forward.path(), 0, Long.MAX_VALUE, true);
      }
    }
  }

  /** The receiving side: what the sender sees of it, at most {@code allowed} microseconds. */
  private Response arrive(
      Sending sending,
      Upstream upstream,
      SimPod to,
      String path,
      long offset,
      long allowed,
      boolean mirrored) {
    long oneWay = NETWORK.sampleMicros(random) / 2;
    long begin = sending.start() + offset + oneWay;
    Journey journey = sending.journey();
    long span = journey.trace() == null ? 0 : spans.nextId();
    Response full =
        to.station().gateway()
            ? send(to, to.station().forward(sending.call()), journey, begin, span, next(sending))
            : serve(to, sending, path, begin, span);
    boolean cut = full.micros() + 2 * oneWay > allowed;
    Response seen =
        cut ? new Response(0, -1, "DC", Math.max(0, allowed - oneWay), 0) : full.withFlags("-");
    if (journey.trace() != null) {
      spans.server(
          to,
          sending.from(),
          sending.call(),
          upstream,
          journey,
          begin,
          span,
          sending.span(),
          path,
          seen);
    }
    if (!to.station().gateway() && to.inMesh()) {
      boolean mutualTls = sending.from().inMesh();
      Peer source = sending.from().station().peer();
      to.stats()
          .request(
              new CallKey(
                  false,
                  source,
                  to.station().peer(),
                  upstream.service(),
                  sending.call().protocol(),
                  seen.code(),
                  cut ? -1 : seen.grpcStatus(),
                  seen.flags(),
                  mutualTls),
              seen.micros() / 1000.0,
              sending.call().requestBytes(),
              seen.bytes(),
              sending.call().messages());
      truth.arrival(
          source,
          upstream.service(),
          to.station().peer(),
          sending.call().protocol(),
          seen,
          mirrored);
    }
    return cut
        ? Response.local(sending.call().protocol(), 504, "UT", allowed)
        : full.withFlags("-").after(2 * oneWay);
  }

  private static int next(Sending sending) {
    return sending.depth() + 1;
  }

  /** The application's own part. */
  private Response serve(SimPod to, Sending sending, String path, long begin, long span) {
    Call call = sending.call();
    Station.Served served = to.station().serving(call.method(), path);
    if (served == null || sending.depth() > MAX_DEPTH) {
      return local(call, 404, "-");
    }
    Operation operation = served.operation();
    long own = operation.ownWork().sampleMicros(random);
    long elapsed = own / 2;
    Response blocking = null;
    for (List<CallSite> step : served.steps()) {
      long longest = 0;
      for (CallSite site : step) {
        if (site.call().probability() < 1 && random.nextDouble() >= site.call().probability()) {
          continue;
        }
        Response answer = send(to, site, sending.journey(), begin + elapsed, span, next(sending));
        longest = Math.max(longest, answer.micros());
        if (site.call().required() && answer.failed()) {
          blocking = answer;
        }
      }
      elapsed += longest;
      if (blocking != null) {
        break;
      }
    }
    elapsed += own - own / 2;
    if (blocking != null) {
      return call.protocol() == AppProtocol.GRPC
          ? new Response(200, blocking.grpcStatus() == 14 ? 14 : 13, "-", elapsed, 0)
          : new Response(500, -1, "-", elapsed, 60);
    }
    return answer(operation, call, elapsed);
  }

  private Response answer(Operation operation, Call call, long elapsed) {
    int status = drawStatus(operation);
    int bytes = (int) (operation.responseBytes() * (0.8 + 0.4 * random.nextDouble()));
    if (call.protocol() == AppProtocol.GRPC) {
      return new Response(200, status, "-", elapsed, bytes * call.messages());
    }
    return new Response(status == 0 ? 200 : status, -1, "-", elapsed, bytes);
  }

  private int drawStatus(Operation operation) {
    if (operation.failures().isEmpty()) {
      return 0;
    }
    double roll = random.nextDouble();
    for (Operation.Failure failure : operation.failures()) {
      if (roll < failure.share()) {
        return failure.status();
      }
      roll -= failure.share();
    }
    return 0;
  }

  private Response external(Upstream upstream, Call call) {
    ExternalHost host = upstream.external();
    return host == null ? local(call, 503, "UF") : external(host, call);
  }

  private Response external(ExternalHost host, Call call) {
    long micros = host.operation().ownWork().sampleMicros(random);
    return answer(host.operation(), call, micros);
  }

  private static Response limited(Call call, Response response, long allowed) {
    return response.micros() > allowed
        ? Response.local(call.protocol(), 504, "UT", allowed)
        : response;
  }

  /** Counts the call on the sending side and gives its span. */
  private Response ended(
      Sending sending, Peer to, @Nullable Upstream upstream, String address, Response response) {
    SimPod from = sending.from();
    if (!from.inMesh()) {
      return response;
    }
    Call call = sending.call();
    ServiceRef service = upstream == null ? sending.route().asked() : upstream.service();
    from.stats()
        .request(
            new CallKey(
                true,
                from.station().peer(),
                to,
                service,
                call.protocol(),
                response.code(),
                response.grpcStatus(),
                response.flags(),
                to != Peer.UNKNOWN),
            response.micros() / 1000.0,
            call.requestBytes(),
            response.bytes(),
            call.messages());
    truth.request(from.station().peer(), service, to, call.protocol(), response);
    if (sending.journey().trace() != null) {
      spans.client(
          from,
          call,
          upstream,
          sending.journey(),
          sending.start(),
          sending.span(),
          sending.parentSpan(),
          call.paths().get(sending.path()),
          address,
          response);
    }
    return response;
  }

  private boolean happens(double percent) {
    return percent > 0 && random.nextDouble() * 100 < percent;
  }

  private static long micros(Duration duration) {
    return duration.toNanos() / 1000;
  }
}
