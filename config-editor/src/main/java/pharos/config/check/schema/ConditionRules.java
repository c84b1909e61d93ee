package pharos.config.check.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import pharos.config.resource.Fields;
import pharos.config.resource.Node;
import pharos.config.resource.Path;

/** {@code when} conditions of AuthorizationPolicies (analysis catalog 6.7). */
final class ConditionRules {
  private static final Set<String> NOT_CUSTOM =
      Set.of("source.namespace", "source.serviceAccount", "source.trustDomain", "source.principal");
  private static final Set<String> PLAIN =
      Set.of(
          "source.namespace",
          "source.principal",
          "request.auth.principal",
          "request.auth.audiences",
          "request.auth.presenter",
          "connection.sni");
  private static final Set<String> DEPRECATED =
      Set.of("source.user", "source.name", "request.auth.user");

  private ConditionRules() {}

  static void apply(Node condition, boolean custom, Path path, Verdicts verdicts) {
    String key = Fields.text(condition, "key");
    if (key.isEmpty()) {
      verdicts.error(path, "`key` must not be empty");
      return;
    }
    List<String> values = Fields.texts(condition, "values");
    List<String> notValues = Fields.texts(condition, "notValues");
    if (values.isEmpty() && notValues.isEmpty()) {
      verdicts.error(path, "at least one of `values` or `notValues` must be set for key " + key);
      return;
    }
    verdicts.errorIf(
        custom && (NOT_CUSTOM.contains(key) || key.startsWith("request.auth.")),
        path,
        key + " is currently not supported with CUSTOM action");
    for (String value : values) {
      report("value", key, value, path, verdicts);
    }
    for (String value : notValues) {
      report("notValue", key, value, path, verdicts);
    }
  }

  private static void report(String field, String key, String value, Path path, Verdicts verdicts) {
    String reason = problem(key, value);
    if (reason != null) {
      verdicts.error(path, "invalid `%s` for `key` %s: %s".formatted(field, key, reason));
    }
  }

  private static @Nullable String problem(String key, String value) {
    if (PLAIN.contains(key)) {
      return null;
    }
    List<String> indexed = new ArrayList<>(List.of("request.headers", "request.auth.claims"));
    for (String prefix : indexed) {
      if (key.startsWith(prefix)) {
        return bracketed(key) ? null : "bad key (%s): should have format a[b]".formatted(key);
      }
    }
    if (key.startsWith("experimental.envoy.filters.")) {
      return bracketed(key) ? null : "bad key (%s): should have format a[b]".formatted(key);
    }
    return switch (key) {
      case "source.ip", "remote.ip", "destination.ip" -> PolicyValues.ipBlock(value);
      case "destination.port" -> PolicyValues.port(value);
      case "source.serviceAccount" -> PolicyValues.serviceAccount(value, "source.serviceAccount");
      case "source.trustDomain" -> PolicyValues.trustDomain(value, "source.trustDomain");
      case "destination.namespace" ->
          "attribute destination.namespace is replaced by the metadata.namespace";
      default -> {
        if (key.startsWith("destination.labels") || key.equals("destination.name")) {
          yield "attribute %s is replaced by the workload selector".formatted(key);
        }
        yield DEPRECATED.contains(key) || key.startsWith("source.labels")
            ? "deprecated attribute %s: only supported in v1alpha1".formatted(key)
            : "unknown attribute: " + key;
      }
    };
  }

  private static boolean bracketed(String key) {
    int open = key.indexOf('[');
    return open > 0 && key.endsWith("]") && key.length() - open > 2;
  }
}
