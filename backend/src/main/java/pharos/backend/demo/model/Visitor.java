package pharos.backend.demo.model;

import java.util.Map;

/**
 * Somebody whose requests carry certain headers.
 *
 * @param share of the traffic, relative to the other visitors'
 */
public record Visitor(double share, Map<String, String> headers) {
  public Visitor {
    headers = Map.copyOf(headers);
  }
}
