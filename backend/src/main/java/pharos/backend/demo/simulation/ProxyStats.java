package pharos.backend.demo.simulation;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import pharos.backend.demo.model.AppProtocol;
import pharos.backend.demo.model.ProxyMetrics;

/** The Istio metrics of one proxy, and their Prometheus text. Counters only rise. */
final class ProxyStats {
  private static final byte[] OPEN = bytes("{");
  private static final byte[] CLOSE = bytes("} ");

  private static final List<String> TCP_FAMILIES =
      List.of(
          "istio_tcp_sent_bytes_total",
          "istio_tcp_received_bytes_total",
          "istio_tcp_connections_opened_total",
          "istio_tcp_connections_closed_total");

  private final Bounds bounds;
  private final ProxyMetrics kept;
  private final Map<CallKey, RequestSeries> requests = new HashMap<>();
  private final Map<CallKey, Counters> connections = new HashMap<>();
  private final Map<CallKey, Counters> messages = new HashMap<>();
  // The order of first use: stable text, so that two scrapes differ in numbers only.
  private final List<RequestSeries> requestOrder = new ArrayList<>();
  private final List<Counters> connectionOrder = new ArrayList<>();
  private final List<Counters> messageOrder = new ArrayList<>();

  /**
   * Who called whom how, with which end.
   *
   * @param source whether the caller's proxy reports
   */
  record CallKey(
      boolean source,
      Peer from,
      Peer to,
      ServiceRef service,
      AppProtocol protocol,
      int code,
      int grpcStatus,
      String flags,
      boolean mutualTls) {}

  /** Upper bounds of histogram buckets, with their rendered {@code le} labels. */
  record Bounds(List<Double> upper, List<byte[]> le) {
    static Bounds of(List<Double> upper) {
      var le = new ArrayList<byte[]>();
      for (double bound : upper) {
        String text = bound == Math.rint(bound) ? Long.toString((long) bound) : "" + bound;
        le.add(bytes(",le=\"" + text + "\"} "));
      }
      le.add(bytes(",le=\"+Inf\"} "));
      return new Bounds(upper, le);
    }

    int bucket(double value) {
      int index = 0;
      while (index < upper.size() && value > upper.get(index)) {
        index++;
      }
      return index;
    }
  }

  private static final class Histogram {
    private final long[] buckets;
    private double sum;

    Histogram(Bounds bounds) {
      buckets = new long[bounds.upper().size() + 1];
    }

    void add(Bounds bounds, double value) {
      buckets[bounds.bucket(value)]++;
      sum += value;
    }
  }

  private static final class RequestSeries {
    private final byte[] labels;
    private long count;
    private final @Nullable Histogram durations;
    private final @Nullable Histogram requestSizes;
    private final @Nullable Histogram responseSizes;

    RequestSeries(byte[] labels, boolean source, Bounds bounds, ProxyMetrics kept) {
      this.labels = labels;
      this.durations = source && !kept.clientDurations() ? null : new Histogram(bounds);
      this.requestSizes = kept.requestSizes() ? new Histogram(bounds) : null;
      this.responseSizes = kept.requestSizes() ? new Histogram(bounds) : null;
    }

    void add(Bounds bounds, double millis, int requestBytes, int responseBytes) {
      count++;
      add(durations, bounds, millis);
      add(requestSizes, bounds, requestBytes);
      add(responseSizes, bounds, responseBytes);
    }

    private static void add(@Nullable Histogram histogram, Bounds bounds, double value) {
      if (histogram != null) {
        histogram.add(bounds, value);
      }
    }
  }

  /** Counters with the same labels. */
  private static final class Counters {
    private final byte[] labels;
    private final long[] values;

    Counters(byte[] labels, int number) {
      this.labels = labels;
      this.values = new long[number];
    }
  }

  ProxyStats(Bounds bounds, ProxyMetrics kept) {
    this.bounds = bounds;
    this.kept = kept;
  }

  /** A restart of the container: everything begins at zero, and series vanish until used. */
  void reset() {
    requests.clear();
    connections.clear();
    messages.clear();
    requestOrder.clear();
    connectionOrder.clear();
    messageOrder.clear();
  }

  void request(CallKey key, double millis, int requestBytes, int responseBytes, int messageCount) {
    RequestSeries series = requests.get(key);
    if (series == null) {
      series = new RequestSeries(labels(key, true), key.source, bounds, kept);
      requests.put(key, series);
      requestOrder.add(series);
    }
    series.add(bounds, millis, requestBytes, responseBytes);
    if (key.protocol == AppProtocol.GRPC) {
      var all = withoutResponse(key);
      Counters both = messages.get(all);
      if (both == null) {
        both = new Counters(labels(all, false), 2);
        messages.put(all, both);
        messageOrder.add(both);
      }
      both.values[0] += messageCount;
      both.values[1] += key.grpcStatus == 0 ? messageCount : 0;
    }
  }

  /** Adds traffic of TCP connections: bytes, and how many began and ended. */
  void tcp(CallKey key, long sent, long received, long opened, long closed) {
    Counters series = connections.get(key);
    if (series == null) {
      series = new Counters(labels(key, false), TCP_FAMILIES.size());
      connections.put(key, series);
      connectionOrder.add(series);
    }
    series.values[0] += sent;
    series.values[1] += received;
    series.values[2] += opened;
    series.values[3] += closed;
  }

  /** Whether there were connections with this key before. */
  boolean knows(CallKey key) {
    return connections.containsKey(key);
  }

  private static CallKey withoutResponse(CallKey key) {
    return new CallKey(
        key.source, key.from, key.to, key.service, key.protocol, 0, -1, "", key.mutualTls);
  }

  /** Everything between the braces. */
  private byte[] labels(CallKey key, boolean response) {
    var text = new StringBuilder(900);
    Peer.label(text, "reporter", key.source ? "source" : "destination");
    text.append(key.from.labels("source", kept.legacyLabels()));
    text.append(key.to.labels("destination", kept.legacyLabels()));
    text.append(key.service.labels());
    Peer.label(text, "request_protocol", key.protocol.label());
    if (response) {
      Peer.label(text, "response_code", Integer.toString(key.code));
      Peer.label(text, "grpc_response_status", key.grpcStatus < 0 ? "" : "" + key.grpcStatus);
    }
    if (response || key.protocol == AppProtocol.TCP) {
      Peer.label(text, "response_flags", key.flags);
    }
    // A client's proxy does not judge the connection; only the server's does.
    Peer.label(
        text,
        "connection_security_policy",
        key.source ? "unknown" : key.mutualTls ? "mutual_tls" : "none");
    text.setLength(text.length() - 1);
    return bytes(text.toString());
  }

  void render(TextWriter out) {
    out.add("# TYPE istio_requests_total counter\n");
    byte[] name = bytes("istio_requests_total");
    for (RequestSeries series : requestOrder) {
      counter(out, name, series.labels, series.count);
    }
    histograms(out, "istio_request_duration_milliseconds", series -> series.durations);
    histograms(out, "istio_request_bytes", series -> series.requestSizes);
    histograms(out, "istio_response_bytes", series -> series.responseSizes);
    for (int i = 0; i < 2; i++) {
      String family = i == 0 ? "istio_request_messages_total" : "istio_response_messages_total";
      out.add("# TYPE " + family + " counter\n");
      for (Counters series : messageOrder) {
        counter(out, bytes(family), series.labels, series.values[i]);
      }
    }
    for (int i = 0; i < TCP_FAMILIES.size(); i++) {
      out.add("# TYPE " + TCP_FAMILIES.get(i) + " counter\n");
      for (Counters series : connectionOrder) {
        counter(out, bytes(TCP_FAMILIES.get(i)), series.labels, series.values[i]);
      }
    }
  }

  private void histograms(
      TextWriter out, String family, Function<RequestSeries, @Nullable Histogram> which) {
    out.add("# TYPE " + family + " histogram\n");
    byte[] bucket = bytes(family + "_bucket");
    byte[] sum = bytes(family + "_sum");
    byte[] count = bytes(family + "_count");
    for (RequestSeries series : requestOrder) {
      Histogram histogram = which.apply(series);
      if (histogram == null) {
        continue;
      }
      long cumulative = 0;
      for (int i = 0; i < histogram.buckets.length; i++) {
        cumulative += histogram.buckets[i];
        out.add(bucket).add(OPEN).add(series.labels).add(bounds.le().get(i)).line(cumulative);
      }
      out.add(sum).add(OPEN).add(series.labels).add(CLOSE).line(histogram.sum);
      counter(out, count, series.labels, cumulative);
    }
  }

  private static void counter(TextWriter out, byte[] name, byte[] labels, long value) {
    out.add(name).add(OPEN).add(labels).add(CLOSE).line(value);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
