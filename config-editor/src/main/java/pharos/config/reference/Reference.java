package pharos.config.reference;

import java.util.List;
import pharos.config.resource.Path;
import pharos.config.resource.ResourceKey;

/**
 * One place where an object names others.
 *
 * @param from the object that names
 * @param path where it does
 * @param role what for
 * @param text as it is written, or the selector in words
 * @param to what is meant; empty when nothing in the snapshot is
 * @param wanted the kind that is looked for, for a reference that leads nowhere
 */
public record Reference(
    ResourceKey from,
    Path path,
    Role role,
    String text,
    List<ResourceKey> to,
    ResourceKey.Kind wanted) {
  public Reference {
    to = List.copyOf(to);
  }

  /** What a name is used for. */
  public enum Role {
    GATEWAY("gateway"),
    HOST("host"),
    DESTINATION("destination"),
    SUBSET("subset"),
    MIRROR("mirror"),
    DELEGATE("delegate"),
    WORKLOADS("workloads"),
    CERTIFICATE("certificate"),
    PARENT("parent"),
    BACKEND("backend"),
    TARGET("target"),
    CLASS("class"),
    EGRESS("egress");

    private final String wireName;

    Role(String wireName) {
      this.wireName = wireName;
    }

    /** As APIs name it. */
    public String wireName() {
      return wireName;
    }
  }
}
