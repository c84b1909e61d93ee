package pharos.backend.traces;

import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.TracesData;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Sorts received spans by trace into what is stored. */
final class Segments {
  private static final int MAX_NAMES = 500;
  private static final int MAX_NAME_LENGTH = 256;

  private Segments() {}

  /** One segment per trace, in the order in which the traces were first seen. */
  static List<Segment> of(List<ResourceSpans> received, PodOwners pods) {
    Map<TraceId, List<StoredSpan>> byTrace = new LinkedHashMap<>();
    for (StoredSpan span : StoredSpan.all(received, pods)) {
      byTrace
          .computeIfAbsent(TraceId.of(span.otlp().getTraceId()), _ -> new ArrayList<>())
          .add(span);
    }
    List<Segment> segments = new ArrayList<>(byTrace.size());
    byTrace.forEach((trace, spans) -> segments.add(segment(trace, spans)));
    return segments;
  }

  private static Segment segment(TraceId trace, List<StoredSpan> spans) {
    long start = Long.MAX_VALUE;
    long end = 0;
    int errors = 0;
    Tokens tokens = new Tokens();
    Set<Segment.Name> names = new HashSet<>();
    for (StoredSpan span : spans) {
      start = Math.min(start, span.otlp().getStartTimeUnixNano() / 1_000);
      end = Math.max(end, span.otlp().getEndTimeUnixNano() / 1_000);
      errors += span.error() ? 1 : 0;
      tokens.add(span);
      names(span, names);
    }
    return new Segment(
        trace,
        start,
        Math.max(start, end),
        spans.size(),
        errors,
        tokens.all(),
        names,
        Payload.of(data(spans)));
  }

  private static void names(StoredSpan span, Set<Segment.Name> names) {
    if (names.size() >= MAX_NAMES) {
      return;
    }
    String service = span.emitter().service();
    String operation = span.otlp().getName();
    if (service.length() <= MAX_NAME_LENGTH && operation.length() <= MAX_NAME_LENGTH) {
      names.add(new Segment.Name.Operation(service, operation));
    }
    for (String key : span.attributes().keySet()) {
      if (key.length() <= MAX_NAME_LENGTH && names.size() < MAX_NAMES) {
        names.add(new Segment.Name.Key(key));
      }
    }
  }

  /** The spans as they came: each resource and scope once, by identity as intake decoded them. */
  private static TracesData data(List<StoredSpan> spans) {
    Map<Resource, Map<InstrumentationScope, ScopeSpans.Builder>> grouped = new IdentityHashMap<>();
    List<Resource> order = new ArrayList<>();
    for (StoredSpan span : spans) {
      grouped
          .computeIfAbsent(
              span.resource(),
              resource -> {
                order.add(resource);
                return new IdentityHashMap<>();
              })
          .computeIfAbsent(span.scope(), scope -> ScopeSpans.newBuilder().setScope(scope))
          .addSpans(span.otlp());
    }
    var data = TracesData.newBuilder();
    for (Resource resource : order) {
      var resourceSpans = ResourceSpans.newBuilder().setResource(resource);
      grouped.getOrDefault(resource, Map.of()).values().forEach(resourceSpans::addScopeSpans);
      data.addResourceSpans(resourceSpans);
    }
    return data.build();
  }
}
