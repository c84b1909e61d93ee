package pharos.backend.demo.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import pharos.backend.demo.model.Call;
import pharos.backend.demo.model.ExternalHost;
import pharos.backend.demo.model.Latency;
import pharos.backend.demo.model.MeshModel;
import pharos.backend.demo.model.Operation;
import pharos.backend.demo.model.Service;
import pharos.backend.demo.model.Workload;
import pharos.backend.demo.routing.RequestRouter;
import pharos.backend.demo.routing.RouteDecision;
import pharos.backend.demo.routing.RouteRequest;
import pharos.backend.demo.simulation.Route.Upstream;

/**
 * Turns decisions of the router into routes to pods. A decision is worked out once per call,
 * visitor and path, and again after the objects changed.
 */
final class Routes {
  private final Map<String, Service> services = new HashMap<>();
  private final Map<String, ExternalHost> externals = new HashMap<>();
  private final Map<String, ServiceRef> refs = new HashMap<>();
  private final Map<String, List<SimPod>> podsByNamespace = new HashMap<>();
  private final List<Map<String, String>> visitors;
  private RequestRouter router;
  private int epoch;

  Routes(
      MeshModel model,
      List<SimPod> pods,
      List<Map<String, String>> visitors,
      RequestRouter router) {
    model.services().forEach(service -> services.put(service.host(), service));
    model.externals().forEach(external -> externals.put(external.host(), external));
    for (SimPod pod : pods) {
      podsByNamespace
          .computeIfAbsent(pod.station().workload().namespace(), _ -> new ArrayList<>())
          .add(pod);
    }
    this.visitors = visitors;
    this.router = router;
  }

  int epoch() {
    return epoch;
  }

  int visitors() {
    return visitors.size();
  }

  /** From now on by this router. */
  void use(RequestRouter next) {
    router = next;
    epoch++;
  }

  Route compile(CallSite site, int visitor, int pathIndex) {
    Call call = site.call();
    Workload from = site.station().workload();
    String host = fullName(call.host(), from.namespace());
    ServiceRef asked = ref(host);
    if (from.dataPlane() == Workload.DataPlane.NONE) {
      return bound(plain(host, call), asked, call);
    }
    RouteDecision decision =
        router.route(
            new RouteRequest(
                from.namespace(),
                from.labels(),
                site.station().gateway(),
                host,
                call.port(),
                call.method(),
                call.paths().get(pathIndex),
                visitors.get(visitor)));
    return bound(decision, asked, call);
  }

  /** Without a proxy there are no rules: the service's address leads to any of its pods. */
  private static RouteDecision plain(String host, Call call) {
    return new RouteDecision.Forward(
        "",
        List.of(new RouteDecision.Destination(host, call.port(), "", Map.of(), 1, true)),
        call.paths().getFirst(),
        new RouteDecision.Fault(0, java.time.Duration.ZERO, 0, 0),
        null,
        new RouteDecision.Retries(0, null, java.util.Set.of()),
        List.of());
  }

  private Route bound(RouteDecision decision, ServiceRef asked, Call call) {
    return switch (decision) {
      case RouteDecision.Forward forward ->
          new Route(
              forward,
              asked,
              forward.destinations().stream().map(this::upstream).toList(),
              forward.mirrors().stream().map(m -> upstream(m.destination())).toList());
      case RouteDecision.Unregistered unregistered ->
          new Route(unregistered, asked, List.of(unregistered(unregistered, call)), List.of());
      case RouteDecision.Redirect _, RouteDecision.DirectResponse _, RouteDecision.NoRoute _ ->
          new Route(decision, asked, List.of(), List.of());
    };
  }

  private Upstream upstream(RouteDecision.Destination destination) {
    Service service = services.get(destination.host());
    ExternalHost external = externals.get(destination.host());
    List<SimPod> endpoints =
        service == null
            ? List.of()
            : podsByNamespace.getOrDefault(service.namespace(), List.of()).stream()
                .filter(pod -> has(pod, service.selector()) && has(pod, destination.labels()))
                .toList();
    // A destination without a port means the service's only one.
    int port =
        destination.port() == 0 && service != null
            ? service.ports().getFirst().number()
            : destination.port();
    return new Upstream(
        "outbound|" + port + "|" + destination.subset() + "|" + destination.host(),
        ref(destination.host()),
        port,
        destination.weight(),
        destination.exists(),
        endpoints,
        external);
  }

  private static boolean has(SimPod pod, Map<String, String> labels) {
    return pod.station().workload().labels().entrySet().containsAll(labels.entrySet());
  }

  private Upstream unregistered(RouteDecision.Unregistered decision, Call call) {
    String cluster = decision.allowed() ? "PassthroughCluster" : "BlackHoleCluster";
    ServiceRef service =
        refs.computeIfAbsent(
            cluster + " " + call.host(), _ -> new ServiceRef(call.host(), cluster, "unknown"));
    ExternalHost external = externals.get(call.host());
    return new Upstream(
        cluster,
        service,
        call.port(),
        1,
        true,
        List.of(),
        external == null
            ? new ExternalHost(
                call.host(), "unknown", "198.51.100.9", Operation.any(Latency.of(60, 300)))
            : external);
  }

  private ServiceRef ref(String host) {
    return refs.computeIfAbsent(
        host,
        h -> {
          Service service = services.get(h);
          if (service != null) {
            return new ServiceRef(h, service.name(), service.namespace());
          }
          ExternalHost external = externals.get(h);
          return new ServiceRef(h, h, external == null ? "unknown" : external.namespace());
        });
  }

  private String fullName(String host, String namespace) {
    if (host.contains(".")) {
      return host;
    }
    return host + "." + namespace + ".svc.cluster.local";
  }
}
