package pharos.config.hostile;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import pharos.config.resource.Node;
import pharos.config.resource.Path;
import pharos.config.resource.Resource;

/** Puts a value of another type at a random position of a valid object. */
final class WrongTypes {
  private static final List<String> VALUES =
      List.of(
          "null",
          "0",
          "-1",
          "1e300",
          "1.5",
          "true",
          "\"\"",
          "\"x\"",
          "\"*\"",
          "\"/\"",
          "\".\"",
          "[]",
          "{}",
          "[[]]",
          "[null]",
          "[{}]",
          "{\"\": null}",
          "{\"a\": {\"b\": []}}",
          "9223372036854775807",
          "\"-\"",
          "\"\\u0000\"",
          "[0, \"a\", null, {}, []]",
          "\"%s%d\"");

  private final RandomGenerator random;

  WrongTypes(RandomGenerator random) {
    this.random = random;
  }

  String in(Resource resource) {
    List<Path> paths = new ArrayList<>();
    collect(resource.root(), Path.ROOT, paths);
    List<Path> chosen = new ArrayList<>();
    for (int i = random.nextInt(3); i >= 0; i--) {
      chosen.add(paths.get(random.nextInt(paths.size())));
    }
    StringBuilder text = new StringBuilder();
    print(resource.root(), Path.ROOT, chosen, text);
    return text.toString();
  }

  private static void collect(Node node, Path path, List<Path> paths) {
    paths.add(path);
    switch (node) {
      case Node.Mapping mapping ->
          mapping.entries().forEach((key, entry) -> collect(entry.value(), path.key(key), paths));
      case Node.Sequence sequence -> {
        for (int i = 0; i < sequence.items().size(); i++) {
          collect(sequence.items().get(i), path.index(i), paths);
        }
      }
      case Node.Scalar _ -> {}
    }
  }

  private void print(Node node, Path path, List<Path> chosen, StringBuilder text) {
    if (chosen.contains(path)) {
      text.append(VALUES.get(random.nextInt(VALUES.size())));
      return;
    }
    switch (node) {
      case Node.Mapping mapping -> {
        text.append('{');
        mapping
            .entries()
            .forEach((key, entry) -> {
              text.append('"').append(key).append("\": ");
              print(entry.value(), path.key(key), chosen, text);
              text.append(", ");
            });
        text.append('}');
      }
      case Node.Sequence sequence -> {
        text.append('[');
        for (int i = 0; i < sequence.items().size(); i++) {
          print(sequence.items().get(i), path.index(i), chosen, text);
          text.append(", ");
        }
        text.append(']');
      }
      case Node.Scalar scalar ->
          text.append(
              scalar.value() instanceof String string
                  ? "'" + string.replace("'", "''") + "'"
                  : scalar.text());
    }
  }
}
