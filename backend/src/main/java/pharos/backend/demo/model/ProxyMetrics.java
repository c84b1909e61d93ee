package pharos.backend.demo.model;

import java.util.List;

/**
 * Which of Istio's standard metrics the proxies keep. Operators of large meshes keep fewer, by a
 * Telemetry object and by {@code sidecar.istio.io/statsHistogramBuckets}: all of them for 1,000
 * services are 180 MB per scrape.
 *
 * @param requestSizes histograms of body sizes
 * @param clientDurations histograms of durations at the caller too
 * @param legacyLabels {@code *_app} and {@code *_version}, which say what {@code *_canonical_*} say
 * @param durationBounds upper bounds of the histograms' buckets in milliseconds, without infinity
 */
public record ProxyMetrics(
    boolean requestSizes,
    boolean clientDurations,
    boolean legacyLabels,
    List<Double> durationBounds) {

  /** What Istio keeps by default; the bounds are Envoy's. */
  public static final ProxyMetrics DEFAULT =
      new ProxyMetrics(
          true,
          true,
          true,
          List.of(
              0.5, 1.0, 5.0, 10.0, 25.0, 50.0, 100.0, 250.0, 500.0, 1000.0, 2500.0, 5000.0, 10000.0,
              30000.0, 60000.0, 300000.0, 600000.0, 1800000.0, 3600000.0));

  /** What a large mesh can afford. */
  public static final ProxyMetrics FRUGAL =
      new ProxyMetrics(
          false,
          false,
          false,
          List.of(1.0, 5.0, 10.0, 25.0, 50.0, 100.0, 250.0, 500.0, 1000.0, 2500.0, 10000.0));

  public ProxyMetrics {
    durationBounds = List.copyOf(durationBounds);
  }
}
