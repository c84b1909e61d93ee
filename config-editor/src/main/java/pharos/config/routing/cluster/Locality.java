package pharos.config.routing.cluster;

import java.util.HashMap;
import java.util.Map;

/**
 * Where something runs; parts that nobody knows are empty.
 *
 * @param subzone Istio's own level below zones
 */
record Locality(String region, String zone, String subzone) {
  static final String REGION = "topology.kubernetes.io/region";
  static final String ZONE = "topology.kubernetes.io/zone";
  static final String SUBZONE = "topology.istio.io/subzone";
  private static final String ANY = "*";

  /** Reads {@code region/zone/subzone}. */
  static Locality parse(String text) {
    String[] parts = text.split("/", 3);
    return new Locality(
        parts[0], parts.length > 1 ? parts[1] : "", parts.length > 2 ? parts[2] : "");
  }

  /** Whether a pattern of a setting covers it: parts that are left out or {@code *} are any. */
  boolean matches(String pattern) {
    Locality wanted = parse(pattern);
    return (wanted.region.equals(ANY) || wanted.region.equals(region))
        && (wanted.zone.isEmpty() || wanted.zone.equals(ANY) || wanted.zone.equals(zone))
        && (wanted.subzone.isEmpty()
            || wanted.subzone.equals(ANY)
            || wanted.subzone.equals(subzone));
  }

  /** R-DR-43: 0 for the same subzone, 1 for the same zone, 2 for the same region, else 3. */
  int distance(Locality other) {
    if (!region.equals(other.region)) {
      return 3;
    }
    if (!zone.equals(other.zone)) {
      return 2;
    }
    return subzone.equals(other.subzone) ? 0 : 1;
  }

  /** A proxy's labels with those that Istio derives from where it runs. */
  Map<String, String> augment(Map<String, String> labels) {
    Map<String, String> all = new HashMap<>(labels);
    all.put(REGION, region);
    all.put(ZONE, zone);
    all.put(SUBZONE, subzone);
    all.values().removeIf(String::isEmpty);
    return all;
  }
}
