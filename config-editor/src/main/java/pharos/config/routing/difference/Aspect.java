package pharos.config.routing.difference;

/** In what respect requests are treated differently. */
public enum Aspect {
  /** Another kind of answer, or another redirect or direct response. */
  ACTION,
  /** Other clusters, shares or pods. */
  DESTINATIONS,
  /** A destination appears, disappears, or has nothing ready any more. */
  AVAILABILITY,
  REWRITE,
  HEADERS,
  TIMEOUT,
  RETRIES,
  FAULT,
  MIRROR,
  CORS,
  /** Load balancing, connection pool, outlier detection, TLS. */
  POLICY
}
