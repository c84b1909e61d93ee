package pharos.config.routing.compile;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import pharos.config.istio.MeshConfig;
import pharos.config.istio.view.Gateway;
import pharos.config.istio.view.GatewayReader;
import pharos.config.istio.view.HttpMatch;
import pharos.config.istio.view.Sidecar;
import pharos.config.istio.view.SidecarReader;
import pharos.config.istio.view.StreamRoute;
import pharos.config.istio.view.VirtualService;
import pharos.config.istio.view.VirtualServiceReader;
import pharos.config.resource.Kinds;
import pharos.config.resource.Resource;
import pharos.config.resource.ResourceKey.Kind;
import pharos.config.resource.Snapshot;
import pharos.config.routing.compile.delegate.Delegates;
import pharos.config.routing.dialect.Translated;
import pharos.config.routing.effective.Ignored;
import pharos.config.routing.gatewayapi.GatewayApi;
import pharos.config.routing.ingress.Ingresses;

/** The views of a snapshot that routing reads, with what they alone decide. */
final class MeshViews {
  private final Map<Resource, Object> parsed;
  private final List<VirtualService> roots;
  private final List<Gateway> gateways;
  private final List<Sidecar> sidecars;
  private final Set<String> managed;
  private final List<Ignored> ignored;

  private MeshViews(Snapshot resources, MeshConfig mesh, Map<Resource, Object> before) {
    Map<Resource, Object> views = new IdentityHashMap<>();
    Reader reader = new Reader(resources, before, views);
    List<VirtualService> written =
        reader.all(
            Kinds.VIRTUAL_SERVICE,
            VirtualService.class,
            one -> VirtualServiceReader.read(one, mesh));
    gateways = new ArrayList<>(reader.all(Kinds.GATEWAY, Gateway.class, GatewayReader::read));
    sidecars = reader.all(Kinds.SIDECAR, Sidecar.class, one -> SidecarReader.read(one, mesh));
    Translated translated =
        GatewayApi.translate(resources, mesh).plus(Ingresses.translate(resources, mesh));
    written.addAll(translated.virtualServices());
    gateways.addAll(translated.gateways());
    managed = translated.managed();
    Delegates.Result resolved = Delegates.resolve(written, mesh);
    roots = resolved.roots();
    ignored = new ArrayList<>(translated.ignored());
    ignored.addAll(resolved.ignored());
    parsed = views;
  }

  /** Reads a snapshot. */
  static MeshViews of(Snapshot resources, MeshConfig mesh) {
    return new MeshViews(resources, mesh, Map.of());
  }

  /** Reads a snapshot of which much is known: unchanged objects keep their views. */
  MeshViews with(Snapshot resources, MeshConfig mesh) {
    return new MeshViews(resources, mesh, parsed);
  }

  private record Reader(
      Snapshot resources, Map<Resource, Object> before, Map<Resource, Object> views) {
    <T> List<T> all(Kind kind, Class<T> type, Function<Resource, T> read) {
      List<T> all = new ArrayList<>();
      for (Resource resource : resources.all(kind)) {
        Object known = before.get(resource);
        T view = type.isInstance(known) ? type.cast(known) : read.apply(resource);
        views.put(resource, view);
        all.add(view);
      }
      return all;
    }
  }

  /** VirtualServices that route by themselves, their delegates merged in. */
  List<VirtualService> roots() {
    return roots;
  }

  List<Gateway> gateways() {
    return gateways;
  }

  List<Sidecar> sidecars() {
    return sidecars;
  }

  /** Names of Gateways that Gateway API made with pods of their own (R-GW-4). */
  Set<String> managed() {
    return managed;
  }

  /** What takes part in nothing, whatever the proxy. */
  List<Ignored> ignored() {
    return ignored;
  }

  /** Labels that tell one sidecar from another. */
  Set<String> sidecarLabels() {
    Set<String> labels = new HashSet<>();
    for (VirtualService one : roots) {
      one.http().forEach(rule -> rule.match().forEach(match -> addKeys(match, labels)));
      addKeys(one.tls(), labels);
      addKeys(one.tcp(), labels);
    }
    for (Sidecar one : sidecars) {
      if (one.selector() != null) {
        labels.addAll(one.selector().keySet());
      }
    }
    return labels;
  }

  private static void addKeys(HttpMatch match, Set<String> labels) {
    labels.addAll(match.sourceLabels().keySet());
  }

  private static void addKeys(Collection<StreamRoute> rules, Set<String> labels) {
    rules.forEach(
        rule -> rule.match().forEach(match -> labels.addAll(match.sourceLabels().keySet())));
  }
}
