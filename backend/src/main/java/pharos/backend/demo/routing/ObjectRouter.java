package pharos.backend.demo.routing;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import pharos.backend.demo.routing.RouteDecision.Destination;
import pharos.backend.demo.routing.RouteDecision.Fault;
import pharos.backend.demo.routing.RouteDecision.Mirror;
import pharos.backend.demo.routing.RouteDecision.Retries;

/**
 * Routes by VirtualService, DestinationRule, Gateway, ServiceEntry and Sidecar objects. It covers
 * what a demo's user edits: hosts, gateways, HTTP matches, weights, subsets, faults, timeouts,
 * retries, mirrors, rewrites, redirects, and weights of TCP routes. Delegates, TLS matches,
 * exportTo, workload entries and traffic policies are not read.
 */
public final class ObjectRouter implements RequestRouter {
  private final Set<String> registry;
  private final Map<String, List<Rules>> byHost = new HashMap<>();
  private final List<Rules> wildcards = new ArrayList<>();
  private final Map<String, GenericKubernetesResource> destinationRules = new HashMap<>();
  private final Map<String, Spec> gateways = new HashMap<>();
  private final List<GenericKubernetesResource> sidecars = new ArrayList<>();

  /** The HTTP routes of one VirtualService. */
  private record Rules(String namespace, String name, Spec spec) {}

  /**
   * Compiles the objects.
   *
   * @param objects of any kind and order; kinds that do not route are ignored
   * @param serviceHosts full names of the cluster's services
   */
  public ObjectRouter(
      Collection<GenericKubernetesResource> objects, Collection<String> serviceHosts) {
    registry = new HashSet<>(serviceHosts);
    // Two objects for one host: the oldest rules come first, as in Istio; names break ties here.
    objects.stream()
        .sorted(
            Comparator.<GenericKubernetesResource, String>comparing(o ->
                    o.getMetadata().getCreationTimestamp() == null
                        ? ""
                        : o.getMetadata().getCreationTimestamp())
                .thenComparing(o -> o.getMetadata().getName()))
        .forEach(this::add);
  }

  private void add(GenericKubernetesResource object) {
    String namespace = object.getMetadata().getNamespace();
    String name = object.getMetadata().getName();
    Spec spec = spec(object);
    switch (object.getKind()) {
      case "VirtualService" -> {
        var rules = new Rules(namespace, name, spec);
        for (String host : spec.texts("hosts")) {
          if (host.startsWith("*")) {
            wildcards.add(rules);
          } else {
            byHost.computeIfAbsent(fullName(host, namespace), _ -> new ArrayList<>()).add(rules);
          }
        }
      }
      case "DestinationRule" ->
          destinationRules.putIfAbsent(fullName(spec.text("host", ""), namespace), object);
      case "Gateway" -> gateways.put(namespace + "/" + name, spec);
      case "ServiceEntry" -> registry.addAll(spec.texts("hosts"));
      case "Sidecar" -> sidecars.add(object);
      default -> {}
    }
  }

  private static Spec spec(GenericKubernetesResource object) {
    return Spec.of(object.getAdditionalProperties().get("spec"));
  }

  private static String fullName(String host, String namespace) {
    return host.contains(".") || host.isEmpty()
        ? host
        : host + "." + namespace + ".svc.cluster.local";
  }

  @Override
  public RouteDecision route(RouteRequest request) {
    boolean ruled = false;
    for (Rules rules : rulesFor(request.host())) {
      if (!binds(rules, request)) {
        continue;
      }
      ruled = true;
      int index = 0;
      for (Spec rule : rules.spec.objects(request.method().isEmpty() ? "tcp" : "http")) {
        if (matches(rules, rule, request)) {
          return decide(rules, rule, index, request);
        }
        index++;
      }
    }
    if (request.method().isEmpty() || (!ruled && !request.gateway())) {
      return unruled(request);
    }
    return new RouteDecision.NoRoute();
  }

  private List<Rules> rulesFor(String host) {
    List<Rules> exact = byHost.get(host);
    if (exact != null) {
      return exact;
    }
    return wildcards.stream()
        .filter(rules ->
            rules.spec.texts("hosts").stream()
                .anyMatch(h -> h.startsWith("*") && host.endsWith(h.substring(1))))
        .toList();
  }

  private RouteDecision unruled(RouteRequest request) {
    if (!registry.contains(request.host())) {
      return new RouteDecision.Unregistered(outboundAllowed(request));
    }
    return new RouteDecision.Forward(
        "",
        List.of(destination(request.host(), request.port(), "", 1)),
        request.path(),
        Fault.NONE,
        null,
        Retries.DEFAULT,
        List.of());
  }

  private boolean outboundAllowed(RouteRequest request) {
    for (GenericKubernetesResource sidecar : sidecars) {
      Spec spec = spec(sidecar);
      Map<String, String> selector = spec.object("workloadSelector").textMap("labels");
      if (sidecar.getMetadata().getNamespace().equals(request.namespace())
          && request.labels().entrySet().containsAll(selector.entrySet())
          && spec.object("outboundTrafficPolicy").has("mode")) {
        return !spec.object("outboundTrafficPolicy").text("mode", "").equals("REGISTRY_ONLY");
      }
    }
    return true;
  }

  private boolean binds(Rules rules, RouteRequest request) {
    List<String> names = rules.spec.texts("gateways");
    return names.isEmpty()
        ? !request.gateway()
        : names.stream().anyMatch(n -> is(n, rules, request));
  }

  /** Whether this gateway name of a VirtualService or a match stands for the request's proxy. */
  private boolean is(String name, Rules rules, RouteRequest request) {
    if (name.equals("mesh")) {
      return !request.gateway();
    }
    Spec gateway = gateways.get(name.contains("/") ? name : rules.namespace + "/" + name);
    return gateway != null
        && request.gateway()
        && request.labels().entrySet().containsAll(gateway.textMap("selector").entrySet())
        && gateway.objects("servers").stream().anyMatch(s -> serves(s, rules, request));
  }

  private static boolean serves(Spec server, Rules rules, RouteRequest request) {
    if ((int) server.object("port").number("number", 0) != request.port()) {
      return false;
    }
    for (String entry : server.texts("hosts")) {
      int slash = entry.indexOf('/');
      String namespace = slash < 0 ? "*" : entry.substring(0, slash);
      String host = entry.substring(slash + 1);
      boolean visible = namespace.equals("*") || namespace.equals(rules.namespace);
      boolean same =
          host.startsWith("*")
              ? request.host().endsWith(host.substring(1))
              : host.equals(request.host());
      if (visible && same) {
        return true;
      }
    }
    return false;
  }

  private boolean matches(Rules rules, Spec rule, RouteRequest request) {
    List<Spec> matches = rule.objects("match");
    return matches.isEmpty() || matches.stream().anyMatch(m -> matchesAll(rules, m, request));
  }

  private boolean matchesAll(Rules rules, Spec match, RouteRequest request) {
    boolean ignoreCase = match.text("ignoreUriCase", "").equals("true");
    if ((match.has("uri") && !text(match.object("uri"), request.pathOnly(), ignoreCase))
        || (match.has("method") && !text(match.object("method"), request.method(), false))
        || (match.has("authority") && !text(match.object("authority"), request.host(), false))
        || (match.has("port") && (int) match.number("port", 0) != request.port())) {
      return false;
    }
    List<String> at = match.texts("gateways");
    if (!at.isEmpty() && at.stream().noneMatch(name -> is(name, rules, request))) {
      return false;
    }
    if (!request.labels().entrySet().containsAll(match.textMap("sourceLabels").entrySet())
        || !match.text("sourceNamespace", request.namespace()).equals(request.namespace())) {
      return false;
    }
    for (Object name : match.object("headers").fields().keySet()) {
      String value = request.header(name.toString());
      Spec wanted = match.object("headers").object(name.toString());
      if (value == null || !(wanted.fields().isEmpty() || text(wanted, value, false))) {
        return false;
      }
    }
    for (Object name : match.object("withoutHeaders").fields().keySet()) {
      String value = request.header(name.toString());
      Spec unwanted = match.object("withoutHeaders").object(name.toString());
      if (value != null && (unwanted.fields().isEmpty() || text(unwanted, value, false))) {
        return false;
      }
    }
    return true;
  }

  private static boolean text(Spec match, String value, boolean ignoreCase) {
    String actual = ignoreCase ? value.toLowerCase(java.util.Locale.ROOT) : value;
    if (match.has("exact")) {
      String wanted = match.text("exact", "");
      return ignoreCase ? actual.equalsIgnoreCase(wanted) : actual.equals(wanted);
    }
    if (match.has("prefix")) {
      String wanted = match.text("prefix", "");
      return actual.startsWith(ignoreCase ? wanted.toLowerCase(java.util.Locale.ROOT) : wanted);
    }
    if (match.has("regex")) {
      try {
        return Pattern.matches(match.text("regex", ""), value);
      } catch (PatternSyntaxException e) {
        return false; // Envoy would refuse the whole route; no request can match either way.
      }
    }
    return true;
  }

  private RouteDecision decide(Rules rules, Spec rule, int index, RouteRequest request) {
    String label = rules.namespace + "/" + rules.name + " rule " + index;
    if (rule.has("redirect")) {
      int status = (int) rule.object("redirect").number("redirectCode", 301);
      return new RouteDecision.Redirect(label, status);
    }
    if (rule.has("directResponse")) {
      int status = (int) rule.object("directResponse").number("status", 200);
      return new RouteDecision.DirectResponse(label, status);
    }
    var destinations = new ArrayList<Destination>();
    List<Spec> routes = rule.objects("route");
    for (Spec route : routes) {
      double weight = route.number("weight", routes.size() == 1 ? 1 : 0);
      if (weight > 0) {
        destinations.add(destination(route.object("destination"), rules, request, weight));
      }
    }
    if (destinations.isEmpty()) {
      return new RouteDecision.NoRoute();
    }
    return new RouteDecision.Forward(
        label,
        destinations,
        rewritten(rule, request),
        fault(rule.object("fault")),
        positive(rule.duration("timeout")),
        rule.has("retries") ? retries(rule.object("retries")) : Retries.DEFAULT,
        mirrors(rules, rule, request));
  }

  private static @Nullable Duration positive(@Nullable Duration timeout) {
    return timeout == null || timeout.isZero() ? null : timeout;
  }

  private List<Mirror> mirrors(Rules rules, Spec rule, RouteRequest request) {
    var mirrors = new ArrayList<Mirror>();
    if (rule.has("mirror")) {
      double percent =
          rule.has("mirrorPercentage")
              ? rule.object("mirrorPercentage").number("value", 0)
              : rule.number("mirrorPercent", 100);
      mirrors.add(new Mirror(destination(rule.object("mirror"), rules, request, 1), percent));
    }
    for (Spec mirror : rule.objects("mirrors")) {
      double percent =
          mirror.has("percentage") ? mirror.object("percentage").number("value", 0) : 100;
      mirrors.add(
          new Mirror(destination(mirror.object("destination"), rules, request, 1), percent));
    }
    return mirrors;
  }

  private Destination destination(Spec spec, Rules rules, RouteRequest request, double weight) {
    String host = fullName(spec.text("host", ""), rules.namespace);
    int port = (int) spec.object("port").number("number", request.gateway() ? 0 : request.port());
    return destination(host, port, spec.text("subset", ""), weight);
  }

  private Destination destination(String host, int port, String subset, double weight) {
    boolean exists = registry.contains(host);
    Map<String, String> labels = Map.of();
    if (!subset.isEmpty()) {
      GenericKubernetesResource rule = destinationRules.get(host);
      Spec found =
          (rule == null ? List.<Spec>of() : spec(rule).objects("subsets"))
              .stream().filter(s -> s.text("name", "").equals(subset)).findFirst().orElse(null);
      exists = exists && found != null;
      labels = found == null ? labels : found.textMap("labels");
    }
    return new Destination(host, port, subset, labels, weight, exists);
  }

  private static String rewritten(Spec rule, RouteRequest request) {
    String to = rule.object("rewrite").text("uri", "");
    if (to.isEmpty()) {
      return request.path();
    }
    // A prefix match replaces the prefix, any other match the whole path.
    return rule.objects("match").stream()
        .map(match -> match.object("uri").text("prefix", ""))
        .filter(prefix -> !prefix.isEmpty() && request.path().startsWith(prefix))
        .findFirst()
        .map(prefix -> to + request.path().substring(prefix.length()))
        .orElse(to);
  }

  private static Fault fault(Spec fault) {
    Spec delay = fault.object("delay");
    Spec abort = fault.object("abort");
    Duration fixed = delay.duration("fixedDelay");
    return new Fault(
        fixed == null ? 0 : percent(delay),
        fixed == null ? Duration.ZERO : fixed,
        abort.has("httpStatus") ? percent(abort) : 0,
        (int) abort.number("httpStatus", 0));
  }

  private static double percent(Spec fault) {
    return fault.has("percentage")
        ? fault.object("percentage").number("value", 0)
        : fault.number("percent", 100);
  }

  private static Retries retries(Spec retries) {
    String on = retries.text("retryOn", "");
    return new Retries(
        (int) retries.number("attempts", 2),
        retries.duration("perTryTimeout"),
        on.isEmpty()
            ? Retries.DEFAULT.on()
            : new LinkedHashSet<>(Arrays.asList(on.split("\\s*,\\s*", -1))));
  }
}
