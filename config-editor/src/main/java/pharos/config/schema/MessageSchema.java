package pharos.config.schema;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An object with known fields.
 *
 * @param fields by name as written, aliases included; in the order of the catalogue
 * @param groups of which at most one member may be set
 * @param gone fields that no longer do anything
 * @param open whether other fields are accepted
 */
public record MessageSchema(
    String name,
    Map<String, Field> fields,
    List<Group> groups,
    Map<String, Gone> gone,
    boolean open) {
  public MessageSchema {
    fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    groups = List.copyOf(groups);
    gone = Map.copyOf(gone);
  }

  /** Fields that exclude each other. */
  public record Group(List<String> members) {
    public Group {
      members = List.copyOf(members);
    }
  }

  /**
   * A field that no longer does anything.
   *
   * @param replacement what to write instead
   */
  public record Gone(String name, String replacement, String why) {}
}
