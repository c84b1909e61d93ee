package pharos.config.edit;

import pharos.config.resource.Node;
import pharos.config.resource.Path;

/** One step of a change, as JSON Patch (RFC 6902) has them; it knows what it takes away. */
public sealed interface Operation {
  /** Where it works. */
  Path path();

  /** What takes it back, when it is applied right after it. */
  Operation inverse();

  /**
   * A new field of an object, or a new item of an array: before the one that has this index now, or
   * at the end.
   */
  record Add(Path path, Node value) implements Operation {
    @Override
    public Operation inverse() {
      return new Remove(path, value);
    }
  }

  /** Another value in place of one. */
  record Replace(Path path, Node before, Node value) implements Operation {
    @Override
    public Operation inverse() {
      return new Replace(path, value, before);
    }
  }

  /** A field or an item less. */
  record Remove(Path path, Node before) implements Operation {
    @Override
    public Operation inverse() {
      return new Add(path, before);
    }
  }
}
