package pharos.backend.demo.model;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import pharos.backend.demo.model.Service.Port;

/**
 * A generated mesh of any size with the shape of real ones: tiers from the edge to the stores, a
 * few services that many call and many that few call, namespaces of very different sizes, most
 * services with one version, a few that fail or are slow.
 */
public final class LargeMesh {
  /** Above this many services proxies keep fewer metrics, and few requests are traced. */
  public static final int LARGE = 200;

  private static final List<String> AREAS =
      List.of(
          "orders",
          "search",
          "identity",
          "media",
          "billing",
          "logistics",
          "analytics",
          "catalog",
          "messaging",
          "risk",
          "growth",
          "support",
          "platform",
          "maps",
          "pricing",
          "partners");

  private static final List<String> ROLES =
      List.of("api", "core", "sync", "index", "cache", "rules", "feed", "profile", "quota", "gate");

  /** Share of the services per tier, from the edge inwards. */
  private static final double[] TIER_SHARES = {0.04, 0.16, 0.35, 0.30, 0.15};

  private static final double STORES_IN_LAST_TIER = 0.4;

  /** Calls per request, on average: a tree of five tiers then has about ten calls. */
  private static final double FAN_OUT = 1.35;

  private static final double REQUESTS_PER_SERVICE = 0.5;

  private final SplittableRandom random;
  private final List<List<Planned>> tiers = new ArrayList<>();
  private final Set<String> namespaces = new LinkedHashSet<>();
  private final List<Service> services = new ArrayList<>();
  private final List<Workload> workloads = new ArrayList<>();
  private final LargeMeshRoutes routes = new LargeMeshRoutes();

  /** A service with what it calls. */
  private static final class Planned {
    private final Service service;
    private final int tier;
    private final Set<Planned> callees = new LinkedHashSet<>();
    private boolean called;

    Planned(Service service, int tier) {
      this.service = service;
      this.tier = tier;
    }

    AppProtocol protocol() {
      return service.ports().getFirst().protocol();
    }
  }

  private LargeMesh(long seed) {
    random = new SplittableRandom(seed);
  }

  /**
   * A mesh of this many services; the same arguments give the same mesh.
   *
   * @param count at least 10
   * @param rate multiplies the traffic; 1 is half a request per second and service at the edge
   */
  public static MeshModel of(int count, long seed, double rate) {
    if (count < 10) {
      throw new IllegalArgumentException(
          "a generated mesh of %d services (expected: at least 10)".formatted(count));
    }
    return new LargeMesh(seed).build(count, rate);
  }

  private MeshModel build(int count, double rate) {
    ProxyMetrics metrics = count <= LARGE ? ProxyMetrics.DEFAULT : ProxyMetrics.FRUGAL;
    if (metrics.equals(ProxyMetrics.FRUGAL)) {
      routes.frugalTelemetry();
    }
    gateway();
    place(count);
    connect();
    for (List<Planned> tier : tiers) {
      tier.forEach(this::run);
    }
    List<TrafficSource> sources = sources(count * REQUESTS_PER_SERVICE * rate);
    var names = new ArrayList<String>();
    names.add(MeshModel.ISTIO_NAMESPACE);
    names.addAll(namespaces);
    return new MeshModel(names, services, workloads, List.of(), sources, routes.objects(), metrics);
  }

  private void gateway() {
    workloads.add(Workload.controlPlane());
    workloads.add(
        Workload.gateway(MeshModel.ISTIO_NAMESPACE, "istio-ingressgateway", "ingressgateway")
            .scaled(2));
    services.add(
        new Service(
            MeshModel.ISTIO_NAMESPACE,
            "istio-ingressgateway",
            Map.of("istio", "ingressgateway"),
            List.of(new Port("http2", 80, AppProtocol.HTTP))));
  }

  /** Names the services and spreads them over tiers and namespaces. */
  private void place(int count) {
    int areas = Math.clamp(Math.round(Math.sqrt(count) / 2), 2, AREAS.size());
    int placed = 0;
    double share = 0;
    for (int tier = 0; tier < TIER_SHARES.length; tier++) {
      share += TIER_SHARES[tier];
      int upTo = tier == TIER_SHARES.length - 1 ? count : (int) Math.ceil(count * share);
      var members = new ArrayList<Planned>();
      for (; placed < upTo; placed++) {
        String namespace = AREAS.get(zipf(areas, 0.9));
        namespaces.add(namespace);
        boolean store = tier == TIER_SHARES.length - 1 && random.nextDouble() < STORES_IN_LAST_TIER;
        String role = store ? "store" : ROLES.get(random.nextInt(ROLES.size()));
        AppProtocol protocol =
            store
                ? AppProtocol.TCP
                : tier > 0 && random.nextDouble() < 0.4 ? AppProtocol.GRPC : AppProtocol.HTTP;
        Service service =
            Service.of(
                namespace, role + "-" + placed, protocol, store ? 5432 : 8080 + 10 * (tier % 2));
        services.add(service);
        members.add(new Planned(service, tier));
      }
      tiers.add(members);
    }
  }

  /** Three to six callees each, popular ones more often; nobody is left without a caller. */
  private void connect() {
    for (int tier = 0; tier < tiers.size() - 1; tier++) {
      for (Planned caller : tiers.get(tier)) {
        int wanted = 3 + random.nextInt(4);
        for (int tries = 0; caller.callees.size() < wanted && tries < 40; tries++) {
          boolean skip = random.nextDouble() < 0.25 && tier + 2 < tiers.size();
          List<Planned> below = tiers.get(skip ? tier + 2 : tier + 1);
          call(caller, below.get(zipf(below.size(), 0.8)));
        }
      }
    }
    for (int tier = 1; tier < tiers.size(); tier++) {
      List<Planned> above = tiers.get(tier - 1);
      for (Planned callee : tiers.get(tier)) {
        if (!callee.called) {
          call(above.get(random.nextInt(above.size())), callee);
        }
      }
    }
  }

  private static void call(Planned caller, Planned callee) {
    caller.callees.add(callee);
    callee.called = true;
  }

  /** An index below {@code count}, the first ones most often. */
  private int zipf(int count, double exponent) {
    // Inverse of the continuous distribution with density x^-exponent on [1, count + 1).
    double power = 1 - exponent;
    double top = Math.pow(count + 1.0, power);
    double draw = Math.pow(random.nextDouble() * (top - 1) + 1, 1 / power);
    return Math.clamp((int) draw - 1, 0, count - 1);
  }

  private void run(Planned planned) {
    double draw = random.nextDouble();
    // A split in the mesh does not bind a gateway, so what it calls directly has one version.
    boolean single = planned.tier == 0 || planned.protocol() == AppProtocol.TCP;
    int versions = single || draw < 0.70 ? 1 : draw < 0.92 ? 2 : 3;
    for (int version = 1; version <= versions; version++) {
      workloads.add(workload(planned, version, versions));
    }
    if (versions > 1) {
      routes.split(planned.service, versions);
    }
    if (planned.tier == 0) {
      routes.entry(planned.service, entryHost(planned.service));
    }
  }

  private Workload workload(Planned planned, int version, int versions) {
    Service service = planned.service;
    double median = planned.tier < 3 ? 3 + 12 * random.nextDouble() : 1 + 4 * random.nextDouble();
    if (random.nextDouble() < 0.04) {
      median *= 25;
    }
    Operation operation = Operation.any(Latency.of(median, median * 5));
    boolean grpc = planned.protocol() == AppProtocol.GRPC;
    if (random.nextDouble() < 0.05) {
      operation = operation.failing(0.01 + 0.07 * random.nextDouble(), grpc ? 14 : 503);
    } else {
      operation = operation.failing(0.0005, grpc ? 13 : 500);
    }
    double probability = Math.min(1, FAN_OUT / Math.max(1, planned.callees.size()));
    List<Call> calls =
        planned.callees.stream()
            .map(callee -> call(callee.service).withProbability(probability).optional())
            .toList();
    // Half of the calls first, the rest with their answers at hand.
    int half = calls.size() / 2;
    if (half > 0) {
      operation = operation.then(calls.subList(0, half).toArray(Call[]::new));
    }
    if (!calls.isEmpty()) {
      operation = operation.then(calls.subList(half, calls.size()).toArray(Call[]::new));
    }
    String name = versions == 1 ? service.name() : service.name() + "-v" + version;
    Workload workload =
        Workload.sidecar(service.namespace(), name, service.name(), "v" + version, operation);
    return planned.protocol() == AppProtocol.TCP ? workload.stateful() : workload;
  }

  private static Call call(Service service) {
    Port port = service.ports().getFirst();
    return switch (port.protocol()) {
      case HTTP -> Call.get(service.host(), port.number(), "/v1/items");
      case GRPC -> Call.grpc(service.host(), port.number(), "mesh." + service.name() + "/Get");
      case TCP -> Call.tcp(service.host(), port.number(), 200, 1_400);
    };
  }

  private static String entryHost(Service service) {
    return service.name() + ".example.com";
  }

  private List<TrafficSource> sources(double perSecond) {
    List<Planned> entries = tiers.getFirst();
    double weights = 0;
    for (int i = 0; i < entries.size(); i++) {
      weights += 1 / Math.sqrt(i + 1.0);
    }
    var sources = new ArrayList<TrafficSource>();
    List<Visitor> visitors = List.of(new Visitor(1, Map.of("user-agent", "mesh-load/1.0")));
    for (int i = 0; i < entries.size(); i++) {
      sources.add(
          new TrafficSource(
              MeshModel.ISTIO_NAMESPACE,
              "istio-ingressgateway",
              List.of(Call.get(entryHost(entries.get(i).service), 80, "/v1/items")),
              perSecond / Math.sqrt(i + 1.0) / weights,
              new LoadCurve(i * 0.7),
              visitors));
    }
    return sources;
  }
}
