package pharos.config.check.traffic.route;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import pharos.config.istio.view.VirtualService;
import pharos.config.resource.ResourceKey;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import pharos.config.check.Check;
import pharos.config.check.Finding;
import pharos.config.check.MeshView;
import pharos.config.istio.CreationTimes;
import pharos.config.istio.Visibility;
import pharos.config.resource.Fields;
import pharos.config.resource.Kinds;
import pharos.config.resource.Path;
import pharos.config.resource.Resource;
import pharos.config.resource.ResourceKey.Kind;
import pharos.config.check.traffic.Report;
import pharos.config.check.traffic.Views;
import pharos.config.check.traffic.Bindings;

/**
 * Matches that another VirtualService of the same gateway and host takes everything from (R-VS-14).
 * Only VirtualServices that every namespace sees are compared, because the order of the others
 * depends on where the gateway runs.
 */
final class GatewayMergeCheck implements Check {
  @Override
  public String name() {
    return "traffic.GatewayMergeCheck";
  }

  @Override
  public Set<Kind> reads() {
    return Set.of(Kinds.VIRTUAL_SERVICE, Kinds.GATEWAY);
  }

  private record Binding(String gateway, String host) {}

  private record Entry(Resource service, Claim claim) {}

  private record Place(ResourceKey service, Path path) {}

  @Override
  public void run(MeshView mesh, Consumer<Finding> findings) {
    Map<Binding, List<Resource>> merged = new LinkedHashMap<>();
    for (Resource service : mesh.all(Kinds.VIRTUAL_SERVICE)) {
      if (!seenEverywhere(service, mesh)) {
        continue;
      }
      for (String gateway : new LinkedHashSet<>(Bindings.gateways(service))) {
        if (servesAllNamespaces(gateway, mesh)) {
          for (String host : new LinkedHashSet<>(Bindings.hosts(service))) {
            merged
                .computeIfAbsent(
                    new Binding(gateway, host.toLowerCase(Locale.ROOT)), _ -> new ArrayList<>())
                .add(service);
          }
        }
      }
    }
    Map<ResourceKey, VirtualService> views = new HashMap<>();
    Set<Place> reported = new HashSet<>();
    Report report = new Report(name(), findings);
    merged.forEach((binding, services) -> {
      if (services.size() > 1) {
        List<Entry> entries = entries(binding.gateway(), services, views, mesh);
        new Merged(binding, entries).judge(report, reported);
      }
    });
  }

  private static boolean seenEverywhere(Resource service, MeshView mesh) {
    return Bindings.scopes(service, mesh.mesh()).contains(Visibility.EVERYWHERE);
  }

  /** Hosts with a namespace would let one VirtualService in and keep the other out (R-NAME-6). */
  private static boolean servesAllNamespaces(String gateway, MeshView mesh) {
    int slash = gateway.indexOf('/');
    Resource object =
        slash < 0
            ? null
            : mesh.find(Kinds.GATEWAY, gateway.substring(0, slash), gateway.substring(slash + 1));
    return object != null
        && Fields.items(object.spec(), "servers").stream()
            .flatMap(server -> Fields.texts(server, "hosts").stream())
            .allMatch(host -> !host.contains("/") || host.startsWith("*/"));
  }

  /** R-VS-14: the oldest VirtualService first, catch-alls after everything else. */
  private static List<Entry> entries(
      String gateway,
      List<Resource> services,
      Map<ResourceKey, VirtualService> views,
      MeshView mesh) {
    List<Entry> first = new ArrayList<>();
    List<Entry> last = new ArrayList<>();
    for (Resource service : services.stream().sorted(CreationTimes.ORDER).toList()) {
      VirtualService view =
          views.computeIfAbsent(service.key(), _ -> Views.of(service, mesh.mesh()));
      for (Claim claim : generated(gateway, view)) {
        (claim.catchAll() ? last : first).add(new Entry(service, claim));
      }
    }
    first.addAll(last);
    return first;
  }

  /** What one VirtualService adds: nothing more after its first catch-all (R-HTTP-7). */
  private static List<Claim> generated(String gateway, VirtualService service) {
    List<Claim> claims = new ArrayList<>();
    for (Claim claim : Claim.of(service)) {
      if (claim.contexts().contains(gateway)) {
        claims.add(claim);
        if (claim.catchAll() && claim.everywhere()) {
          break;
        }
      }
    }
    return claims;
  }

  private record Merged(Binding binding, List<Entry> entries) {
    /**
     * Reports the claims from which others take everything.
     *
     * @param reported places that another host or gateway already has brought up
     */
    void judge(Report report, Set<Place> reported) {
      Hiding search = new Hiding();
      Map<Claim, Resource> owners = new IdentityHashMap<>();
      List<Claim> earlier = new ArrayList<>();
      for (Entry entry : entries) {
        Claim claim = entry.claim();
        Predicate<Claim> others =
            other -> other.seenBy(claim) && owners.get(other) != entry.service();
        List<Claim> hiding = search.hiding(claim, earlier, others);
        if (!hiding.isEmpty() && reported.add(new Place(entry.service().key(), claim.path()))) {
          Set<String> names = new LinkedHashSet<>();
          hiding.forEach(one -> names.add(nameOf(owners.get(one)) + " " + one.label()));
          report.at(
              entry.service(),
              claim.path(),
              RouteMessage.SHADOWED_BY_VIRTUAL_SERVICE,
              claim.label(),
              binding.host(),
              binding.gateway(),
              String.join(" and ", names));
        }
        if (claim.rule().delegate() == null) {
          earlier.add(claim);
          owners.put(claim, entry.service());
        }
      }
    }

    private static String nameOf(@Nullable Resource resource) {
      return resource == null ? "" : Bindings.nameOf(resource);
    }
  }
}
