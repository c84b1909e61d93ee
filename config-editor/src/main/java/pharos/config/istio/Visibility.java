package pharos.config.istio;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** {@code exportTo}: in which namespaces an object is seen (analysis catalog 4.3). */
public final class Visibility {
  /** All namespaces. */
  public static final String EVERYWHERE = "*";

  private Visibility() {}

  /** The scopes of an {@code exportTo} list, {@code .} replaced by the object's own namespace. */
  public static Set<String> scopes(List<String> exportTo, String namespace) {
    if (exportTo.isEmpty() || exportTo.contains(EVERYWHERE)) {
      return Set.of(EVERYWHERE);
    }
    Set<String> scopes = new LinkedHashSet<>();
    exportTo.forEach(scope -> scopes.add(scope.equals(".") ? namespace : scope));
    return scopes;
  }
}
