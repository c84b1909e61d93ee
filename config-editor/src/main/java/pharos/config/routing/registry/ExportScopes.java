package pharos.config.routing.registry;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import pharos.config.istio.MeshConfig;
import pharos.config.istio.Visibility;
import pharos.config.resource.Fields;
import pharos.config.resource.Resource;

/** Who may see a service (R-VIS-5). */
final class ExportScopes {
  private static final String ANNOTATION = "networking.istio.io/exportTo";
  private static final String NOBODY = "~";

  private ExportScopes() {}

  static Set<String> ofService(Resource service, MeshConfig mesh) {
    List<String> written =
        Arrays.stream(service.annotations().getOrDefault(ANNOTATION, "").split(",", -1))
            .map(String::strip)
            .filter(scope -> !scope.isEmpty())
            .toList();
    return resolve(written, service.key().namespace(), mesh);
  }

  static Set<String> ofEntry(Resource entry, MeshConfig mesh) {
    return resolve(Fields.texts(entry.spec(), "exportTo"), entry.key().namespace(), mesh);
  }

  private static Set<String> resolve(List<String> written, String namespace, MeshConfig mesh) {
    List<String> scopes = written.isEmpty() ? mesh.serviceExportTo() : written;
    if (scopes.contains(Visibility.EVERYWHERE)) {
      return Set.of(Visibility.EVERYWHERE);
    }
    if (scopes.contains(NOBODY)) {
      return Set.of(NOBODY);
    }
    Set<String> resolved = new LinkedHashSet<>();
    scopes.forEach(scope -> resolved.add(scope.equals(".") ? namespace : scope));
    return resolved;
  }
}
