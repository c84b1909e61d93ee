package pharos.backend.traffic;

import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import pharos.backend.traffic.SourceStatus.State;
import pharos.graph.sample.CallLabels;
import pharos.graph.sample.Inventory;
import pharos.graph.sample.Inventory.DataPlane;
import pharos.graph.sample.Inventory.NamespaceFact;
import pharos.graph.sample.Inventory.PortFact;
import pharos.graph.sample.Inventory.ServiceFact;
import pharos.graph.sample.Inventory.WorkloadFact;
import pharos.graph.sample.LatencySample;
import pharos.graph.sample.Protocol;
import pharos.graph.sample.Reporter;
import pharos.graph.sample.RequestSample;
import pharos.graph.sample.Samples;

/**
 * A mesh in memory behind all ports: {@code productpage} calls {@code calls} services of the
 * namespace {@code shop}. Counts what it is asked.
 */
public final class SmallMesh implements TelemetrySource, MeshInventory, GraphHistory {
  public final AtomicInteger sampleCalls = new AtomicInteger();
  public final AtomicInteger seriesCalls = new AtomicInteger();
  public final List<SeriesQuery> seriesQueries = new CopyOnWriteArrayList<>();
  public volatile @Nullable RuntimeException failure;
  public volatile @Nullable RuntimeException pastFailure;
  public volatile double rate = 10;
  public volatile double drift;
  public volatile Instant lastAt = Instant.EPOCH;
  public volatile @Nullable Future<Void> hold;

  private final Clock clock;
  private final int calls;
  private final ConcurrentSkipListMap<Instant, Frame> frames = new ConcurrentSkipListMap<>();

  public SmallMesh(Clock clock, int calls) {
    this.clock = clock;
    this.calls = calls;
  }

  @Override
  public Future<Samples> samples(SampleQuery query) {
    sampleCalls.incrementAndGet();
    RuntimeException present = query.at() == null ? failure : pastFailure;
    if (present != null) {
      return Future.failedFuture(present);
    }
    Instant at = query.at() == null ? clock.instant() : query.at();
    lastAt = at;
    double now = rate;
    rate = now + drift;
    Future<Void> wait = hold;
    Samples samples = of(at, query.window());
    return wait == null ? Future.succeededFuture(samples) : wait.map(samples);
  }

  private Samples of(Instant at, Duration window) {
    List<RequestSample> requests = new ArrayList<>();
    List<LatencySample> latencies = new ArrayList<>();
    for (int i = 0; i < calls; i++) {
      CallLabels labels = labels(i);
      for (Reporter reporter : List.of(Reporter.SOURCE, Reporter.DESTINATION)) {
        requests.add(request(reporter, labels, "200", rate + i));
        requests.add(request(reporter, labels, "503", 1));
        latencies.add(
            new LatencySample(
                reporter,
                labels,
                Protocol.HTTP,
                new double[] {10, 100, Double.POSITIVE_INFINITY},
                new double[] {rate / 2, rate, rate},
                rate * 20,
                rate));
      }
    }
    return new Samples(at, window, requests, latencies, List.of(), List.of(), List.of(), true);
  }

  private static RequestSample request(
      Reporter reporter, CallLabels labels, String code, double perSecond) {
    return new RequestSample(
        reporter,
        labels,
        Protocol.HTTP,
        code,
        CallLabels.ABSENT,
        "-",
        "mutual_tls",
        "spiffe://cluster.local/ns/shop/sa/productpage",
        "spiffe://cluster.local/ns/shop/sa/default",
        perSecond);
  }

  private static CallLabels labels(int i) {
    String name = "callee" + i;
    return new CallLabels(
        "east",
        "shop",
        "productpage-v1",
        "productpage",
        "v1",
        "productpage",
        "east",
        "shop",
        name + ".shop.svc.cluster.local",
        name,
        "shop",
        name + "-v1",
        name,
        "v1");
  }

  @Override
  public Future<Series> series(SeriesQuery query) {
    seriesCalls.incrementAndGet();
    seriesQueries.add(query);
    return Future.succeededFuture(
        new Series(
            List.of(
                new OneSeries(
                    Measure.REQUESTS,
                    Map.of(),
                    "perSecond",
                    List.of(new Point(query.from(), 1.5), new Point(query.to(), null)))),
            List.of(),
            true));
  }

  @Override
  public Inventory current() {
    return inventory;
  }

  private final Inventory inventory = cluster();

  private static Inventory cluster() {
    return new Inventory(
        Map.of(
            "shop", new NamespaceFact("shop", true, false, Map.of("istio-injection", "enabled"))),
        List.of(
            new ServiceFact(
                "east",
                "shop",
                "callee0",
                Map.of(),
                Map.of("app", "callee0"),
                List.of(new PortFact(8080, "http", "http")),
                null,
                Set.of(Inventory.ConfigFlag.VIRTUAL_SERVICE),
                List.of(new Inventory.ObjectRef("VirtualService", "shop", "callee0")))),
        List.of(
            new WorkloadFact(
                "east",
                "shop",
                "callee0-v1",
                "Deployment",
                "callee0",
                "v1",
                Map.of("app", "callee0", "version", "v1"),
                2,
                2,
                2,
                -1,
                DataPlane.SIDECAR,
                null,
                List.of())),
        List.of());
  }

  @Override
  public SourceStatus status() {
    return new SourceStatus(
        "prometheus",
        "metrics",
        failure == null ? State.OK : State.DOWN,
        clock.instant(),
        clock.instant(),
        "a mesh in memory",
        List.of(),
        Map.of());
  }

  @Override
  public void onChange(Runnable listener) {}

  @Override
  public Future<Void> save(Frame frame) {
    frames.putIfAbsent(frame.at(), frame);
    return Future.succeededFuture();
  }

  @Override
  public Future<Optional<Frame>> at(Instant at) {
    return Future.succeededFuture(
        Optional.ofNullable(frames.floorEntry(at)).map(Map.Entry::getValue));
  }

  @Override
  public Future<List<Bucket>> timeline(
      Instant from, Instant to, int buckets, Set<String> namespaces) {
    Summary totals = new Summary(namespaces.isEmpty() ? 10 : 4, 1, "degraded");
    return Future.succeededFuture(List.of(new Bucket(from, null), new Bucket(to, totals)));
  }

  @Override
  public Future<Optional<Instant>> begin() {
    return Future.succeededFuture(
        frames.isEmpty() ? Optional.empty() : Optional.of(frames.firstKey()));
  }
}
