package pharos.config.check.traffic;

import java.util.ArrayList;
import java.util.List;
import pharos.config.istio.Hosts;
import pharos.config.istio.ShortNames;
import pharos.config.istio.MeshConfig;
import pharos.config.resource.Kinds;
import pharos.config.istio.Visibility;
import java.util.Set;
import pharos.config.check.MeshView;
import pharos.config.resource.Fields;
import pharos.config.resource.Node;
import pharos.config.resource.Resource;

/** Where a VirtualService applies, and whose requests it takes (section 2.1 of the semantics). */
public final class Bindings {
  /** Stands for all sidecars in lists of gateways. */
  public static final String MESH = "mesh";

  private Bindings() {}

  /** The gateways, resolved; {@code mesh} when there is none (R-VS-2). */
  public static List<String> gateways(Resource virtualService) {
    List<String> written = Fields.texts(virtualService.spec(), "gateways");
    return written.isEmpty()
        ? List.of(MESH)
        : written.stream().map(name -> resolve(name, virtualService.key().namespace())).toList();
  }

  /** Whether sidecars use it. */
  public static boolean onMesh(Resource virtualService) {
    return gateways(virtualService).contains(MESH);
  }

  /** A VirtualService that only others may use (R-VS-1). */
  public static boolean isDelegate(Resource virtualService) {
    return Fields.items(virtualService.spec(), "hosts").isEmpty();
  }

  /** R-NAME-15. */
  public static String resolve(String gateway, String namespace) {
    return ShortNames.gateway(gateway, namespace);
  }

  /** Those of the VirtualService's gateways where a match is looked at (R-VS-3, R-VS-5). */
  public static List<String> contexts(Node match, List<String> gateways, String namespace) {
    List<String> own = Fields.texts(match, "gateways");
    if (own.isEmpty()) {
      return gateways;
    }
    List<String> both = new ArrayList<>();
    for (String gateway : own) {
      String name = resolve(gateway, namespace);
      if (gateways.contains(name)) {
        both.add(name);
      }
    }
    return both;
  }

  /** The hosts as full names. */
  public static List<String> hosts(Resource virtualService) {
    return Fields.texts(virtualService.spec(), "hosts").stream()
        .map(host -> Hosts.fullName(host, virtualService.key().namespace()))
        .toList();
  }

  /** The namespaces that see a VirtualService or DestinationRule, defaults applied (R-VIS-3). */
  public static Set<String> scopes(Resource object, MeshView.MeshSettings mesh) {
    List<String> scopes = Fields.texts(object.spec(), "exportTo");
    if (scopes.isEmpty()) {
      MeshConfig config = Views.config(mesh);
      scopes =
          object.key().kind().equals(Kinds.DESTINATION_RULE)
              ? config.destinationRuleExportTo()
              : config.virtualServiceExportTo();
    }
    return Visibility.scopes(scopes, object.key().namespace());
  }

  /** {@code namespace/name}. */
  public static String nameOf(Resource resource) {
    return resource.key().namespace() + "/" + resource.key().name();
  }
}
