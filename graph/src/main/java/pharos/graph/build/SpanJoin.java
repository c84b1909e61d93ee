package pharos.graph.build;

import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import pharos.graph.NodeFlag;
import pharos.graph.build.Calls.Seen;
import pharos.graph.build.EdgeDraft.SampledRates;
import pharos.graph.sample.CallLabels;
import pharos.graph.sample.Protocol;
import pharos.graph.sample.Samples;
import pharos.graph.sample.SpanCall;

/**
 * Adds calls that only trace spans know. Spans are samples, so their rates are never added to those
 * of metrics: where metrics have an edge between two nodes, spans say nothing about it. Half a call
 * says less than metrics do: one without a caller adds nothing, since its other half may only have
 * ended outside the window; one without a server counts only if metrics know no call of that caller
 * to that host, whatever they call its target.
 */
final class SpanJoin {
  private static final Comparator<SpanCall> ORDER =
      Comparator.comparing(SpanCall::protocol)
          .thenComparingDouble(SpanCall::perSecond)
          .thenComparingDouble(SpanCall::errors)
          .thenComparingDouble(SpanCall::meanMillis);

  private SpanJoin() {}

  static void join(Draft draft, Calls calls, Requested requested, Samples samples) {
    List<SpanCall> spans = samples.spans();
    if (spans.isEmpty()) {
      return;
    }
    boolean halves = spans.stream().anyMatch(span -> !isReached(span.call()));
    Set<Asked> asked = halves ? asked(samples) : Set.of();
    Set<NodeDraft> measured = Set.copyOf(draft.nodes());
    Map<EdgeDraft.Ends, EdgeDraft> sampled = new HashMap<>();
    for (SpanCall span : spans.stream().sorted(ORDER).toList()) {
      Seen seen = calls.of(span.call());
      Call call = seen.call;
      boolean wanted =
          seen.sourceNamespace >= 0
              || seen.targetNamespace >= 0
              || requested.index(span.call().destinationServiceNamespace()) >= 0;
      if (call == null || !wanted || span.perSecond() <= 0 || !isNews(span.call(), asked)) {
        continue;
      }
      if (call.service == null) {
        add(draft, sampled, call.source, call.target, span, true);
      } else {
        add(draft, sampled, call.source, call.service, span, false);
        add(draft, sampled, call.service, call.target, span, true);
      }
    }
    for (EdgeDraft edge : sampled.values()) {
      draft.put(edge);
      for (NodeDraft node : List.of(edge.source, edge.target)) {
        if (!measured.contains(node)) {
          node.flags.add(NodeFlag.SAMPLED_ONLY);
        }
      }
    }
  }

  /** Who asked for which host, as the proxies of callers counted it. */
  private record Asked(String namespace, String workload, String host) {
    static Asked of(CallLabels call) {
      return new Asked(call.sourceNamespace(), call.sourceWorkload(), call.destinationService());
    }
  }

  private static Set<Asked> asked(Samples samples) {
    Set<Asked> asked = new HashSet<>();
    samples.requests().forEach(request -> asked.add(Asked.of(request.call())));
    samples.volumes().forEach(volume -> asked.add(Asked.of(volume.call())));
    return asked;
  }

  private static boolean isNews(CallLabels call, Set<Asked> asked) {
    if (!Labels.isKnown(call.sourceWorkload())) {
      return false;
    }
    return isReached(call)
        || (Labels.isKnown(call.destinationService()) && !asked.contains(Asked.of(call)));
  }

  private static boolean isReached(CallLabels call) {
    return Labels.isKnown(call.destinationWorkload());
  }

  private static void add(
      Draft draft,
      Map<EdgeDraft.Ends, EdgeDraft> sampled,
      NodeDraft source,
      NodeDraft target,
      SpanCall span,
      boolean timed) {
    for (Protocol protocol : Protocol.values()) {
      if (draft.edge(source, target, protocol) != null) {
        return;
      }
    }
    EdgeDraft fresh = new EdgeDraft(source, target, span.protocol(), -1);
    EdgeDraft edge = sampled.computeIfAbsent(fresh.ends(), key -> fresh);
    edge.timed = timed;
    SampledRates before = edge.sampled == null ? SampledRates.NONE : edge.sampled;
    edge.sampled = before.plus(span.perSecond(), span.errors(), span.meanMillis());
  }
}
