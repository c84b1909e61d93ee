package pharos.backend.demo.apiserver;

/**
 * One request on a resource, as access control and faults see it.
 *
 * @param user from {@code Impersonate-User} or the bearer token; {@code system:anonymous} without
 * @param verb {@code get}, {@code list}, {@code watch}, {@code create}, {@code update}, {@code
 *     patch} or {@code delete}
 * @param namespace empty for the whole cluster
 * @param name empty for a collection
 * @param subresource empty, or {@code status}
 */
public record Call(
    String user,
    String verb,
    ResourceType type,
    String namespace,
    String name,
    String subresource,
    boolean dryRun) {

  /** Whether the call would change what is stored. */
  public boolean mutating() {
    return !dryRun
        && switch (verb) {
          case "get", "list", "watch" -> false;
          default -> true;
        };
  }
}
