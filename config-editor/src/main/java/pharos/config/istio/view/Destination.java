package pharos.config.istio.view;

/**
 * Where a route sends to.
 *
 * @param host as istiod sees it: short names are expanded already (R-NAME-10)
 * @param subset empty for none
 * @param port 0 when not given (R-HTTP-40)
 */
public record Destination(String host, String subset, int port) {}
