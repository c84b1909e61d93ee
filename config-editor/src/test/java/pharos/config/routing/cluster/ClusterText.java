package pharos.config.routing.cluster;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import pharos.config.resource.Node;
import pharos.config.resource.ResourceKey;
import pharos.config.routing.effective.Cluster;
import pharos.config.routing.effective.Ignored;

/** A cluster as a person reads it. */
final class ClusterText {
  private ClusterText() {}

  static String of(@Nullable Cluster cluster) {
    if (cluster == null) {
      return "  there is none\n";
    }
    StringBuilder text = new StringBuilder("  " + cluster.type());
    Cluster.Policy policy = cluster.policy();
    if (policy.destinationRule() != null) {
      text.append(" by ").append(name(policy.destinationRule()));
      if (policy.mergedFrom().size() > 1) {
        text.append(
            policy.mergedFrom().stream()
                .map(ClusterText::name)
                .collect(Collectors.joining(" + ", " = ", "")));
      }
    }
    if (!policy.subsetLabels().isEmpty()) {
      text.append(" of ").append(new TreeMap<>(policy.subsetLabels()));
    }
    text.append('\n');
    new TreeMap<>(policy.blocks())
        .forEach((field, block) ->
            text.append(
                "  %s %s  # %s %s, %s%n"
                    .formatted(
                        field,
                        json(Node.plain(block.value())),
                        block.source() == null ? "mesh" : name(block.source()),
                        block.path(),
                        block.level().name().toLowerCase(Locale.ROOT).replace('_', ' '))));
    for (Cluster.Endpoint one : cluster.endpoints()) {
      text.append(
          "  - %s:%d%s%s%s%s%n"
              .formatted(
                  one.address(),
                  one.port(),
                  one.workload().isEmpty() ? "" : " " + one.workload(),
                  one.locality().isEmpty() ? "" : " @" + one.locality(),
                  (one.priority() == 0 ? "" : " priority " + one.priority())
                      + (one.weight() == 1 ? "" : " weight " + one.weight()),
                  one.ready() ? "" : " not ready"));
    }
    return text + ignored(policy.ignored());
  }

  static String ignored(List<Ignored> all) {
    StringBuilder text = new StringBuilder();
    for (Ignored one : all) {
      text.append(
          "  ignored %s%s (%s): %s%n"
              .formatted(
                  name(one.origin().object()),
                  one.origin().path().steps().isEmpty() ? "" : " " + one.origin().path(),
                  one.rule(),
                  one.reason()));
    }
    return text.toString();
  }

  private static String name(ResourceKey key) {
    return key.namespace() + "/" + key.name();
  }

  private static String json(@Nullable Object value) {
    return switch (value) {
      case Map<?, ?> map ->
          map.entrySet().stream()
              .map(entry -> entry.getKey() + ": " + json(entry.getValue()))
              .collect(Collectors.joining(", ", "{", "}"));
      case List<?> list ->
          list.stream().map(ClusterText::json).collect(Collectors.joining(", ", "[", "]"));
      case null, default -> String.valueOf(value);
    };
  }
}
