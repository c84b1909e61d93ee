package pharos.backend.source.metric;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import pharos.graph.sample.CallLabels;
import pharos.graph.sample.LatencySample;
import pharos.graph.sample.Protocol;
import pharos.graph.sample.Reporter;
import pharos.graph.sample.RequestSample;
import pharos.graph.sample.Samples;
import pharos.graph.sample.VolumeSample;
import pharos.graph.sample.VolumeSample.Volume;

/**
 * Collects rates by metric and labels and makes {@link Samples} of them. Rates of series that
 * differ only in labels that nobody reads are added. A rate that is no number is a gap: it is left
 * out and counted. Used by one thread at a time.
 */
public final class SampleAssembly {
  private final Map<CallLabels, CallLabels> calls = new HashMap<>();
  private final Map<IstioMetric, Map<LabelValues, Sum>> counters = new HashMap<>();
  private final Map<LabelValues, Histogram> histograms = new HashMap<>();
  private int gaps;
  private int unreadable;

  /** Adds the rate of one series of a counter. */
  public void add(IstioMetric metric, LabelValues labels, double perSecond) {
    if (isGap(perSecond)) {
      return;
    }
    switch (metric) {
      case DURATION_BUCKET -> addBucket(labels, perSecond);
      case DURATION_SUM -> histogram(labels).sumPerSecond += perSecond;
      case DURATION_COUNT -> histogram(labels).countPerSecond += perSecond;
      default ->
          counters
                  .computeIfAbsent(metric, key -> new HashMap<>())
                  .computeIfAbsent(labels, key -> new Sum())
                  .perSecond +=
              perSecond;
    }
  }

  private void addBucket(LabelValues labels, double perSecond) {
    double bound = bound(labels.orNull(IstioLabel.LE));
    if (Double.isNaN(bound)) {
      unreadable++;
      return;
    }
    histogram(labels.without(IstioLabel.LE)).add(bound, perSecond);
  }

  /**
   * Adds a whole histogram.
   *
   * @param cumulativePerSecond one rate per bound, cumulative; NaN where a bucket has no rate
   */
  public void addHistogram(
      LabelValues labels,
      double[] upperBoundsMillis,
      double[] cumulativePerSecond,
      double sumPerSecond,
      double countPerSecond) {
    if (isGap(countPerSecond) || isGap(sumPerSecond)) {
      return;
    }
    Histogram histogram = histogram(labels);
    histogram.sumPerSecond += sumPerSecond;
    histogram.countPerSecond += countPerSecond;
    for (int i = 0; i < upperBoundsMillis.length; i++) {
      if (!isGap(cumulativePerSecond[i])) {
        histogram.add(upperBoundsMillis[i], cumulativePerSecond[i]);
      }
    }
  }

  /** Rates that were no finite number, or negative. */
  public int gaps() {
    return gaps;
  }

  /** Series that were left out because a label that says what they count is missing or strange. */
  public int unreadable() {
    return unreadable;
  }

  /**
   * Drops histograms with fewer buckets than the largest: an answer that was cut lost some of their
   * rows, and quantiles of the rest would be wrong.
   */
  public void dropTornHistograms() {
    int most = histograms.values().stream().mapToInt(Histogram::size).max().orElse(0);
    histograms.values().removeIf(histogram -> histogram.size() < most);
  }

  /** The samples, in no particular order. A histogram without requests has no duration. */
  public Samples samples(Instant at, Duration window, List<String> warnings, boolean complete) {
    var requests = new ArrayList<RequestSample>();
    var volumes = new ArrayList<VolumeSample>();
    counters.forEach((metric, series) -> {
      Volume volume = metric.volume();
      series.forEach((labels, sum) -> {
        if (volume == null) {
          addTo(requests, request(labels, sum.perSecond));
        } else {
          addTo(volumes, volume(volume, labels, sum.perSecond));
        }
      });
    });
    var latencies = new ArrayList<LatencySample>();
    histograms.forEach((labels, histogram) -> {
      if (histogram.countPerSecond > 0) {
        addTo(latencies, latency(labels, histogram));
      }
    });
    return new Samples(at, window, requests, latencies, volumes, List.of(), warnings, complete);
  }

  private <T> void addTo(List<T> list, @Nullable T sample) {
    if (sample == null) {
      unreadable++;
    } else {
      list.add(sample);
    }
  }

  private @Nullable RequestSample request(LabelValues labels, double perSecond) {
    Reporter reporter = reporter(labels);
    Protocol protocol = protocol(labels);
    if (reporter == null || protocol == null || protocol == Protocol.TCP) {
      return null;
    }
    return new RequestSample(
        reporter,
        call(labels),
        protocol,
        labels.get(IstioLabel.RESPONSE_CODE),
        labels.get(IstioLabel.GRPC_RESPONSE_STATUS),
        labels.get(IstioLabel.RESPONSE_FLAGS),
        labels.get(IstioLabel.CONNECTION_SECURITY_POLICY),
        labels.get(IstioLabel.SOURCE_PRINCIPAL),
        labels.get(IstioLabel.DESTINATION_PRINCIPAL),
        perSecond);
  }

  private @Nullable LatencySample latency(LabelValues labels, Histogram histogram) {
    Reporter reporter = reporter(labels);
    Protocol protocol = protocol(labels);
    if (reporter == null || protocol == null) {
      return null;
    }
    return new LatencySample(
        reporter,
        call(labels),
        protocol,
        histogram.bounds,
        histogram.cumulative,
        histogram.sumPerSecond,
        histogram.countPerSecond);
  }

  private @Nullable VolumeSample volume(Volume volume, LabelValues labels, double perSecond) {
    Reporter reporter = reporter(labels);
    Protocol protocol =
        switch (volume) {
          case TCP_SENT_BYTES, TCP_RECEIVED_BYTES, TCP_CONNECTIONS_OPENED, TCP_CONNECTIONS_CLOSED ->
              Protocol.TCP;
          case REQUEST_MESSAGES, RESPONSE_MESSAGES -> Protocol.GRPC;
          case REQUEST_BYTES, RESPONSE_BYTES -> protocol(labels);
        };
    if (reporter == null || protocol == null) {
      return null;
    }
    return new VolumeSample(
        reporter,
        call(labels),
        protocol,
        volume,
        labels.get(IstioLabel.CONNECTION_SECURITY_POLICY),
        labels.get(IstioLabel.RESPONSE_FLAGS),
        perSecond);
  }

  /** One instance per distinct call: a mesh has far fewer calls than series. */
  private CallLabels call(LabelValues labels) {
    CallLabels call = labels.call();
    CallLabels known = calls.putIfAbsent(call, call);
    return known == null ? call : known;
  }

  private static @Nullable Reporter reporter(LabelValues labels) {
    return switch (labels.get(IstioLabel.REPORTER)) {
      case "source" -> Reporter.SOURCE;
      case "destination" -> Reporter.DESTINATION;
      case "waypoint" -> Reporter.WAYPOINT;
      default -> null;
    };
  }

  private static @Nullable Protocol protocol(LabelValues labels) {
    return switch (labels.get(IstioLabel.REQUEST_PROTOCOL)) {
      case "http" -> Protocol.HTTP;
      case "grpc" -> Protocol.GRPC;
      case "tcp" -> Protocol.TCP;
      default -> null;
    };
  }

  private boolean isGap(double perSecond) {
    boolean gap = !Double.isFinite(perSecond) || perSecond < 0;
    if (gap) {
      gaps++;
    }
    return gap;
  }

  private Histogram histogram(LabelValues labels) {
    return histograms.computeIfAbsent(labels, key -> new Histogram());
  }

  /** The number of an {@code le} label; NaN when it is none. */
  public static double bound(@Nullable String le) {
    if (le == null) {
      return Double.NaN;
    }
    if (le.equals("+Inf") || le.equals("Inf")) {
      return Double.POSITIVE_INFINITY;
    }
    try {
      return Double.parseDouble(le);
    } catch (NumberFormatException notANumber) {
      return Double.NaN;
    }
  }

  private static final class Sum {
    double perSecond;
  }

  /** Bounds stay sorted; a histogram has some 20 of them and they mostly arrive in order. */
  private static final class Histogram {
    double[] bounds = {};
    double[] cumulative = {};
    double sumPerSecond;
    double countPerSecond;

    int size() {
      return bounds.length;
    }

    void add(double bound, double perSecond) {
      int at = Arrays.binarySearch(bounds, bound);
      if (at >= 0) {
        cumulative[at] += perSecond;
        return;
      }
      int insert = -at - 1;
      bounds = inserted(bounds, insert, bound);
      cumulative = inserted(cumulative, insert, perSecond);
    }

    private static double[] inserted(double[] array, int at, double value) {
      var longer = new double[array.length + 1];
      System.arraycopy(array, 0, longer, 0, at);
      longer[at] = value;
      System.arraycopy(array, at, longer, at + 1, array.length - at);
      return longer;
    }
  }
}
