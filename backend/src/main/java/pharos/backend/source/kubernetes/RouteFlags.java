package pharos.backend.source.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.EnumSet;
import java.util.Set;
import pharos.graph.sample.Inventory.ConfigFlag;

/** What a route or a destination rule does to traffic, in badges. */
final class RouteFlags {
  private RouteFlags() {}

  static Set<ConfigFlag> ofVirtualService(JsonNode spec) {
    Set<ConfigFlag> flags = EnumSet.of(ConfigFlag.VIRTUAL_SERVICE);
    for (JsonNode rule : spec.path("http")) {
      set(flags, ConfigFlag.REQUEST_ROUTING, !rule.path("match").isEmpty());
      set(flags, ConfigFlag.TRAFFIC_SHIFTING, rule.path("route").size() > 1);
      set(flags, ConfigFlag.REQUEST_TIMEOUT, rule.has("timeout"));
      set(flags, ConfigFlag.FAULT_INJECTION, !rule.path("fault").isEmpty());
      set(
          flags,
          ConfigFlag.MIRRORING,
          !rule.path("mirror").isEmpty() || !rule.path("mirrors").isEmpty());
    }
    for (String protocol : new String[] {"tcp", "tls"}) {
      for (JsonNode rule : spec.path(protocol)) {
        set(flags, ConfigFlag.TCP_TRAFFIC_SHIFTING, rule.path("route").size() > 1);
      }
    }
    return flags;
  }

  static Set<ConfigFlag> ofGatewayApiRoute(String kind, JsonNode spec) {
    Set<ConfigFlag> flags = EnumSet.noneOf(ConfigFlag.class);
    for (JsonNode rule : spec.path("rules")) {
      boolean split = rule.path("backendRefs").size() > 1;
      if (kind.equals("TCPRoute")) {
        set(flags, ConfigFlag.TCP_TRAFFIC_SHIFTING, split);
        continue;
      }
      set(flags, ConfigFlag.TRAFFIC_SHIFTING, split);
      set(flags, ConfigFlag.REQUEST_TIMEOUT, !rule.path("timeouts").isEmpty());
      for (JsonNode match : rule.path("matches")) {
        set(flags, ConfigFlag.REQUEST_ROUTING, !matchesAll(match));
      }
      for (JsonNode filter : rule.path("filters")) {
        set(flags, ConfigFlag.MIRRORING, filter.path("type").asText().equals("RequestMirror"));
      }
    }
    return flags;
  }

  /** The match that the API server fills in where there is none: any path. */
  private static boolean matchesAll(JsonNode match) {
    JsonNode path = match.path("path");
    return match.isEmpty()
        || (match.size() == 1
            && path.path("type").asText("PathPrefix").equals("PathPrefix")
            && path.path("value").asText("/").equals("/")
            && !path.isMissingNode());
  }

  /** Limits on connections, or ejection of hosts, anywhere in a destination rule. */
  static boolean hasCircuitBreaker(JsonNode spec) {
    if (breaks(spec.path("trafficPolicy"))) {
      return true;
    }
    for (JsonNode subset : spec.path("subsets")) {
      if (breaks(subset.path("trafficPolicy"))) {
        return true;
      }
    }
    return false;
  }

  private static boolean breaks(JsonNode policy) {
    if (policy.has("connectionPool") || policy.has("outlierDetection")) {
      return true;
    }
    for (JsonNode port : policy.path("portLevelSettings")) {
      if (port.has("connectionPool") || port.has("outlierDetection")) {
        return true;
      }
    }
    return false;
  }

  private static void set(Set<ConfigFlag> flags, ConfigFlag flag, boolean on) {
    if (on) {
      flags.add(flag);
    }
  }
}
