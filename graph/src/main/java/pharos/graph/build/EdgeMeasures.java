package pharos.graph.build;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import pharos.graph.EdgeRates;
import pharos.graph.Latency;
import pharos.graph.ResponseBreakdown;
import pharos.graph.Throughput;
import pharos.graph.build.Call.Extras;
import pharos.graph.build.EdgeDraft.Part;
import pharos.graph.build.EdgeDraft.SampledRates;
import pharos.graph.health.ResponseCounts;
import pharos.graph.sample.LatencySample;
import pharos.graph.sample.Protocol;
import pharos.graph.sample.Reporter;

/** The numbers of one edge (reference §3.3, rates; §3.4, appenders 4 to 6). */
final class EdgeMeasures {
  private final EdgeDraft edge;
  double total;
  double noResponse;
  double status3xx;
  double status4xx;
  double status5xx;
  double err;

  private EdgeMeasures(EdgeDraft edge) {
    this.edge = edge;
  }

  static EdgeMeasures of(EdgeDraft edge) {
    EdgeMeasures measures = new EdgeMeasures(edge);
    if (edge.parts.size() > 1) {
      edge.parts.sort(Part.ORDER);
    }
    for (Part part : edge.parts) {
      measures.add(part.code, part.perSecond.value());
    }
    if (edge.sampled != null) {
      SampledRates sampled = edge.sampled;
      measures.total = sampled.perSecond();
      measures.err = sampled.perSecond() * sampled.errors();
    }
    return measures;
  }

  private void add(String code, double perSecond) {
    total += perSecond;
    switch (edge.protocol) {
      case HTTP -> {
        switch (code.isEmpty() ? ' ' : code.charAt(0)) {
          case '-' -> noResponse += perSecond;
          case '3' -> status3xx += perSecond;
          case '4' -> status4xx += perSecond;
          case '5' -> status5xx += perSecond;
          default -> {}
        }
      }
      case GRPC -> {
        if (code.equals("-")) {
          noResponse += perSecond;
        } else if (isGrpcError(code)) {
          err += perSecond;
        }
      }
      case TCP -> {}
    }
  }

  /** Three characters are an HTTP code, which older proxies wrote; messages have no code. */
  private static boolean isGrpcError(String code) {
    if (code.length() == 3) {
      return code.charAt(0) == '4' || code.charAt(0) == '5';
    }
    return !code.isEmpty() && !code.equals("0");
  }

  EdgeRates rates(double outOfSource) {
    double failed = noResponse + status4xx + status5xx + err;
    return new EdgeRates(
        total,
        noResponse,
        status3xx,
        status4xx,
        status5xx,
        err,
        total > 0 ? failed / total * 100 : 0,
        total > 0 && outOfSource > 0 ? total / outOfSource * 100 : 0);
  }

  /** Requests by code. Messages have no code, so they are nothing to judge by. */
  void addTo(ResponseCounts counts) {
    for (Part part : edge.parts) {
      if (!part.code.isEmpty()) {
        counts.add(edge.protocol, part.code, part.perSecond.value());
      }
    }
  }

  ResponseBreakdown responses() {
    if (edge.parts.isEmpty() || total <= 0) {
      return ResponseBreakdown.NONE;
    }
    TreeMap<String, ResponseBreakdown.Code> codes = new TreeMap<>();
    int begin = 0;
    for (int i = 1; i <= edge.parts.size(); i++) { // parts are sorted by code
      String code = edge.parts.get(begin).code;
      if (i == edge.parts.size() || !edge.parts.get(i).code.equals(code)) {
        TreeMap<String, Double> flags = new TreeMap<>();
        TreeMap<String, Double> hosts = new TreeMap<>();
        for (Part part : edge.parts.subList(begin, i)) {
          double perSecond = part.perSecond.value();
          if (!part.flags.isEmpty()) {
            flags.merge(part.flags, perSecond, Double::sum);
          }
          if (!part.host.isEmpty()) {
            hosts.merge(part.host, perSecond, Double::sum);
          }
        }
        flags.replaceAll((flag, perSecond) -> perSecond / total * 100);
        hosts.replaceAll((host, perSecond) -> perSecond / total * 100);
        codes.put(code.isEmpty() ? "-" : code, new ResponseBreakdown.Code(flags, hosts));
        begin = i;
      }
    }
    return new ResponseBreakdown(codes);
  }

  /**
   * From the report that Kiali would take first for a graph of the edge's namespace; from any other
   * report rather than none.
   */
  @Nullable Latency responseTime(Requested requested) {
    if (edge.sampled != null) {
      return edge.timed ? new Latency(edge.sampled.meanMillis(), null, null, null) : null;
    }
    if (!edge.timed || edge.protocol == Protocol.TCP) {
      return null;
    }
    List<LatencySample> destination = new ArrayList<>(1);
    List<LatencySample> source = new ArrayList<>(1);
    boolean destinationFirst = false;
    for (Call call : edge.calls) {
      Extras extras = call.extrasOrNull(edge.protocol);
      if (extras == null) {
        continue;
      }
      for (LatencySample sample : extras.latencies) {
        if (!(sample.countPerSecond() > 0)) {
          continue;
        }
        if (sample.reporter() == Reporter.SOURCE) {
          source.add(sample);
        } else {
          destination.add(sample);
          destinationFirst |=
              requested.index(sample.call().destinationServiceNamespace()) == edge.namespace;
        }
      }
    }
    List<LatencySample> first = destinationFirst || source.isEmpty() ? destination : source;
    return first.isEmpty() ? null : Histogram.of(first).latency();
  }

  @Nullable Throughput throughput() {
    if (!edge.timed || edge.protocol == Protocol.TCP || edge.sampled != null) {
      return null;
    }
    Sum request = new Sum();
    Sum response = new Sum();
    for (Call call : edge.calls) {
      Extras extras = call.extrasOrNull(edge.protocol);
      if (extras != null && extras.requestBytes != null) {
        request.add(extras.requestBytes);
      }
      if (extras != null && extras.responseBytes != null) {
        response.add(extras.responseBytes);
      }
    }
    Double requestBytes = positive(request.value());
    Double responseBytes = positive(response.value());
    return requestBytes == null && responseBytes == null
        ? null
        : new Throughput(requestBytes, responseBytes);
  }

  private static @Nullable Double positive(double value) {
    return value > 0 ? value : null;
  }

  /** Share over mutual TLS; null when no destination said. */
  @Nullable Double mutualTlsPercent() {
    Sum mutual = new Sum();
    Sum other = new Sum();
    for (Call call : edge.calls) {
      Extras extras = call.extrasOrNull(edge.protocol);
      if (extras != null) {
        mutual.add(extras.mutualTls);
        other.add(extras.otherTls);
      }
    }
    double all = mutual.value() + other.value();
    if (all > 0) {
      return mutual.value() / all * 100;
    }
    return edge.source.waypoint || edge.target.waypoint ? Double.valueOf(100) : null;
  }

  @Nullable String principal(boolean ofSource) {
    String first = null;
    for (Call call : edge.calls) {
      Extras extras = call.extrasOrNull(edge.protocol);
      if (extras != null) {
        first =
            Principals.first(
                first, ofSource ? extras.sourcePrincipal : extras.destinationPrincipal);
      }
    }
    return first;
  }
}
