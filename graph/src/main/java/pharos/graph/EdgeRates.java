package pharos.graph;

/**
 * Traffic of an edge, per second; 0 means that there was none. HTTP fills the classes 3xx to 5xx,
 * gRPC fills {@code err}, TCP only {@code total} in bytes.
 *
 * @param noResponse requests that ended without a response
 * @param err gRPC requests with a status other than 0, or with an HTTP error
 * @param percentErr share of failed requests (no response, 4xx and 5xx; gRPC: no response and err),
 *     0 to 100
 * @param percentOfSource share of all that the source sends over this protocol, 0 to 100
 */
public record EdgeRates(
    double total,
    double noResponse,
    double status3xx,
    double status4xx,
    double status5xx,
    double err,
    double percentErr,
    double percentOfSource) {

  /** No traffic. */
  public static final EdgeRates NONE = new EdgeRates(0, 0, 0, 0, 0, 0, 0, 0);

  /** What {@code percentErr} is of {@code total}, per second. Sums of failures add these up. */
  public double failed() {
    return total * percentErr / 100;
  }
}
