package pharos.backend.demo.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import pharos.backend.demo.model.Call;
import pharos.backend.demo.model.MeshModel;
import pharos.backend.demo.model.PodFact;
import pharos.backend.demo.model.TrafficSource;
import pharos.backend.demo.model.Visitor;
import pharos.backend.demo.model.Workload;
import pharos.backend.demo.routing.RequestRouter;

/**
 * A mesh that runs as fast as it is stepped. The same model, seed, routers and steps give the same
 * counters and spans. Not safe for concurrent use: whoever steps it also reads it.
 */
public final class MeshSimulation {
  /** Steps of any length are cut into these, so that their length changes nothing. */
  private static final long TICK_MICROS = 100_000;

  private static final double SECOND_MICROS = 1e6;

  private final MeshModel model;
  private final List<SimPod> pods = new ArrayList<>();
  private final List<Origin> origins = new ArrayList<>();
  private final Routes routes;
  private final TruthLedger truth = new TruthLedger();
  private final SpanLog spans;
  private final Exchanges exchanges;
  private final SplittableRandom random;
  private final Map<Integer, String> userAgents = new HashMap<>();
  private long owedMicros;
  private long nowMicros;

  /** A traffic source bound to its pods. */
  private record Origin(
      TrafficSource source, List<SimPod> pods, List<CallSite> sites, List<Integer> visitors) {}

  /**
   * A mesh at time 0.
   *
   * @param sampling share of the requests that leave spans, 0–1
   */
  public MeshSimulation(MeshModel model, long seed, double sampling, RequestRouter router) {
    this.model = model;
    var seeds = new SplittableRandom(seed);
    this.random = seeds.split();
    this.spans = new SpanLog(seeds.split(), sampling);
    ProxyStats.Bounds bounds = ProxyStats.Bounds.of(model.metrics().durationBounds());
    var stations = new HashMap<Workload, Station>();
    var byName = new HashMap<String, Station>();
    for (Workload workload : model.workloads()) {
      var station = new Station(workload);
      stations.put(workload, station);
      byName.put(workload.namespace() + "/" + workload.name(), station);
    }
    for (PodFact fact : PodFact.of(model.workloads())) {
      Station station = stations.get(fact.workload());
      if (station == null) {
        throw new IllegalStateException("pod " + fact.name() + " without its workload");
      }
      var pod = new SimPod(fact, station, new ProxyStats(bounds, model.metrics()));
      station.pods().add(pod);
      pods.add(pod);
    }
    List<Map<String, String>> visitors = bindSources(byName);
    this.routes = new Routes(model, pods, visitors, router);
    this.exchanges = new Exchanges(routes, random, truth, spans);
  }

  private List<Map<String, String>> bindSources(Map<String, Station> byName) {
    var visitors = new ArrayList<Map<String, String>>();
    for (TrafficSource source : model.sources()) {
      Station station = byName.get(source.namespace() + "/" + source.workload());
      if (station == null) {
        throw new IllegalArgumentException(
            "traffic from %s/%s (expected: a workload of the model)"
                .formatted(source.namespace(), source.workload()));
      }
      var indices = new ArrayList<Integer>();
      for (Visitor visitor : source.visitors()) {
        if (!visitors.contains(visitor.headers())) {
          visitors.add(visitor.headers());
        }
        indices.add(visitors.indexOf(visitor.headers()));
      }
      List<CallSite> sites = source.calls().stream().map(c -> new CallSite(station, c)).toList();
      origins.add(new Origin(source, station.pods(), sites, indices));
    }
    for (int i = 0; i < visitors.size(); i++) {
      userAgents.put(i, visitors.get(i).getOrDefault("user-agent", "Go-http-client/2.0"));
    }
    return visitors;
  }

  /** The pods, in a fixed order; their indices are valid for {@link #render}. */
  public List<PodFact> pods() {
    return pods.stream().map(SimPod::fact).toList();
  }

  /** From the next step on, proxies route by this. */
  public void route(RequestRouter router) {
    routes.use(router);
  }

  /**
   * Lets this much time pass. A rest shorter than a tenth of a second is kept for the next step.
   */
  public void step(Duration time) {
    owedMicros += time.toNanos() / 1000;
    while (owedMicros >= TICK_MICROS) {
      owedMicros -= TICK_MICROS;
      tick();
    }
  }

  private void tick() {
    for (Origin origin : origins) {
      double seconds = nowMicros / SECOND_MICROS;
      double mean =
          origin.source().perSecond()
              * origin.source().curve().at(seconds)
              * TICK_MICROS
              / SECOND_MICROS;
      for (int i = Poisson.draw(random, mean); i > 0; i--) {
        begin(origin, nowMicros + random.nextLong(TICK_MICROS));
      }
    }
    restarts(nowMicros, nowMicros + TICK_MICROS);
    nowMicros += TICK_MICROS;
  }

  private void begin(Origin origin, long start) {
    SimPod from = origin.pods().get(random.nextInt(origin.pods().size()));
    int visitor = origin.visitors().get(drawVisitor(origin.source().visitors()));
    CallSite site = origin.sites().get(drawCall(origin.source().calls()));
    Journey.Trace trace = from.inMesh() ? spans.sample() : null;
    var journey = new Journey(visitor, userAgents.getOrDefault(visitor, ""), trace);
    boolean gateway = from.station().gateway();
    long edge = trace != null && gateway ? spans.nextId() : 0;
    Response response = exchanges.send(from, site, journey, start, edge, 0);
    if (edge != 0) {
      spans.edge(from.fact(), site.call(), journey, start, edge, response.after(40));
    }
  }

  private int drawVisitor(List<Visitor> visitors) {
    double roll = random.nextDouble() * visitors.stream().mapToDouble(Visitor::share).sum();
    for (int i = 0; i < visitors.size(); i++) {
      roll -= visitors.get(i).share();
      if (roll < 0) {
        return i;
      }
    }
    return visitors.size() - 1;
  }

  private int drawCall(List<Call> calls) {
    double roll = random.nextDouble();
    for (int i = 0; i < calls.size(); i++) {
      roll -= calls.get(i).probability();
      if (roll < 0) {
        return i;
      }
    }
    return calls.size() - 1;
  }

  private void restarts(long beforeMicros, long afterMicros) {
    for (SimPod pod : pods) {
      @Nullable Duration every = pod.station().workload().restartEvery();
      if (every != null && pod.fact().ordinal() == 0) {
        long period = every.toNanos() / 1000;
        if (beforeMicros / period != afterMicros / period) {
          pod.restart(afterMicros / SECOND_MICROS);
        }
      }
    }
  }

  /** Restarts the container of a pod: its counters begin at zero again. */
  public void restart(String podName) {
    pods.stream()
        .filter(pod -> pod.fact().name().equals(podName))
        .forEach(pod -> pod.restart(nowMicros / SECOND_MICROS));
  }

  /** How often the container of the pod at this index has restarted. */
  public int restarts(int pod) {
    return pods.get(pod).restarts();
  }

  /** The metrics of the pod at this index of {@link #pods()}, in Prometheus' text format. */
  public void render(int pod, TextWriter out) {
    pods.get(pod).render(out, nowMicros / SECOND_MICROS, MeshModel.ISTIO_VERSION);
  }

  /** The metrics of istiod. */
  public void renderControlPlane(TextWriter out) {
    int proxies = (int) pods.stream().filter(SimPod::inMesh).count();
    ControlPlaneText.render(model, proxies, 1 + routes.epoch(), nowMicros / SECOND_MICROS, out);
  }

  /** Hands over the spans that ended by now, in order of their ends, each once. */
  public void drainSpans(Consumer<ProxySpan> to) {
    spans.drain(nowMicros, to);
  }

  /** Exact counts since the start. */
  public GroundTruth truth() {
    return truth.snapshot();
  }

  /** Time that has passed. */
  public Duration elapsed() {
    return Duration.ofNanos(nowMicros * 1000);
  }
}
