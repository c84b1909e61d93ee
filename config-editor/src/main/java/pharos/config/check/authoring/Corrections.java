package pharos.config.check.authoring;

import org.jspecify.annotations.Nullable;
import pharos.config.check.Fix;
import pharos.config.resource.Node;
import pharos.config.resource.Path;
import pharos.config.resource.Resource;

/** Fixes that write another key or value in place of one. */
final class Corrections {
  private Corrections() {}

  /** Another value on the same line; null when the value spans lines or is none. */
  static @Nullable Fix value(Resource resource, Path path, String text) {
    return resource.root().at(path) instanceof Node.Scalar scalar
            && scalar.start().line() == scalar.end().line()
            && scalar.end().offset() > scalar.start().offset()
        ? Fix.replace("Change to " + text, scalar.start(), scalar.end(), text)
        : null;
  }

  /** Another key; null when the object already has that key. */
  static @Nullable Fix key(Resource resource, Path path, String name) {
    if (!(path.steps().getLast() instanceof Path.Key last)
        || !(resource.root().at(path.parent()) instanceof Node.Mapping parent)
        || parent.entries().containsKey(name)) {
      return null;
    }
    Node.Mapping.Entry entry = parent.entries().get(last.name());
    return entry == null
        ? null
        : Fix.replace("Rename to " + name, entry.keyStart(), entry.keyEnd(), name);
  }
}
