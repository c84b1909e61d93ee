package pharos.backend.demo.apiserver;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A request path of the resource API.
 *
 * @param version as asked for; answers are in it
 * @param namespace empty for all namespaces or a cluster-scoped kind
 * @param name empty for a collection
 * @param subresource empty or {@code status}
 */
record ApiPath(
    ResourceType type, String version, String namespace, String name, String subresource) {

  /** Empty if nothing is served there. */
  static Optional<ApiPath> of(String path) {
    List<String> steps = Arrays.asList(path.substring(1).split("/", -1));
    if (steps.getFirst().equals("api") && steps.size() >= 3) {
      return of("", steps.get(1), steps.subList(2, steps.size()));
    }
    if (steps.getFirst().equals("apis") && steps.size() >= 4) {
      return of(steps.get(1), steps.get(2), steps.subList(3, steps.size()));
    }
    return Optional.empty();
  }

  private static Optional<ApiPath> of(String group, String version, List<String> rest) {
    if (rest.getFirst().equals("namespaces") && rest.size() >= 3) {
      Optional<ResourceType> inNamespace = ResourceTypes.at(group, version, rest.get(2));
      if (inNamespace.isPresent()) {
        return inNamespace
            .filter(ResourceType::namespaced)
            .flatMap(type -> named(type, version, rest.get(1), rest.subList(3, rest.size())));
      }
    }
    return ResourceTypes.at(group, version, rest.getFirst())
        .filter(type -> !type.namespaced() || rest.size() == 1)
        .flatMap(type -> named(type, version, "", rest.subList(1, rest.size())));
  }

  private static Optional<ApiPath> named(
      ResourceType type, String version, String namespace, List<String> rest) {
    if (rest.isEmpty()) {
      return Optional.of(new ApiPath(type, version, namespace, "", ""));
    }
    if (rest.size() == 1) {
      return Optional.of(new ApiPath(type, version, namespace, rest.getFirst(), ""));
    }
    return rest.size() == 2 && rest.getLast().equals("status")
        ? Optional.of(new ApiPath(type, version, namespace, rest.getFirst(), "status"))
        : Optional.empty();
  }
}
