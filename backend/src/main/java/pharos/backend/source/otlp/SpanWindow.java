package pharos.backend.source.otlp;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import pharos.graph.sample.CallLabels;
import pharos.graph.sample.Protocol;
import pharos.graph.sample.SpanCall;

/**
 * The proxies' spans of the last minutes, and the calls that they show. A call is a client's span
 * with the server's span that names it as parent; either half alone is a call to, or from, somebody
 * without a proxy. Safe to use from several threads.
 */
final class SpanWindow {
  private final int maxSpans;
  private final Duration keep;
  private final ArrayDeque<ProxySpan> spans = new ArrayDeque<>();

  SpanWindow(int maxSpans, Duration keep) {
    this.maxSpans = maxSpans;
    this.keep = keep;
  }

  /** Adds spans; how many older ones had to go for room before their time. */
  synchronized int add(Collection<ProxySpan> more, Instant now) {
    long oldest = now.minus(keep).toEpochMilli();
    while (!spans.isEmpty() && spans.peekFirst().endMillis() < oldest) {
      spans.removeFirst();
    }
    spans.addAll(more);
    int crowdedOut = 0;
    while (spans.size() > maxSpans) {
      spans.removeFirst();
      crowdedOut++;
    }
    return crowdedOut;
  }

  synchronized int size() {
    return spans.size();
  }

  /** Calls whose spans ended in the window. */
  List<SpanCall> calls(Instant at, Duration window) {
    List<ProxySpan> recent = between(at.minus(window).toEpochMilli(), at.toEpochMilli());
    Map<String, ProxySpan> servers = new HashMap<>();
    for (ProxySpan span : recent) {
      if (!span.client() && !span.parent().isEmpty()) {
        servers.putIfAbsent(span.trace() + span.parent(), span);
      }
    }
    Map<Call, Sum> calls = new HashMap<>();
    Set<ProxySpan> paired = new HashSet<>();
    for (ProxySpan span : recent) {
      if (span.client()) {
        ProxySpan server = servers.get(span.trace() + span.own());
        if (server != null) {
          paired.add(server);
        }
        sum(calls, labels(span, server), span);
      }
    }
    for (ProxySpan span : recent) {
      if (!span.client() && !paired.contains(span)) {
        sum(calls, labels(null, span), span);
      }
    }
    double seconds = window.toMillis() / 1e3;
    var result = new ArrayList<SpanCall>();
    calls.forEach((call, sum) ->
        result.add(
            new SpanCall(
                call.labels(),
                call.protocol(),
                sum.calls / seconds,
                (double) sum.errors / sum.calls,
                sum.millis / sum.calls)));
    return result;
  }

  private synchronized List<ProxySpan> between(long fromMillis, long toMillis) {
    return spans.stream()
        .filter(span -> span.endMillis() > fromMillis && span.endMillis() <= toMillis)
        .toList();
  }

  private static void sum(Map<Call, Sum> calls, CallLabels labels, ProxySpan span) {
    Sum sum = calls.computeIfAbsent(new Call(labels, span.protocol()), key -> new Sum());
    sum.calls++;
    sum.errors += span.error() ? 1 : 0;
    sum.millis += span.durationMillis();
  }

  private static CallLabels labels(@Nullable ProxySpan client, @Nullable ProxySpan server) {
    ProxySpan.Workload from = client == null ? UNKNOWN : client.workload();
    ProxySpan.Workload to = server == null ? UNKNOWN : server.workload();
    Host host = Host.of(client == null ? "" : client.upstream());
    return new CallLabels(
        from.cluster(),
        from.namespace(),
        from.name(),
        from.app(),
        from.version(),
        CallLabels.ABSENT,
        to.cluster(),
        host.namespace(),
        host.host(),
        host.name(),
        to.namespace(),
        to.name(),
        to.app(),
        to.version());
  }

  private static final ProxySpan.Workload UNKNOWN =
      new ProxySpan.Workload(
          CallLabels.UNKNOWN,
          CallLabels.UNKNOWN,
          CallLabels.UNKNOWN,
          CallLabels.UNKNOWN,
          CallLabels.UNKNOWN);

  private record Host(String host, String name, String namespace) {
    static Host of(String host) {
      if (host.isEmpty()) {
        return new Host(CallLabels.UNKNOWN, CallLabels.UNKNOWN, CallLabels.UNKNOWN);
      }
      String[] parts = host.split("\\.", -1);
      boolean service = parts.length > 2 && parts[2].equals("svc");
      return service
          ? new Host(host, parts[0], parts[1])
          : new Host(host, host, CallLabels.UNKNOWN);
    }
  }

  private record Call(CallLabels labels, Protocol protocol) {}

  private static final class Sum {
    long calls;
    long errors;
    double millis;
  }
}
