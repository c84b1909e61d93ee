package pharos.config.routing.gatewayapi;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import pharos.config.istio.view.Destination;
import pharos.config.istio.view.HeaderOperations;
import pharos.config.istio.view.HttpRoute;
import pharos.config.istio.view.Origin;
import pharos.config.resource.Fields;
import pharos.config.resource.Kinds;
import pharos.config.resource.Node;
import pharos.config.resource.Path;
import pharos.config.resource.ResourceKey;
import pharos.config.resource.Snapshot;
import pharos.config.routing.effective.Ignored;

/** {@code backendRefs} become weighted destinations (R-GWAPI-13 to R-GWAPI-16). */
final class Backends {
  private static final ResourceKey.Kind HOSTNAME =
      new ResourceKey.Kind("networking.istio.io", "Hostname");
  private static final ResourceKey.Kind SERVICE_IMPORT =
      new ResourceKey.Kind("multicluster.x-k8s.io", "ServiceImport");
  private static final ResourceKey.Kind INFERENCE_POOL =
      new ResourceKey.Kind("inference.networking.k8s.io", "InferencePool");

  /** A destination without a host: its cluster is {@code UnknownService} (R-HTTP-40). */
  private static final Destination UNKNOWN = new Destination("", "", 0);

  private final Snapshot resources;
  private final String domain;
  private final ReferenceGrants grants;
  private final Set<Ignored> notes;

  Backends(Snapshot resources, String domain, ReferenceGrants grants, Set<Ignored> notes) {
    this.resources = resources;
    this.domain = domain;
    this.grants = grants;
    this.notes = notes;
  }

  /**
   * A rule whose references are read.
   *
   * @param mesh whether its parents are Services: references to other namespaces then need no grant
   *     (R-GWAPI-15)
   * @param origin of the rule
   */
  record Rule(RouteObject route, boolean mesh, Origin origin) {}

  /** The destination of a reference, and why requests for it fail, or null. */
  record Resolved(Destination destination, @Nullable String failure) {}

  /** Sum of the weights; a missing weight is 1 (R-GWAPI-13). */
  static long totalWeight(List<Node> refs) {
    return refs.stream().mapToLong(Backends::weight).sum();
  }

  private static long weight(Node ref) {
    return Fields.has(ref, "weight") ? Fields.number(ref, "weight") : 1;
  }

  /** Destinations with shares; those without weight are dropped, a single one stands alone. */
  List<HttpRoute.WeightedDestination> weighted(Rule rule, List<Node> refs, Path path)
      throws RuleRefused {
    List<HttpRoute.WeightedDestination> destinations = new ArrayList<>();
    for (int i = 0; i < refs.size(); i++) {
      Node ref = refs.get(i);
      if (weight(ref) == 0) {
        continue;
      }
      Path at = path.index(i);
      Resolved resolved = resolve(rule, ref, at);
      if (resolved.failure() != null) {
        note(rule, at, resolved.failure());
      }
      HeaderOperations headers = Filters.ofBackend(Fields.items(ref, "filters"), at.key("filters"));
      destinations.add(
          new HttpRoute.WeightedDestination(resolved.destination(), (int) weight(ref), headers));
    }
    if (destinations.size() == 1) {
      HttpRoute.WeightedDestination only = destinations.getFirst();
      return List.of(new HttpRoute.WeightedDestination(only.destination(), 0, only.headers()));
    }
    return destinations;
  }

  /** Resolves one reference (R-GWAPI-14). */
  Resolved resolve(Rule rule, Node ref, Path path) throws RuleRefused {
    String local = rule.route().namespace();
    Reference to = Reference.of(ref, Kinds.SERVICE, local);
    if (!rule.mesh()
        && to.namespaced()
        && !to.namespace().equals(local)
        && !grants.allow(rule.route().kind(), local, to)) {
      return new Resolved(UNKNOWN, to + " needs a ReferenceGrant in namespace " + to.namespace());
    }
    ResourceKey.Kind kind = to.kind();
    String host;
    String failure = null;
    if (kind.equals(Kinds.SERVICE) || kind.equals(SERVICE_IMPORT)) {
      if (kind.equals(Kinds.SERVICE) && to.name().contains(".")) {
        throw new RuleRefused(
            path, "\"" + to.name() + "\" is no name of a Service: host names are not taken");
      }
      host = to.name() + "." + to.namespace() + ".svc." + domain;
      if (resources.get(new ResourceKey(Kinds.SERVICE, to.namespace(), to.name())) == null) {
        failure = "there is no Service " + to.namespace() + "/" + to.name();
      }
    } else if (kind.equals(HOSTNAME)) {
      if (to.namespaced()) {
        throw new RuleRefused(path, "a Hostname has no namespace");
      }
      host = to.name();
    } else if (kind.equals(INFERENCE_POOL)) {
      throw new RuleRefused(path, "InferencePool is not enabled");
    } else {
      return new Resolved(UNKNOWN, kind + " is no kind of backend that Istio knows");
    }
    if (!Fields.has(ref, "port")) {
      throw new RuleRefused(path, "a port is required");
    }
    return new Resolved(new Destination(host, "", (int) Fields.number(ref, "port")), failure);
  }

  private void note(Rule rule, Path path, String failure) {
    Origin origin = rule.origin();
    notes.add(
        new Ignored(
            new Origin(origin.object(), path, origin.rule(), -1, null),
            "R-GWAPI-14",
            failure + "; its share of the requests fails"));
  }
}
