package pharos.graph.build;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import pharos.graph.sample.LatencySample;
import pharos.graph.sample.Protocol;

/**
 * Who called whom and by which host, after the labels were put right; and all that was measured of
 * it. Series whose labels say the same end in the same call.
 */
final class Call {
  final NodeDraft source;
  final NodeDraft target;

  /** Drawn between the two; null when no service node is injected here. */
  final @Nullable NodeDraft service;

  final String host;
  final List<Tally> tallies = new ArrayList<>(4);
  private final EnumMap<Protocol, Extras> extras = new EnumMap<>(Protocol.class);

  Call(NodeDraft source, @Nullable NodeDraft service, NodeDraft target, String host) {
    this.source = source;
    this.service = service;
    this.target = target;
    this.host = host;
  }

  /**
   * Kiali's queries, in its order; the first that has a series wins (reference §3.2 and §3.3 rule
   * 8).
   */
  enum Query {
    /** Source-reported calls into the namespace that reached no workload. */
    UNSERVICED,
    /** Source-reported calls into an ambient namespace. */
    AMBIENT_INCOMING,
    /** Destination-reported calls into the namespace. */
    INCOMING,
    /** Source-reported calls out of the namespace. */
    OUTGOING
  }

  /** What is counted; series of different metrics are added, never taken for the same report. */
  enum Metric {
    REQUESTS,
    REQUEST_MESSAGES,
    RESPONSE_MESSAGES,
    TCP_RECEIVED,
    TCP_SENT
  }

  /** The rate that one query for one namespace would return for one combination of labels. */
  static final class Tally {
    final int namespace;
    final Query query;
    final boolean ztunnel;
    final Protocol protocol;
    final Metric metric;
    final String code;
    final String flags;
    final Sum perSecond = new Sum();

    Tally(
        int namespace,
        Query query,
        boolean ztunnel,
        Protocol protocol,
        Metric metric,
        String code,
        String flags) {
      this.namespace = namespace;
      this.query = query;
      this.ztunnel = ztunnel;
      this.protocol = protocol;
      this.metric = metric;
      this.code = code;
      this.flags = flags;
    }

    /** Whether both may be reports of the same requests. */
    boolean sameSeries(Tally other) {
      return namespace == other.namespace
          && protocol == other.protocol
          && metric == other.metric
          && code.equals(other.code)
          && seenByServer(flags).equals(seenByServer(other.flags));
    }

    /** An injected delay is the caller's flag; the server answers the request like any other. */
    private static String seenByServer(String flags) {
      return flags.equals("DI") ? "-" : flags;
    }

    /** Whether this report is used instead of {@code other}. Never true both ways. */
    private boolean beats(Tally other) {
      if (query != other.query) {
        return query.compareTo(other.query) < 0;
      }
      int byRate = Double.compare(perSecond.value(), other.perSecond.value());
      return byRate != 0 ? byRate > 0 : ztunnel && !other.ztunnel;
    }
  }

  /** Measures beside rates, over one protocol. */
  static final class Extras {
    final Sum mutualTls = new Sum();
    final Sum otherTls = new Sum();
    @Nullable String sourcePrincipal;
    @Nullable String destinationPrincipal;
    final List<LatencySample> latencies = new ArrayList<>(2);
    @Nullable Sum requestBytes;
    @Nullable Sum responseBytes;
  }

  void count(
      int namespace,
      Query query,
      boolean ztunnel,
      Protocol protocol,
      Metric metric,
      String code,
      String flags,
      double perSecond) {
    for (Tally tally : tallies) {
      if (tally.namespace == namespace
          && tally.query == query
          && tally.ztunnel == ztunnel
          && tally.protocol == protocol
          && tally.metric == metric
          && tally.code.equals(code)
          && tally.flags.equals(flags)) {
        tally.perSecond.add(perSecond);
        return;
      }
    }
    Tally tally = new Tally(namespace, query, ztunnel, protocol, metric, code, flags);
    tally.perSecond.add(perSecond);
    tallies.add(tally);
  }

  /**
   * Whether this report counts: no other report of the same requests comes before it. A report of
   * nothing gives way to any other.
   */
  boolean counts(Tally tally) {
    double value = tally.perSecond.value();
    for (Tally other : tallies) {
      if (other != tally && tally.sameSeries(other) && other.beats(tally)) {
        if (other.perSecond.value() > 0 || value <= 0) {
          return false;
        }
      }
    }
    return true;
  }

  Extras extras(Protocol protocol) {
    return extras.computeIfAbsent(protocol, key -> new Extras());
  }

  @Nullable Extras extrasOrNull(Protocol protocol) {
    return extras.get(protocol);
  }
}
