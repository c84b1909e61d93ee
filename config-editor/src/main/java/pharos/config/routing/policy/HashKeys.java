package pharos.config.routing.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import pharos.config.istio.view.DestinationRule;
import pharos.config.istio.view.DestinationRule.Setting;
import pharos.config.istio.view.DestinationRule.Subset;
import pharos.config.istio.view.DestinationRule.TrafficPolicy;
import pharos.config.resource.Fields;
import pharos.config.resource.Node;

/** What requests are hashed by, for people (R-HTTP-93, R-HTTP-94). */
public final class HashKeys {
  private HashKeys() {}

  /**
   * The key of a destination; empty for none. It is looked for in another order than the policy of
   * the cluster is.
   *
   * @param subset null for none
   * @param port as the destination names it; 0 when it names none
   */
  public static List<String> of(MergedRule rule, @Nullable Subset subset, int port) {
    List<@Nullable Setting> places = new ArrayList<>();
    addPlaces(subset == null ? null : subset.policy(), port, places);
    addPlaces(rule.policy(), port, places);
    for (Setting place : places) {
      Node hash = place == null ? null : Fields.node(place.value(), "consistentHash");
      if (hash != null) {
        String key = key(hash);
        return key.isEmpty() ? List.of() : List.of(key);
      }
    }
    return List.of();
  }

  private static void addPlaces(
      @Nullable TrafficPolicy policy, int port, List<@Nullable Setting> places) {
    if (policy == null) {
      return;
    }
    if (port != 0) {
      places.add(policy.ports().getOrDefault(port, Map.of()).get(DestinationRule.LOAD_BALANCER));
    }
    places.add(policy.settings().get(DestinationRule.LOAD_BALANCER));
  }

  /** The key of a {@code consistentHash}; empty when it names none. */
  static String key(Node hash) {
    if (Fields.has(hash, "httpHeaderName")) {
      return "header " + Fields.text(hash, "httpHeaderName");
    }
    if (Fields.has(hash, "httpCookie")) {
      return cookie(hash);
    }
    if (Fields.flag(hash, "useSourceIp")) {
      return "source IP";
    }
    return Fields.has(hash, "httpQueryParameterName")
        ? "query parameter " + Fields.text(hash, "httpQueryParameterName")
        : "";
  }

  private static String cookie(Node hash) {
    List<String> more = new ArrayList<>();
    for (String part : List.of("path", "ttl")) {
      String value = Fields.text(hash, "httpCookie", part);
      if (!value.isEmpty()) {
        more.add(part + " " + value);
      }
    }
    for (Node attribute : Fields.items(hash, "httpCookie", "attributes")) {
      more.add(Fields.text(attribute, "name") + " " + Fields.text(attribute, "value"));
    }
    return "cookie "
        + Fields.text(hash, "httpCookie", "name")
        + (more.isEmpty() ? "" : " (" + String.join(", ", more) + ")");
  }
}
