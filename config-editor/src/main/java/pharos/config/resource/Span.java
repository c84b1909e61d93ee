package pharos.config.resource;

import org.jspecify.annotations.Nullable;

/**
 * A stretch of a text: what an editor underlines.
 *
 * @param start its first character
 * @param end just after its last character
 */
public record Span(Place start, Place end) {

  /**
   * What to underline for a path: a scalar itself; the key of an object or array, because its whole
   * block would say nothing. Of a path that leads nowhere, the nearest ancestor counts.
   */
  public static Span of(Node root, Path path) {
    Path nearest = path;
    while (root.at(nearest) == null) {
      nearest = nearest.parent();
    }
    for (Path at = nearest; ; at = at.parent()) {
      Node node = root.at(at);
      if (node instanceof Node.Scalar || (node != null && isSmall(node))) {
        return new Span(node.start(), node.end());
      }
      if (at.steps().isEmpty()) {
        return firstKey(root);
      }
      if (at.steps().getLast() instanceof Path.Key key
          && root.at(at.parent()) instanceof Node.Mapping parent) {
        Node.Mapping.Entry entry = parent.entries().get(key.name());
        if (entry != null) {
          return new Span(entry.keyStart(), entry.keyEnd());
        }
      }
      if (node instanceof Node.Mapping item && !item.entries().isEmpty()) {
        return firstKey(item); // an item of an array: its first key stands beside the dash
      }
    }
  }

  /** The key under which a path's value stands, or null when the path does not end in a key. */
  public static @Nullable Span ofKey(Node root, Path path) {
    if (!path.steps().isEmpty()
        && path.steps().getLast() instanceof Path.Key key
        && root.at(path.parent()) instanceof Node.Mapping parent) {
      Node.Mapping.Entry entry = parent.entries().get(key.name());
      return entry == null ? null : new Span(entry.keyStart(), entry.keyEnd());
    }
    return null;
  }

  /** A collection within one line, as {@code {}} or {@code [a, b]}. */
  private static boolean isSmall(Node node) {
    return node.start().line() == node.end().line();
  }

  private static Span firstKey(Node node) {
    if (node instanceof Node.Mapping mapping && !mapping.entries().isEmpty()) {
      Node.Mapping.Entry first = mapping.entries().values().iterator().next();
      return new Span(first.keyStart(), first.keyEnd());
    }
    return new Span(node.start(), node.start());
  }
}
