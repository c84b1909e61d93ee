package pharos.backend.check;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import pharos.config.check.Finding;
import pharos.config.check.Fix;
import pharos.config.resource.Place;

/** Findings as JSON: istioctl's fields, then ours. */
final class FindingWriter {
  private FindingWriter() {}

  static void write(List<Finding> findings, JsonGenerator json) throws IOException {
    json.writeStartArray();
    for (Finding finding : findings) {
      write(finding, json);
    }
    json.writeEndArray();
  }

  private static void write(Finding finding, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("code", finding.type().code());
    json.writeStringField("level", finding.type().level().wireName());
    if (finding.resource() != null) {
      json.writeStringField("origin", finding.origin());
    }
    json.writeStringField("message", finding.message());
    json.writeStringField("documentationUrl", finding.type().documentationUrl());
    if (!finding.reference().isEmpty()) {
      json.writeStringField("reference", finding.reference());
    }
    json.writeStringField("analyzer", finding.check());
    json.writeStringField("name", finding.type().title());
    json.writeStringField("path", finding.path().toString());
    Place place = finding.place();
    if (place != null
        && finding.resource() != null
        && !finding.resource().source().file().isEmpty()) {
      json.writeNumberField("line", place.line());
      json.writeNumberField("column", place.column());
      Place end = finding.end();
      if (end != null) {
        json.writeNumberField("endLine", end.line());
        json.writeNumberField("endColumn", end.column());
      }
    }
    if (!finding.fixes().isEmpty()) {
      fixes(finding.fixes(), json);
    }
    json.writeEndObject();
  }

  private static void fixes(List<Fix> fixes, JsonGenerator json) throws IOException {
    json.writeArrayFieldStart("fixes");
    for (Fix fix : fixes) {
      json.writeStartObject();
      json.writeStringField("title", fix.title());
      json.writeArrayFieldStart("edits");
      for (Fix.TextEdit edit : fix.edits()) {
        json.writeStartObject();
        place("start", edit.start(), json);
        place("end", edit.end(), json);
        json.writeStringField("text", edit.text());
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  /** Offsets count UTF-16 units from the beginning of the file. */
  private static void place(String name, Place place, JsonGenerator json) throws IOException {
    json.writeObjectFieldStart(name);
    json.writeNumberField("line", place.line());
    json.writeNumberField("column", place.column());
    json.writeNumberField("offset", place.offset());
    json.writeEndObject();
  }
}
