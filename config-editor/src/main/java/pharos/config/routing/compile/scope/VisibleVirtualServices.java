package pharos.config.routing.compile.scope;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import pharos.config.istio.MeshConfig;
import pharos.config.istio.Visibility;
import pharos.config.istio.view.ObjectOrder;
import pharos.config.istio.view.Origin;
import pharos.config.istio.view.VirtualService;
import pharos.config.istio.view.VirtualService.Dialect;
import pharos.config.routing.effective.Ignored;

/**
 * VirtualServices by the gateways they bind to and by who may see them (R-VS-2, R-VIS-1, R-VIS-2).
 * The namespace that counts is that of the proxy, also for gateways (R-VIS-4).
 */
public final class VisibleVirtualServices {
  private static final String NOBODY = "~";

  private final Map<String, List<VirtualService>> everywhere = new HashMap<>();
  private final Map<Reader, List<VirtualService>> own = new HashMap<>();
  private final Map<Reader, List<VirtualService>> exported = new HashMap<>();
  private final List<VirtualService> all;
  private final List<Bound> restricted = new ArrayList<>();
  private final List<Ignored> hidden = new ArrayList<>();

  private record Reader(String namespace, String gateway) {}

  /** One that not everybody sees. */
  private record Bound(VirtualService virtualService, Set<String> scopes) {}

  /** Takes root VirtualServices in any order. */
  VisibleVirtualServices(Collection<VirtualService> roots, MeshConfig mesh) {
    all = roots.stream().sorted(ObjectOrder.VIRTUAL_SERVICES).toList();
    all.forEach(one -> add(one, mesh));
  }

  private void add(VirtualService one, MeshConfig mesh) {
    List<String> written =
        one.exportTo().isEmpty() ? mesh.virtualServiceExportTo() : one.exportTo(); // R-VIS-3
    Set<String> gateways = new LinkedHashSet<>(one.gateways());
    Set<String> scopes = Visibility.scopes(written, one.namespace());
    if (scopes.contains(Visibility.EVERYWHERE)) {
      gateways.forEach(gateway -> into(everywhere, gateway, one));
      return;
    }
    if (scopes.contains(NOBODY)) {
      hidden.add(
          new Ignored(
              Origin.of(one.key()), "R-VIS-2", "is exported to nobody (exportTo ~)", one.hosts()));
      return;
    }
    for (String scope : scopes) {
      for (String gateway : gateways) {
        into(scope.equals(one.namespace()) ? own : exported, new Reader(scope, gateway), one);
      }
    }
    restricted.add(new Bound(one, scopes));
  }

  private static <K> void into(Map<K, List<VirtualService>> map, K key, VirtualService one) {
    map.computeIfAbsent(key, _ -> new ArrayList<>()).add(one);
  }

  /** R-SC-10: private, exported, public; in each group consumer overrides first. */
  List<VirtualService> onSidecars(String namespace) {
    Reader reader = new Reader(namespace, VirtualService.MESH);
    List<VirtualService> seen = new ArrayList<>();
    addOverridesFirst(own.getOrDefault(reader, List.of()), namespace, seen);
    addOverridesFirst(exported.getOrDefault(reader, List.of()), namespace, seen);
    addOverridesFirst(everywhere.getOrDefault(VirtualService.MESH, List.of()), namespace, seen);
    return seen;
  }

  /** R-VS-4: as on sidecars, overrides come first among the public ones only. */
  public List<VirtualService> onGateway(String gateway, String namespace) {
    Reader reader = new Reader(namespace, gateway);
    List<VirtualService> seen = new ArrayList<>(own.getOrDefault(reader, List.of()));
    seen.addAll(exported.getOrDefault(reader, List.of()));
    addOverridesFirst(everywhere.getOrDefault(gateway, List.of()), namespace, seen);
    return seen;
  }

  private static void addOverridesFirst(
      List<VirtualService> group, String namespace, List<VirtualService> seen) {
    for (VirtualService one : group) {
      if (overrides(one, namespace)) {
        seen.add(one);
      }
    }
    for (VirtualService one : group) {
      if (!overrides(one, namespace)) {
        seen.add(one);
      }
    }
  }

  private static boolean overrides(VirtualService one, String namespace) {
    return one.dialect() == Dialect.GATEWAY_API && one.namespace().equals(namespace);
  }

  /** Those that are bound to none of these gateways (R-VS-2, R-NAME-16), with the reason. */
  public List<Ignored> boundElsewhere(Collection<String> gateways) {
    List<Ignored> elsewhere = new ArrayList<>();
    for (VirtualService one : all) {
      if (one.gateways().stream().noneMatch(gateways::contains)) {
        elsewhere.add(
            new Ignored(
                Origin.of(one.key()),
                "R-VS-2",
                "is bound to %s, which is not for this proxy"
                    .formatted(String.join(", ", one.gateways())),
                one.hosts()));
      }
    }
    return elsewhere;
  }

  /** Those that a namespace cannot see, with the reason. */
  public List<Ignored> hiddenFrom(String namespace) {
    List<Ignored> unseen = new ArrayList<>(hidden);
    for (Bound bound : restricted) {
      if (!bound.scopes().contains(namespace)) {
        VirtualService one = bound.virtualService();
        unseen.add(
            new Ignored(
                Origin.of(one.key()),
                "R-VIS-2",
                "is exported to %s, not to namespace %s"
                    .formatted(String.join(", ", bound.scopes()), namespace),
                one.hosts()));
      }
    }
    return unseen;
  }
}
