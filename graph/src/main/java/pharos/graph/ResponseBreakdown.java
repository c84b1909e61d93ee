package pharos.graph;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How requests ended: by code, and within a code by Envoy's response flags and by host asked for.
 * Codes are HTTP's or gRPC's; {@code -} means no response. TCP has one code, {@code -}.
 *
 * @param codes by code, in the order of strings
 */
public record ResponseBreakdown(SortedMap<String, Code> codes) {

  /** Nothing was answered. */
  public static final ResponseBreakdown NONE = new ResponseBreakdown(new TreeMap<>());

  public ResponseBreakdown {
    codes = Collections.unmodifiableSortedMap(new TreeMap<>(codes));
  }

  /**
   * Both maps split the same requests; each value is in percent of all requests of the edge.
   *
   * @param flags by Envoy's response flags, {@code -} for none
   * @param hosts by {@code destination_service}
   */
  public record Code(SortedMap<String, Double> flags, SortedMap<String, Double> hosts) {
    public Code {
      flags = Collections.unmodifiableSortedMap(new TreeMap<>(flags));
      hosts = Collections.unmodifiableSortedMap(new TreeMap<>(hosts));
    }

    public Code(Map<String, Double> flags, Map<String, Double> hosts) {
      this(new TreeMap<>(flags), new TreeMap<>(hosts));
    }
  }
}
