package pharos.graph.build;

import java.util.EnumSet;
import java.util.Set;
import pharos.graph.GraphOptions;
import pharos.graph.GraphOptions.AmbientTraffic;
import pharos.graph.GraphOptions.GrpcRate;
import pharos.graph.GraphOptions.HttpRate;
import pharos.graph.GraphOptions.TcpRate;
import pharos.graph.build.Call.Extras;
import pharos.graph.build.Call.Metric;
import pharos.graph.build.Call.Query;
import pharos.graph.build.Calls.Seen;
import pharos.graph.sample.LatencySample;
import pharos.graph.sample.Protocol;
import pharos.graph.sample.Reporter;
import pharos.graph.sample.RequestSample;
import pharos.graph.sample.Samples;
import pharos.graph.sample.VolumeSample;
import pharos.graph.sample.VolumeSample.Volume;

/**
 * Files each series under the calls, namespaces and queries that would return it (reference §3.2).
 * Sources ask for the whole mesh once; what Kiali's queries for each namespace would have returned
 * is decided here.
 */
final class Intake {
  private final Calls calls;
  private final Requested requested;
  private final boolean http;
  private final boolean grpcRequests;
  private final boolean waypointsReport;
  private final boolean ztunnelsReport;
  private final Set<Volume> counted;
  private final Set<Volume> securing;

  Intake(Calls calls, Requested requested, GraphOptions options) {
    this.calls = calls;
    this.requested = requested;
    this.http = options.rateHttp() == HttpRate.REQUESTS;
    this.grpcRequests = options.rateGrpc() == GrpcRate.REQUESTS;
    AmbientTraffic ambient = options.ambientTraffic();
    this.waypointsReport = ambient == AmbientTraffic.TOTAL || ambient == AmbientTraffic.WAYPOINT;
    this.ztunnelsReport = ambient == AmbientTraffic.TOTAL || ambient == AmbientTraffic.ZTUNNEL;
    this.counted = counted(options);
    this.securing = securing(options.rateTcp());
  }

  private static Set<Volume> counted(GraphOptions options) {
    EnumSet<Volume> volumes = EnumSet.noneOf(Volume.class);
    switch (options.rateGrpc()) {
      case NONE, REQUESTS -> {}
      case SENT -> volumes.add(Volume.REQUEST_MESSAGES);
      case RECEIVED -> volumes.add(Volume.RESPONSE_MESSAGES);
      case TOTAL -> volumes.addAll(Set.of(Volume.REQUEST_MESSAGES, Volume.RESPONSE_MESSAGES));
    }
    switch (options.rateTcp()) { // the names are those of the proxy's view, istio#32399
      case NONE -> {}
      case SENT -> volumes.add(Volume.TCP_RECEIVED_BYTES);
      case RECEIVED -> volumes.add(Volume.TCP_SENT_BYTES);
      case TOTAL -> volumes.addAll(Set.of(Volume.TCP_RECEIVED_BYTES, Volume.TCP_SENT_BYTES));
    }
    return volumes;
  }

  /** Which bytes say whether a connection is secured: here Kiali does not swap the names. */
  private static Set<Volume> securing(TcpRate rate) {
    return switch (rate) {
      case NONE -> Set.of();
      case SENT -> Set.of(Volume.TCP_SENT_BYTES);
      case RECEIVED -> Set.of(Volume.TCP_RECEIVED_BYTES);
      case TOTAL -> Set.of(Volume.TCP_SENT_BYTES, Volume.TCP_RECEIVED_BYTES);
    };
  }

  void take(Samples samples) {
    samples.requests().forEach(this::take);
    samples.volumes().forEach(this::take);
    samples.latencies().forEach(this::take);
  }

  private void take(RequestSample sample) {
    boolean wanted = sample.protocol() == Protocol.GRPC ? grpcRequests : http;
    Seen seen = calls.of(sample.call());
    Call call = seen.call;
    if (call == null
        || Labels.isAbsent(sample.responseCode())
        || Labels.isAbsent(sample.responseFlags())) {
      return;
    }
    if (reportedByDestination(sample.reporter())) {
      secure(
          call.extras(sample.protocol()),
          sample.connectionSecurity(),
          sample.sourcePrincipal(),
          sample.destinationPrincipal(),
          sample.perSecond());
    }
    if (wanted) {
      count(
          seen,
          call,
          sample.reporter(),
          sample.protocol(),
          Metric.REQUESTS,
          code(sample),
          sample.responseFlags(),
          sample.perSecond());
    }
  }

  /** Rule 5: the gRPC status, unless HTTP itself failed or the proxy gave no status. */
  private static String code(RequestSample sample) {
    String code = sample.responseCode();
    if (code.equals("0")) {
      return "-";
    }
    boolean httpFailed = code.startsWith("4") || code.startsWith("5");
    if (sample.protocol() != Protocol.GRPC || httpFailed || Labels.isAbsent(sample.grpcStatus())) {
      return code;
    }
    return sample.grpcStatus();
  }

  private void take(VolumeSample sample) {
    Seen seen = calls.of(sample.call());
    Call call = seen.call;
    if (call == null) {
      return;
    }
    Volume volume = sample.volume();
    switch (volume) {
      case TCP_SENT_BYTES, TCP_RECEIVED_BYTES -> takeTcp(sample, seen, call);
      case REQUEST_MESSAGES, RESPONSE_MESSAGES -> {
        if (counted.contains(volume)) {
          Metric metric =
              volume == Volume.REQUEST_MESSAGES
                  ? Metric.REQUEST_MESSAGES
                  : Metric.RESPONSE_MESSAGES;
          count(seen, call, sample.reporter(), Protocol.GRPC, metric, "", "", sample.perSecond());
        }
      }
      case REQUEST_BYTES -> {
        if (sample.reporter() == Reporter.SOURCE) {
          Extras extras = call.extras(sample.protocol());
          Sum sum = extras.requestBytes == null ? new Sum() : extras.requestBytes;
          sum.add(sample.perSecond());
          extras.requestBytes = sum;
        }
      }
      case RESPONSE_BYTES -> {
        if (sample.reporter() == Reporter.DESTINATION) {
          Extras extras = call.extras(sample.protocol());
          Sum sum = extras.responseBytes == null ? new Sum() : extras.responseBytes;
          sum.add(sample.perSecond());
          extras.responseBytes = sum;
        }
      }
      case TCP_CONNECTIONS_OPENED, TCP_CONNECTIONS_CLOSED -> {}
    }
  }

  private void takeTcp(VolumeSample sample, Seen seen, Call call) {
    if (Labels.isAbsent(sample.responseFlags()) || (seen.ztunnel && !ztunnelsReport)) {
      return;
    }
    boolean secures =
        reportedByDestination(sample.reporter())
            || (seen.ztunnel && sample.reporter() == Reporter.SOURCE);
    if (secures && securing.contains(sample.volume())) {
      secure(
          call.extras(Protocol.TCP),
          sample.connectionSecurity(),
          Labels.UNKNOWN,
          Labels.UNKNOWN,
          sample.perSecond());
    }
    if (counted.contains(sample.volume())) {
      Metric metric =
          sample.volume() == Volume.TCP_SENT_BYTES ? Metric.TCP_SENT : Metric.TCP_RECEIVED;
      count(
          seen,
          call,
          sample.reporter(),
          Protocol.TCP,
          metric,
          "-",
          sample.responseFlags(),
          sample.perSecond());
    }
  }

  private void take(LatencySample sample) {
    Call call = calls.of(sample.call()).call;
    if (call != null) {
      call.extras(sample.protocol()).latencies.add(sample);
    }
  }

  private boolean reportedBySource(Reporter reporter) {
    return reporter == Reporter.SOURCE || (reporter == Reporter.WAYPOINT && waypointsReport);
  }

  private boolean reportedByDestination(Reporter reporter) {
    return reporter == Reporter.DESTINATION || (reporter == Reporter.WAYPOINT && waypointsReport);
  }

  private void count(
      Seen seen,
      Call call,
      Reporter reporter,
      Protocol protocol,
      Metric metric,
      String code,
      String flags,
      double perSecond) {
    boolean ztunnel = protocol == Protocol.TCP && seen.ztunnel;
    int from = seen.sourceNamespace;
    int to = seen.targetNamespace;
    if (reportedBySource(reporter)) {
      for (int namespace : seen.unserviced) {
        call.count(namespace, Query.UNSERVICED, ztunnel, protocol, metric, code, flags, perSecond);
      }
      if (from >= 0) {
        call.count(from, Query.OUTGOING, ztunnel, protocol, metric, code, flags, perSecond);
      }
    }
    if (to >= 0) {
      if (reportedByDestination(reporter)) {
        call.count(to, Query.INCOMING, ztunnel, protocol, metric, code, flags, perSecond);
      }
      if (reporter == Reporter.SOURCE
          && to != from
          && protocol != Protocol.TCP
          && requested.isAmbient(to)) {
        call.count(to, Query.AMBIENT_INCOMING, ztunnel, protocol, metric, code, flags, perSecond);
      }
    }
  }

  private static void secure(
      Extras extras, String policy, String source, String destination, double perSecond) {
    if (perSecond <= 0) {
      return;
    }
    if (policy.equals("mutual_tls")) {
      extras.mutualTls.add(perSecond);
    } else {
      extras.otherTls.add(perSecond);
    }
    extras.sourcePrincipal = Principals.first(extras.sourcePrincipal, source);
    extras.destinationPrincipal = Principals.first(extras.destinationPrincipal, destination);
  }
}
