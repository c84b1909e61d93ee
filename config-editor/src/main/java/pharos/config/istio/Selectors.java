package pharos.config.istio;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import pharos.config.resource.Fields;
import pharos.config.resource.Node;

/** Label selectors (analysis catalog 4.5). */
public final class Selectors {
  private Selectors() {}

  /**
   * Whether every pair of the selector is among the labels; an empty selector matches everything.
   */
  public static boolean matches(Map<String, String> selector, Map<String, String> labels) {
    return labels.entrySet().containsAll(selector.entrySet());
  }

  /** The selector as Kubernetes prints it: pairs by key, joined with commas. */
  public static String text(Map<String, String> selector) {
    return new TreeMap<>(selector)
        .entrySet().stream()
            .map(pair -> pair.getKey() + "=" + pair.getValue())
            .collect(Collectors.joining(","));
  }

  /**
   * A full LabelSelector with {@code matchLabels} and {@code matchExpressions}; a missing one
   * matches everything.
   */
  public static boolean matchesSelector(@Nullable Node selector, Map<String, String> labels) {
    if (!matches(Fields.map(selector, "matchLabels"), labels)) {
      return false;
    }
    for (Node expression : Fields.items(selector, "matchExpressions")) {
      String value = labels.get(Fields.text(expression, "key"));
      List<String> values = Fields.texts(expression, "values");
      boolean holds =
          switch (Fields.text(expression, "operator")) {
            case "In" -> value != null && values.contains(value);
            case "NotIn" -> value == null || !values.contains(value);
            case "Exists" -> value != null;
            case "DoesNotExist" -> value == null;
            default -> false;
          };
      if (!holds) {
        return false;
      }
    }
    return true;
  }
}
