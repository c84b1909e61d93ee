package pharos.config.edit;

import java.util.List;
import org.jspecify.annotations.Nullable;
import pharos.config.resource.Fields;
import pharos.config.resource.Manifest;
import pharos.config.resource.Node;
import pharos.config.resource.Resource;
import pharos.config.resource.ResourceKey;

/** What an edit comes to. */
public sealed interface Edited {
  /**
   * Objects that change, in an order in which no step breaks the one before; none when all is so
   * already.
   */
  record Changed(List<ObjectChange> objects) implements Edited {
    public Changed {
      objects = List.copyOf(objects);
    }
  }

  /** The objects do not allow it. */
  record Refused(String reason) implements Edited {}

  /**
   * One object.
   *
   * @param before null when the edit creates it
   * @param operations that lead from before to after; of a new object none
   */
  record ObjectChange(
      ResourceKey key, @Nullable Resource before, Resource after, List<Operation> operations) {
    public ObjectChange {
      operations = List.copyOf(operations);
    }

    /** As a JSON Patch that tests what it changes; null for an object to create. */
    public @Nullable String jsonPatch() {
      if (before == null) {
        return null;
      }
      String version = Fields.text(before.root(), "metadata", "resourceVersion");
      return Patches.json(operations, version.isEmpty() ? null : version);
    }

    /** As a JSON Merge Patch; null for an object to create. */
    public @Nullable String mergePatch() {
      return before == null ? null : Patches.merge(before.root(), after.root());
    }

    /** The object afterwards, as YAML. */
    public String yaml() {
      return Manifest.text(after);
    }

    /**
     * A text of the object, edited in place.
     *
     * @param text which {@code before} was read from
     */
    public String in(String text) {
      return before == null ? yaml() : EditedText.of(text, before, operations);
    }
  }

  /** The change of an object that exists. */
  static ObjectChange change(Resource before, Node.Mapping root, List<Operation> operations) {
    return new ObjectChange(
        before.key(),
        before,
        new Resource(before.key(), before.apiVersion(), root, before.source()),
        operations);
  }
}
