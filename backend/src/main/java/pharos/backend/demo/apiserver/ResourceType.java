package pharos.backend.demo.apiserver;

import java.util.List;

/**
 * One kind as the API serves it.
 *
 * @param group API group; empty for the core group
 * @param versions served versions, the preferred one first; reading at another version changes
 *     nothing but {@code apiVersion}
 * @param plural name in paths, for example {@code virtualservices}
 * @param custom defined by a CustomResourceDefinition, where Kubernetes' rules differ a little
 */
public record ResourceType(
    String group,
    List<String> versions,
    String kind,
    String plural,
    List<String> shortNames,
    boolean namespaced,
    boolean custom) {

  public ResourceType {
    versions = List.copyOf(versions);
    shortNames = List.copyOf(shortNames);
    if (versions.isEmpty()) {
      throw new IllegalArgumentException(kind + ": no served version (expected: at least one)");
    }
  }

  /** {@code v1}, {@code networking.istio.io/v1}. */
  public String apiVersion(String version) {
    return group.isEmpty() ? version : group + "/" + version;
  }

  /** In the preferred version. */
  public String apiVersion() {
    return apiVersion(versions.getFirst());
  }

  /** As error messages name it: {@code pods}, {@code virtualservices.networking.istio.io}. */
  String qualifiedPlural() {
    return group.isEmpty() ? plural : plural + "." + group;
  }

  /** As validation messages name it: {@code Pod}, {@code VirtualService.networking.istio.io}. */
  String qualifiedKind() {
    return group.isEmpty() ? kind : kind + "." + group;
  }

  @Override
  public String toString() {
    return qualifiedPlural();
  }
}
