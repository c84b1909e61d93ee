package pharos.graph.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import zipkin2.DependencyLink;
import zipkin2.Endpoint;
import zipkin2.internal.DependencyLinker;

/** Held against Zipkin's own library. */
class DependencyLinksTest {
  private static final int TRACES = 2_000;

  @Test
  void of_randomTraces_countsWhatZipkinCounts() {
    int links = 0;
    for (long seed = 1; seed <= TRACES; seed++) {
      List<Span> spans = RandomTraces.small(seed, seed % 2 == 0);
      Map<String, String> ours = ours(spans);
      assertThat(ours).as("seed %d", seed).isEqualTo(zipkins(spans));
      links += ours.size();
    }
    assertThat(links).isGreaterThan(TRACES); // or the traces would prove little
  }

  private static Map<String, String> ours(List<Span> spans) {
    Map<String, String> links = new TreeMap<>();
    for (DependencyLinks.Link link : DependencyLinks.of(List.of(TraceTree.of(spans)))) {
      links.put(link.parent() + "->" + link.child(), link.calls() + "/" + link.errors());
    }
    return links;
  }

  private static Map<String, String> zipkins(List<Span> spans) {
    List<zipkin2.Span> theirs = new ArrayList<>();
    for (Span span : spans) {
      theirs.add(zipkin(span));
    }
    Map<String, String> links = new TreeMap<>();
    for (DependencyLink link : new DependencyLinker().putTrace(theirs).link()) {
      links.put(link.parent() + "->" + link.child(), link.callCount() + "/" + link.errorCount());
    }
    return links;
  }

  private static zipkin2.Span zipkin(Span span) {
    zipkin2.Span.Builder builder =
        zipkin2.Span.newBuilder()
            .traceId("1")
            .id(Long.toHexString(span.id()))
            .name(span.name())
            .timestamp(span.startNanos() / 1_000)
            .duration(Math.max(1, (span.endNanos() - span.startNanos()) / 1_000));
    if (span.parent() != 0) {
      builder.parentId(Long.toHexString(span.parent()));
    }
    switch (span.kind()) {
      case SERVER, CLIENT, PRODUCER, CONSUMER ->
          builder.kind(zipkin2.Span.Kind.valueOf(span.kind().name()));
      case INTERNAL, UNSPECIFIED -> {} // Zipkin has no such kinds
    }
    if (!span.emitter().service().isEmpty()) {
      builder.localEndpoint(Endpoint.newBuilder().serviceName(span.emitter().service()).build());
    }
    if (!span.peer().isEmpty()) {
      builder.remoteEndpoint(Endpoint.newBuilder().serviceName(span.peer()).build());
    }
    return span.error() ? builder.putTag("error", "").build() : builder.build();
  }
}
