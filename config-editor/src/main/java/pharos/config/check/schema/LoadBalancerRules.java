package pharos.config.check.schema;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import pharos.config.resource.Fields;
import pharos.config.resource.Node;
import pharos.config.resource.Path;

/** A load balancer (analysis catalog 6.3.3). */
final class LoadBalancerRules {
  private static final Set<String> TOPOLOGY =
      Set.of(
          "topology.kubernetes.io/region",
          "topology.kubernetes.io/zone",
          "topology.istio.io/subzone");

  private LoadBalancerRules() {}

  static void apply(
      @Nullable Node balancer, boolean outlierDetection, Path path, Verdicts verdicts) {
    if (balancer == null) {
      return;
    }
    consistentHash(Fields.node(balancer, "consistentHash"), path.key("consistentHash"), verdicts);
    Node locality = Fields.node(balancer, "localityLbSetting");
    Node zone = Fields.node(balancer, "zoneAwareLbSetting");
    verdicts.errorIf(
        locality != null && zone != null,
        path,
        "only one of localityLbSetting and zoneAwareLbSetting can be set");
    locality(locality, outlierDetection, path.key("localityLbSetting"), verdicts);
    zoneAware(zone, outlierDetection, path.key("zoneAwareLbSetting"), verdicts);
    warmup(Fields.node(balancer, "warmup"), path.key("warmup"), verdicts);
  }

  private static void consistentHash(@Nullable Node hash, Path path, Verdicts verdicts) {
    Node cookie = Fields.node(hash, "httpCookie");
    if (cookie != null) {
      Path at = path.key("httpCookie");
      verdicts.errorIf(
          Fields.text(cookie, "name").isEmpty(), at.key("name"), "name required for HttpCookie");
      Set<String> names = new HashSet<>();
      for (Node attribute : Fields.items(cookie, "attributes")) {
        String name = Fields.text(attribute, "name");
        verdicts.errorIf(name.isEmpty(), at, "cookie attribute name cannot be empty");
        verdicts.errorIf(!names.add(name), at, "duplicate cookie attribute name: " + name);
      }
    }
    if (Fields.number(hash, "minimumRingSize") != 0) {
      verdicts.warning(
          path.key("minimumRingSize"),
          "consistent hash MinimumRingSize is deprecated, use ConsistentHashLB's RingHash"
              + " configuration instead");
      verdicts.errorIf(
          Fields.has(hash, "ringHash") || Fields.has(hash, "maglev"),
          path,
          "only one of MinimumRingSize or Maglev/Ringhash can be specified");
    }
    if (Fields.has(hash, "maglev")) {
      long size = Fields.number(hash, "maglev", "tableSize");
      Path at = path.key("maglev").key("tableSize");
      verdicts.errorIf(size == 0, at, "tableSize must be set for maglev");
      verdicts.errorIf(size >= 5_000_011, at, "tableSize must be less than 5000011 for maglev");
      verdicts.errorIf(!isPrime(size), at, "tableSize must be a prime number for maglev");
    }
  }

  /** 1 counts as prime, 0 does not, as upstream. */
  private static boolean isPrime(long number) {
    if (number <= 0) {
      return false;
    }
    for (long divisor = 2; divisor * divisor <= number; divisor++) {
      if (number % divisor == 0) {
        return false;
      }
    }
    return true;
  }

  private static void locality(
      @Nullable Node locality, boolean outlierDetection, Path path, Verdicts verdicts) {
    if (locality == null) {
      return;
    }
    List<Node> distribute = Fields.items(locality, "distribute");
    List<Node> failover = Fields.items(locality, "failover");
    List<String> priority = Fields.texts(locality, "failoverPriority");
    if (!distribute.isEmpty() && !failover.isEmpty()) {
      verdicts.error(path, "can not simultaneously specify 'distribute' and 'failover'");
      return;
    }
    if (!failover.isEmpty()) {
      for (String label : priority) {
        String key = label.contains("=") ? label.substring(0, label.indexOf('=')) : label;
        if (TOPOLOGY.contains(key)) {
          verdicts.error(
              path,
              "can not simultaneously set 'failover' and topology label '%s' in 'failover_priority'"
                  .formatted(label));
          return;
        }
      }
    }
    if (!distributes(distribute, path.key("distribute"), verdicts)) {
      return;
    }
    verdicts.warningIf(
        !outlierDetection && (!failover.isEmpty() || !priority.isEmpty()),
        path,
        "outlier detection policy must be provided for failover");
    for (Node entry : failover) {
      failover(
          entry,
          path.key("failover"),
          "locality lb failover settings must specify different regions",
          "locality lb failover only specify region",
          "locality lb failover region should not contain '*' wildcard",
          verdicts);
    }
  }

  private static boolean distributes(List<Node> distribute, Path path, Verdicts verdicts) {
    List<String> sources = new ArrayList<>();
    for (Node entry : distribute) {
      sources.add(Fields.text(entry, "from"));
      long total = 0;
      List<String> targets = new ArrayList<>();
      for (Map.Entry<String, Node> target : Fields.entries(entry, "to").entrySet()) {
        long weight = Fields.number(target.getValue());
        targets.add(target.getKey());
        if (weight <= 0 || weight > 100) {
          verdicts.error(path, "locality weight must be in range [1, 100]");
          return false;
        }
        total += weight;
      }
      if (total != 100) {
        verdicts.error(path, "total locality weight %d != 100".formatted(total));
        return false;
      }
      verdicts.errorIf(path, localities(targets));
    }
    verdicts.errorIf(path, localities(sources));
    return true;
  }

  /** The first thing wrong with a list of localities {@code region/zone/subzone}, or null. */
  private static @Nullable String localities(List<String> localities) {
    Map<String, Map<String, Set<String>>> seen = new HashMap<>();
    boolean everything = false;
    for (String locality : localities) {
      long stars = locality.chars().filter(c -> c == '*').count();
      if (stars > 1 || (stars == 1 && !locality.endsWith("*"))) {
        return "locality %s wildcard '*' number can not exceed 1 and must be in the end"
            .formatted(locality);
      }
      String overlap = "locality %s overlap with previous specified ones".formatted(locality);
      if (everything) {
        return overlap;
      }
      if (locality.equals("*")) {
        everything = true;
        continue;
      }
      String[] parts = locality.split("/", -1);
      for (String part : parts) {
        if (part.isEmpty()) {
          return "locality %s must not contain empty region/zone/subzone info".formatted(locality);
        }
      }
      if (overlaps(parts, seen)) {
        return overlap;
      }
    }
    return null;
  }

  private static boolean overlaps(String[] parts, Map<String, Map<String, Set<String>>> seen) {
    boolean region = seen.containsKey(parts[0]);
    Map<String, Set<String>> zones = seen.computeIfAbsent(parts[0], _ -> new HashMap<>());
    if (parts.length == 1) {
      zones.put("*", new HashSet<>());
      return region;
    }
    if (zones.containsKey("*")) {
      return true;
    }
    boolean zone = zones.containsKey(parts[1]);
    Set<String> subzones = zones.computeIfAbsent(parts[1], _ -> new HashSet<>());
    if (parts.length == 2) {
      subzones.add("*");
      return zone;
    }
    return subzones.contains("*") || !subzones.add(parts[2]);
  }

  private static void zoneAware(
      @Nullable Node zone, boolean outlierDetection, Path path, Verdicts verdicts) {
    if (zone == null) {
      return;
    }
    List<Node> failover = Fields.items(zone, "failover");
    List<String> priority = Fields.texts(zone, "failoverPriority");
    for (String label : priority) {
      verdicts.errorIf(
          TOPOLOGY.contains(label.contains("=") ? label.substring(0, label.indexOf('=')) : label),
          path,
          ("'failover_priority' for zone aware lb must not use topology label '%s'; region- and"
                  + " zone-level routing are handled automatically")
              .formatted(label));
    }
    verdicts.warningIf(
        !outlierDetection && (!failover.isEmpty() || !priority.isEmpty()),
        path,
        "outlier detection policy must be provided for failover");
    for (Node entry : failover) {
      failover(
          entry,
          path.key("failover"),
          "zone aware lb failover settings must specify different regions",
          "zone aware lb failover only specifies region; zone and subzone failover are handled"
              + " automatically",
          "zone aware lb failover region should not contain '*' wildcard",
          verdicts);
    }
  }

  private static void failover(
      Node entry, Path path, String same, String regionOnly, String wildcard, Verdicts verdicts) {
    String from = Fields.text(entry, "from");
    String to = Fields.text(entry, "to");
    verdicts.errorIf(from.equals(to), path, same);
    verdicts.errorIf(from.contains("/") || to.contains("/"), path, regionOnly);
    verdicts.errorIf(from.contains("*") || to.contains("*"), path, wildcard);
  }

  private static void warmup(@Nullable Node warmup, Path path, Verdicts verdicts) {
    if (warmup == null) {
      return;
    }
    Node duration = Fields.node(warmup, "duration");
    verdicts.errorIf(duration == null, path, "duration is required");
    verdicts.errorIf(path.key("duration"), Values.duration(duration));
    verdicts.errorIf(
        Values.decimal(warmup, "minimumPercent") > 100,
        path.key("minimumPercent"),
        "minimumPercent value should be less than or equal to 100");
    verdicts.errorIf(
        Fields.has(warmup, "aggression") && Values.decimal(warmup, "aggression") <= 0,
        path.key("aggression"),
        "aggression should be greater than 0");
  }
}
