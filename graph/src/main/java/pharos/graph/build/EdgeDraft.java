package pharos.graph.build;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import pharos.graph.sample.Protocol;

/** An edge while the graph is being built. */
final class EdgeDraft {
  final NodeDraft source;
  final NodeDraft target;
  final Protocol protocol;

  /** Index of the namespace whose graph this edge is part of; see {@link NamespaceMerge}. */
  final int namespace;

  final List<Part> parts = new ArrayList<>(4);

  /** The calls that make up this edge; where mTLS, response times and throughput come from. */
  final List<Call> calls = new ArrayList<>(1);

  /** False on the way from a caller to an injected service: a latency there would be a guess. */
  boolean timed = true;

  /** Not null when the edge is known from trace spans only. */
  @Nullable SampledRates sampled;

  EdgeDraft(NodeDraft source, NodeDraft target, Protocol protocol, int namespace) {
    this.source = source;
    this.target = target;
    this.protocol = protocol;
    this.namespace = namespace;
  }

  /** Requests that ended alike. */
  static final class Part {
    static final Comparator<Part> ORDER =
        Comparator.comparing((Part part) -> part.code)
            .thenComparing(part -> part.flags)
            .thenComparing(part -> part.host);

    final String code;
    final String flags;
    final String host;
    final Sum perSecond = new Sum();

    Part(String code, String flags, String host) {
      this.code = code;
      this.flags = flags;
      this.host = host;
    }
  }

  /** Weighted means of what spans said. */
  record SampledRates(double perSecond, double errors, double meanMillis) {
    static final SampledRates NONE = new SampledRates(0, 0, 0);

    SampledRates plus(double morePerSecond, double moreErrors, double moreMillis) {
      double sum = perSecond + morePerSecond;
      double weight = sum == 0 ? 0 : morePerSecond / sum;
      return new SampledRates(
          sum,
          errors + (moreErrors - errors) * weight,
          meanMillis + (moreMillis - meanMillis) * weight);
    }
  }

  /** Which nodes and protocol: equal for the same edge in the graphs of several namespaces. */
  record Ends(int source, int target, Protocol protocol) {}

  Ends ends() {
    return new Ends(source.index, target.index, protocol);
  }

  void count(String code, String flags, String host, double perSecond) {
    part(code, flags, host).perSecond.add(perSecond);
  }

  /** Adds what another edge carries. */
  void addAll(EdgeDraft other) {
    for (Part part : other.parts) {
      part(part.code, part.flags, part.host).perSecond.add(part.perSecond);
    }
    for (Call call : other.calls) {
      addCall(call);
    }
    timed &= other.timed;
  }

  void addCall(Call call) {
    if (calls.isEmpty() || (calls.getLast() != call && !calls.contains(call))) {
      calls.add(call);
    }
  }

  private Part part(String code, String flags, String host) {
    for (Part part : parts) {
      if (part.code.equals(code) && part.flags.equals(flags) && part.host.equals(host)) {
        return part;
      }
    }
    Part added = new Part(code, flags, host);
    parts.add(added);
    return added;
  }
}
