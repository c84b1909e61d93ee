package pharos.backend.traffic;

import org.jspecify.annotations.Nullable;

/**
 * Rate, errors and duration of one direction. A part without traffic in the window is null.
 *
 * @param tcpBytesPerSecond bytes sent and received, as the graph counts them
 */
public record Red(
    @Nullable Requests http, @Nullable Requests grpc, @Nullable Double tcpBytesPerSecond) {

  /** No traffic was seen. */
  public static final Red NONE = new Red(null, null, null);

  /**
   * Requests of one protocol.
   *
   * @param errorShare 0 to 1; null when unknown
   * @param averageMillis null, as the quantiles, where no histogram was seen
   */
  public record Requests(
      double perSecond,
      @Nullable Double errorShare,
      @Nullable Double p50Millis,
      @Nullable Double p95Millis,
      @Nullable Double p99Millis,
      @Nullable Double averageMillis) {}
}
