package pharos.backend.http;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import pharos.backend.traces.Segment.Name;
import pharos.backend.traces.SpanIds;
import pharos.backend.traces.TracePage;
import pharos.backend.traces.TraceStore.Place;
import pharos.backend.traces.TraceSummary;

/** Found traces, and what a search can ask for. */
final class TraceListJson {
  private TraceListJson() {}

  static byte[] page(TracePage page, Instant from, Instant to) {
    return Json.bytes(out -> {
      out.writeStartObject();
      Json.time(out, "from", from);
      Json.time(out, "to", to);
      Json.time(out, "searchedBackTo", page.searchedBackTo());
      Place next = page.next();
      Json.text(out, "next", next == null ? null : next.startMicros() + "-" + next.trace());
      out.writeArrayFieldStart("traces");
      for (TraceSummary trace : page.traces()) {
        summary(out, trace);
      }
      out.writeEndArray();
      out.writeEndObject();
    });
  }

  private static void summary(JsonGenerator out, TraceSummary trace) throws IOException {
    out.writeStartObject();
    out.writeStringField("id", trace.id().toString());
    Json.time(
        out,
        "start",
        Instant.ofEpochSecond(
            Math.floorDiv(trace.startNanos(), 1_000_000_000L),
            Math.floorMod(trace.startNanos(), 1_000_000_000L)));
    out.writeNumberField("durationNanos", trace.durationNanos());
    out.writeStringField("rootService", trace.rootService());
    out.writeStringField("rootOperation", trace.rootOperation());
    out.writeBooleanField("rootMissing", trace.rootMissing());
    out.writeNumberField("spans", trace.spans());
    out.writeNumberField("errors", trace.errors());
    out.writeNumberField("depth", trace.depth());
    out.writeArrayFieldStart("services");
    for (TraceSummary.ServiceShare share : trace.services()) {
      out.writeStartObject();
      out.writeStringField("name", share.service());
      out.writeNumberField("spans", share.spans());
      out.writeNumberField("errors", share.errors());
      out.writeNumberField("selfNanos", share.selfNanos());
      out.writeEndObject();
    }
    out.writeEndArray();
    out.writeNumberField("matched", trace.matched());
    Json.texts(out, "matches", trace.matches().stream().map(SpanIds::text).toList());
    out.writeEndObject();
  }

  static byte[] names(List<Name> names) {
    Map<String, List<String>> operations = new TreeMap<>();
    List<String> keys = new ArrayList<>();
    for (Name name : names) {
      switch (name) {
        case Name.Operation(var service, var operation) ->
            operations.computeIfAbsent(service, _ -> new ArrayList<>()).add(operation);
        case Name.Key(var key) -> keys.add(key);
      }
    }
    return Json.bytes(out -> {
      out.writeStartObject();
      out.writeArrayFieldStart("services");
      for (var entry : operations.entrySet()) {
        out.writeStartObject();
        out.writeStringField("name", entry.getKey());
        Json.texts(out, "operations", entry.getValue());
        out.writeEndObject();
      }
      out.writeEndArray();
      Json.texts(out, "keys", keys);
      out.writeEndObject();
    });
  }
}
