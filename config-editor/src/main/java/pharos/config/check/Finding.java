package pharos.config.check;

import java.util.List;
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
 * @param target whether it is about the value of the path or about the key that leads to it
 * @param fixes what would correct it, best first; empty when nothing is certain
 */
public record Finding(
    MessageType type,
    @Nullable Resource resource,
    String message,
    Path path,
    String check,
    Target target,
    List<Fix> fixes) {

  /** What of a path a finding points at. */
  public enum Target {
    VALUE,
    KEY
  }

  public Finding {
    fixes = List.copyOf(fixes);
  }

  /** A finding about a value, without a fix. */
  public Finding(
      MessageType type, @Nullable Resource resource, String message, Path path, String check) {
    this(type, resource, message, path, check, Target.VALUE, List.of());
  }

  /** A finding at a path of an object. */
  public static Finding at(
      Resource resource, Path path, String check, MessageType type, Object... arguments) {
    return new Finding(type, resource, type.text(arguments), path, check);
  }

  /** A finding about the last key of a path of an object. */
  public static Finding atKey(
      Resource resource, Path path, String check, MessageType type, Object... arguments) {
    return new Finding(type, resource, type.text(arguments), path, check, Target.KEY, List.of());
  }

  /** This finding with these corrections. */
  public Finding withFixes(List<Fix> corrections) {
    return new Finding(type, resource, message, path, check, target, corrections);
  }

  /** Where it stands in its file; null without an object. */
  public @Nullable Place place() {
    if (resource == null) {
      return null;
    }
    Node.Mapping.Entry key = key();
    return key == null ? resource.placeOf(path) : key.keyStart();
  }

  /**
   * Where what it points at ends, on the line where it starts or on a later one; null without an
   * object, or when the path leads nowhere.
   */
  public @Nullable Place end() {
    Node.Mapping.Entry key = key();
    if (key != null) {
      return key.keyEnd();
    }
    Node node = resource == null ? null : resource.root().at(path);
    return node == null ? null : node.end();
  }

  private Node.Mapping.@Nullable Entry key() {
    return target == Target.KEY
            && resource != null
            && !path.steps().isEmpty()
            && path.steps().getLast() instanceof Path.Key last
            && resource.root().at(path.parent()) instanceof Node.Mapping parent
        ? parent.entries().get(last.name())
        : null;
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
    Node.Mapping.Entry key = key();
    boolean scalar = !path.steps().isEmpty() && resource.root().at(path) instanceof Node.Scalar;
    int line =
        key != null
            ? key.keyStart().line()
            : scalar ? resource.placeOf(path).line() : resource.source().line();
    return file + ":" + line;
  }
}
