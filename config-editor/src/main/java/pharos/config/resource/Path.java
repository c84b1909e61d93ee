package pharos.config.resource;

import java.util.ArrayList;
import java.util.List;

/**
 * A way into a document: {@code spec.http[0].match[1].uri}. Printed as istioctl and Kubernetes
 * print field paths.
 */
public record Path(List<Step> steps) {
  /** The document itself. */
  public static final Path ROOT = new Path(List.of());

  public Path {
    steps = List.copyOf(steps);
  }

  /** One step down. */
  public sealed interface Step {}

  /** Into an object. */
  public record Key(String name) implements Step {}

  /** Into an array. */
  public record Index(int position) implements Step {}

  /**
   * A path from keys and indices.
   *
   * @param steps texts and integers
   */
  public static Path of(Object... steps) {
    List<Step> list = new ArrayList<>(steps.length);
    for (Object step : steps) {
      list.add(
          switch (step) {
            case String name -> new Key(name);
            case Integer position -> new Index(position);
            default ->
                throw new IllegalArgumentException(
                    "path step %s (expected: a String or an Integer)".formatted(step));
          });
    }
    return new Path(list);
  }

  /** This path and one key more. */
  public Path key(String name) {
    return with(new Key(name));
  }

  /** This path and one index more. */
  public Path index(int position) {
    return with(new Index(position));
  }

  private Path with(Step step) {
    List<Step> longer = new ArrayList<>(steps.size() + 1);
    longer.addAll(steps);
    longer.add(step);
    return new Path(longer);
  }

  /** This path without its last step; the root's parent is the root. */
  public Path parent() {
    return steps.isEmpty() ? this : new Path(steps.subList(0, steps.size() - 1));
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (Step step : steps) {
      switch (step) {
        case Key key -> text.append(text.isEmpty() ? "" : ".").append(key.name());
        case Index index -> text.append('[').append(index.position()).append(']');
      }
    }
    return text.toString();
  }
}
