package pharos.graph.trace;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Calls between workloads, with rate, errors and durations, from spans. Both halves of a call are
 * one call, however many proxies and libraries wrote spans of it; who wrote none is a virtual peer.
 * Traces are samples: the counts say how many calls were seen, never how many there were.
 */
public final class SpanEdges {
  private SpanEdges() {}

  /** One end of an edge. */
  public sealed interface Peer {

    /** Somebody who writes spans; version empty when unknown. */
    record Known(String cluster, String namespace, String workload, String version)
        implements Peer {}

    /** Somebody who does not, by the name that the caller has for it. */
    record Virtual(String name) implements Peer {}

    /** A caller outside of what is traced. */
    record Outside() implements Peer {}
  }

  /**
   * Calls of one peer to another.
   *
   * @param callerNanos added-up durations as callers measured them, over {@code timedByCaller}
   * @param calleeNanos added-up durations as callees measured them, over {@code timedByCallee}
   */
  public record Edge(
      Peer from,
      Peer to,
      long calls,
      long errors,
      long timedByCaller,
      long callerNanos,
      long timedByCallee,
      long calleeNanos) {}

  /** By caller, then by callee. */
  public static List<Edge> of(Collection<TraceTree> traces) {
    Map<Ends, Sum> sums = new HashMap<>();
    traces.forEach(tree -> add(tree, sums));
    List<Edge> edges = new ArrayList<>(sums.size());
    sums.forEach((ends, sum) ->
        edges.add(
            new Edge(
                ends.from(),
                ends.to(),
                sum.calls,
                sum.errors,
                sum.timedByCaller,
                sum.callerNanos,
                sum.timedByCallee,
                sum.calleeNanos)));
    edges.sort(
        Comparator.comparing((Edge edge) -> edge.from().toString())
            .thenComparing(edge -> edge.to().toString()));
    return List.copyOf(edges);
  }

  private static void add(TraceTree tree, Map<Ends, Sum> sums) {
    boolean[] answered = new boolean[tree.size()]; // clients whose call continues below them
    for (int row = 0; row < tree.size(); row++) {
      Span span = tree.span(row);
      int parent = tree.parent(row);
      Span above = parent < 0 ? null : tree.span(parent);
      boolean underClient = above != null && calls(above);
      switch (span.kind()) {
        case SERVER, CONSUMER -> {
          if (underClient && above != null) {
            answered[parent] = true;
            sum(sums, known(above), known(span)).both(tree, parent, row);
          } else if (above == null) {
            sum(sums, new Peer.Outside(), known(span)).callee(tree, row);
          } else if (!above.emitter().sameWorkload(span.emitter())) {
            sum(sums, known(above), known(span)).callee(tree, row); // its client span is missing
          }
        }
        case CLIENT, PRODUCER -> {
          if (underClient && above != null && above.emitter().sameWorkload(span.emitter())) {
            answered[parent] = true; // the same call, seen by the proxy
          }
        }
        case INTERNAL, UNSPECIFIED -> {}
      }
    }
    for (int row = 0; row < tree.size(); row++) {
      Span span = tree.span(row);
      if (calls(span) && !answered[row] && !span.peer().isEmpty()) {
        sum(sums, known(span), new Peer.Virtual(span.peer())).caller(tree, row);
      }
    }
  }

  private static boolean calls(Span span) {
    return span.kind() == Span.Kind.CLIENT || span.kind() == Span.Kind.PRODUCER;
  }

  private static Peer known(Span span) {
    Emitter emitter = span.emitter();
    String name = emitter.workload().isEmpty() ? emitter.service() : emitter.workload();
    return new Peer.Known(emitter.cluster(), emitter.namespace(), name, emitter.version());
  }

  private static Sum sum(Map<Ends, Sum> sums, Peer from, Peer to) {
    return sums.computeIfAbsent(new Ends(from, to), _ -> new Sum());
  }

  private record Ends(Peer from, Peer to) {}

  private static final class Sum {
    long calls;
    long errors;
    long timedByCaller;
    long callerNanos;
    long timedByCallee;
    long calleeNanos;

    void both(TraceTree tree, int client, int server) {
      count(tree.span(client).error() || tree.span(server).error());
      timeCaller(tree, client);
      timeCallee(tree, server);
    }

    void callee(TraceTree tree, int row) {
      count(tree.span(row).error());
      timeCallee(tree, row);
    }

    void caller(TraceTree tree, int row) {
      count(tree.span(row).error());
      timeCaller(tree, row);
    }

    private void count(boolean error) {
      calls++;
      errors += error ? 1 : 0;
    }

    private void timeCaller(TraceTree tree, int row) {
      timedByCaller++;
      callerNanos += tree.durationNanos(row);
    }

    private void timeCallee(TraceTree tree, int row) {
      timedByCallee++;
      calleeNanos += tree.durationNanos(row);
    }
  }
}
