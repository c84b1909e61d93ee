package pharos.backend.http;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntToLongFunction;
import pharos.backend.traces.SpanIds;
import pharos.backend.traces.TraceFacts;
import pharos.graph.trace.CallPairs;
import pharos.graph.trace.ClockSkew;
import pharos.graph.trace.Coverage;
import pharos.graph.trace.CriticalPath;
import pharos.graph.trace.Emitter;
import pharos.graph.trace.Span;
import pharos.graph.trace.SpanWarning;
import pharos.graph.trace.TimeSplit;
import pharos.graph.trace.TraceTree;

/**
 * A trace in columns, one entry per row of its tree, with names in dictionaries: a tenth of what
 * whole spans would take. Times are nanoseconds after {@code startNanos}.
 */
final class SkeletonJson {
  private static final int ERROR = 1;
  private static final int WARNING = 2;

  private static final List<Span.Kind> KINDS = List.of(Span.Kind.values());
  private static final List<TimeSplit.Place> PLACES = List.of(TimeSplit.Place.values());

  private SkeletonJson() {}

  private static String name(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static byte[] of(TraceFacts trace, boolean adjusted) {
    TraceTree raw = trace.tree();
    ClockSkew skew = ClockSkew.of(raw);
    TraceTree tree = adjusted ? skew.adjusted(raw) : raw;
    long first = tree.firstNanos();
    CriticalPath path = CriticalPath.of(tree);
    Coverage coverage = Coverage.of(tree);
    return Json.bytes(out -> {
      out.writeStartObject();
      out.writeStringField("id", trace.id().toString());
      out.writeStringField("startNanos", Long.toString(first));
      out.writeNumberField("durationNanos", tree.lastNanos() - first);
      out.writeNumberField("mainRow", tree.mainRow());
      out.writeNumberField("copiesDropped", tree.duplicatesDropped());
      out.writeBooleanField("adjusted", adjusted && skew.any());
      out.writeObjectFieldStart("clocks");
      for (var clock : new TreeMap<>(skew.byPod()).entrySet()) {
        out.writeNumberField(clock.getKey(), clock.getValue());
      }
      out.writeEndObject();
      columns(out, tree, coverage, first);
      path(out, tree, path, first);
      lists(out, tree, coverage, first);
      out.writeEndObject();
    });
  }

  private static void columns(JsonGenerator out, TraceTree tree, Coverage coverage, long first)
      throws IOException {
    Map<Emitter, Integer> emitters = new LinkedHashMap<>();
    Map<String, Integer> names = new LinkedHashMap<>();
    Map<String, Integer> flags = new LinkedHashMap<>();
    flags.put("", 0);
    int size = tree.size();
    int[] emitter = new int[size];
    int[] name = new int[size];
    int[] flag = new int[size];
    for (int row = 0; row < size; row++) {
      var span = tree.span(row);
      emitter[row] = emitters.computeIfAbsent(span.emitter(), _ -> emitters.size());
      name[row] = names.computeIfAbsent(span.name(), _ -> names.size());
      flag[row] = flags.computeIfAbsent(span.flags(), _ -> flags.size());
    }
    out.writeArrayFieldStart("emitters");
    for (Emitter each : emitters.keySet()) {
      out.writeStartObject();
      out.writeStringField("service", each.service());
      out.writeStringField("namespace", each.namespace());
      out.writeStringField("workload", each.workload());
      out.writeStringField("version", each.version());
      out.writeStringField("pod", each.pod());
      out.writeStringField("cluster", each.cluster());
      out.writeBooleanField("proxy", each.proxy());
      out.writeEndObject();
    }
    out.writeEndArray();
    Json.texts(out, "names", names.keySet());
    Json.texts(out, "flagNames", flags.keySet());
    Json.texts(out, "kindNames", KINDS.stream().map(SkeletonJson::name).toList());
    Json.texts(out, "placeNames", PLACES.stream().map(SkeletonJson::name).toList());
    List<TimeSplit.Place> places = TimeSplit.places(tree);
    out.writeArrayFieldStart("ids");
    for (int row = 0; row < size; row++) {
      out.writeString(SpanIds.text(tree.span(row).id()));
    }
    out.writeEndArray();
    column(out, "parents", size, tree::parent);
    column(out, "starts", size, row -> tree.startNanos(row) - first);
    column(out, "durations", size, tree::durationNanos);
    column(out, "selfs", size, coverage::selfNanos);
    column(out, "emitter", size, row -> emitter[row]);
    column(out, "name", size, row -> name[row]);
    column(out, "flags", size, row -> flag[row]);
    column(out, "kinds", size, row -> KINDS.indexOf(tree.span(row).kind()));
    column(out, "places", size, row -> PLACES.indexOf(places.get(row)));
    column(
        out,
        "marks",
        size,
        row ->
            (tree.span(row).error() ? ERROR : 0)
                | (tree.warnings().containsKey(row) ? WARNING : 0));
  }

  private static void column(JsonGenerator out, String field, int size, IntToLongFunction value)
      throws IOException {
    out.writeArrayFieldStart(field);
    for (int row = 0; row < size; row++) {
      out.writeNumber(value.applyAsLong(row));
    }
    out.writeEndArray();
  }

  /** Row, start, length of each section; and where the time of the path went. */
  private static void path(JsonGenerator out, TraceTree tree, CriticalPath path, long first)
      throws IOException {
    out.writeArrayFieldStart("criticalPath");
    for (CriticalPath.Section section : path.sections()) {
      out.writeNumber(section.row());
      out.writeNumber(section.fromNanos() - first);
      out.writeNumber(section.toNanos() - section.fromNanos());
    }
    out.writeEndArray();
    Map<TimeSplit.Place, Long> split = TimeSplit.of(tree, path).nanos();
    out.writeArrayFieldStart("split");
    for (TimeSplit.Place place : PLACES) {
      out.writeStartObject();
      out.writeStringField("place", name(place));
      out.writeNumberField("nanos", split.getOrDefault(place, 0L));
      out.writeEndObject();
    }
    out.writeEndArray();
  }

  private static void lists(JsonGenerator out, TraceTree tree, Coverage coverage, long first)
      throws IOException {
    out.writeArrayFieldStart("gaps");
    for (Coverage.Gap gap : coverage.gaps()) {
      out.writeNumber(gap.row());
      out.writeNumber(gap.fromNanos() - first);
      out.writeNumber(gap.toNanos() - gap.fromNanos());
    }
    out.writeEndArray();
    out.writeArrayFieldStart("pairs");
    for (CallPairs.Pair pair : CallPairs.of(tree)) {
      out.writeNumber(pair.clientRow());
      out.writeNumber(pair.serverRow());
      out.writeNumber(pair.requestNanos());
      out.writeNumber(pair.responseNanos());
    }
    out.writeEndArray();
    out.writeArrayFieldStart("warnings");
    for (var entry : tree.warnings().entrySet()) {
      for (SpanWarning warning : entry.getValue()) {
        out.writeStartObject();
        out.writeNumberField("row", entry.getKey());
        warning(out, warning);
        out.writeEndObject();
      }
    }
    out.writeEndArray();
  }

  private static void warning(JsonGenerator out, SpanWarning warning) throws IOException {
    switch (warning) {
      case SpanWarning.ParentMissing(long parent) -> {
        out.writeStringField("code", "parent-missing");
        out.writeStringField(
            "words", "Its parent %s is not in the trace.".formatted(SpanIds.text(parent)));
      }
      case SpanWarning.InCycle(long parent) -> {
        out.writeStringField("code", "cycle");
        out.writeStringField(
            "words",
            "It is its own ancestor through %s; shown as a root.".formatted(SpanIds.text(parent)));
      }
      case SpanWarning.DuplicateId(long original) -> {
        out.writeStringField("code", "duplicate-id");
        out.writeStringField(
            "words", "Another span has the same id %s.".formatted(SpanIds.text(original)));
      }
      case SpanWarning.StartMissing() -> {
        out.writeStringField("code", "start-missing");
        out.writeStringField("words", "It has no start; shown from the start of its parent.");
      }
      case SpanWarning.EndBeforeStart(long nanos) -> {
        out.writeStringField("code", "end-before-start");
        out.writeStringField(
            "words",
            "It ends %d µs before it starts; shown without length.".formatted(nanos / 1_000));
      }
    }
  }
}
