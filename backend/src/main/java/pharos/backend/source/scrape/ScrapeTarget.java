package pharos.backend.source.scrape;

import java.net.URI;

/**
 * One proxy to scrape.
 *
 * @param namespace of the pod
 * @param pod the pod's name
 * @param app the pod's label {@code app}, empty when it has none. Prometheus' usual scrape
 *     configuration attaches it to every series, so we do too.
 * @param url of the merged metrics endpoint, for example {@code
 *     http://10.0.0.7:15020/stats/prometheus}
 */
public record ScrapeTarget(String namespace, String pod, String app, URI url) {
  public ScrapeTarget {
    if (url.getHost() == null
        || !("http".equals(url.getScheme()) || "https".equals(url.getScheme()))) {
      throw new IllegalArgumentException(
          "target %s/%s: url %s (expected: http://host:port/path)".formatted(namespace, pod, url));
    }
  }

  /** How a message names the target. */
  String label() {
    return namespace + "/" + pod;
  }
}
