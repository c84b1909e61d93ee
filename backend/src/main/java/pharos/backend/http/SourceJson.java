package pharos.backend.http;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import pharos.backend.traffic.SourceStatus;

/** Sources with their state and age. */
final class SourceJson {
  private SourceJson() {}

  static void sources(JsonGenerator out, List<SourceStatus> sources) throws IOException {
    out.writeArrayFieldStart("sources");
    for (SourceStatus source : sources) {
      out.writeStartObject();
      out.writeStringField("name", source.name());
      out.writeStringField("kind", source.kind());
      out.writeStringField("state", source.state().name().toLowerCase(Locale.ROOT));
      Json.time(out, "observedAt", source.observedAt());
      Json.time(out, "since", source.since());
      out.writeStringField("detail", source.detail());
      Json.texts(out, "warnings", source.warnings());
      Json.texts(out, "facts", source.facts());
      out.writeEndObject();
    }
    out.writeEndArray();
  }
}
