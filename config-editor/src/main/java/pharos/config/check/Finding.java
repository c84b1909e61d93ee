package pharos.config.check;

import org.jspecify.annotations.Nullable;
import pharos.config.resource.Node;
import pharos.config.resource.Path;
import pharos.config.resource.Place;
import pharos.config.resource.Resource;

/**
 * One thing that is wrong, where, and who says so.
 *
 * @param resource the object it is about; null when it is about none
 * @param message the filled template
 * @param path the place inside the object; {@link Path#ROOT} when it is about the whole object
 * @param check name of the check, as {@code --only} takes it
 */
public record Finding(
    MessageType type, @Nullable Resource resource, String message, Path path, String check) {

  /** A finding at a path of an object. */
  public static Finding at(
      Resource resource, Path path, String check, MessageType type, Object... arguments) {
    return new Finding(type, resource, type.text(arguments), path, check);
  }

  /** Where it stands in its file; null without an object. */
  public @Nullable Place place() {
    return resource == null ? null : resource.placeOf(path);
  }

  /** As istioctl names the object; empty without one. */
  public String origin() {
    return resource == null ? "" : resource.key().origin();
  }

  /**
   * {@code file:line} of the finding; empty for live objects. JSON files are named without a line,
   * as istioctl does.
   */
  public String reference() {
    if (resource == null || resource.source().file().isEmpty()) {
      return "";
    }
    String file = resource.source().file();
    if (file.endsWith(".json")) {
      return file;
    }
    boolean scalar = !path.steps().isEmpty() && resource.root().at(path) instanceof Node.Scalar;
    int line = scalar ? resource.placeOf(path).line() : resource.source().line();
    return file + ":" + line;
  }
}
