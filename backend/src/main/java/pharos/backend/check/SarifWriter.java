package pharos.backend.check;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import pharos.config.check.Finding;
import pharos.config.check.Level;
import pharos.config.check.MessageType;
import pharos.config.resource.Place;

/** Findings as SARIF 2.1.0, for code hosts that annotate changes. */
final class SarifWriter {
  private SarifWriter() {}

  static void write(List<Finding> findings, String version, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
    json.writeStringField("version", "2.1.0");
    json.writeArrayFieldStart("runs");
    json.writeStartObject();
    json.writeObjectFieldStart("tool");
    json.writeObjectFieldStart("driver");
    json.writeStringField("name", "Pharos");
    json.writeStringField("version", version);
    json.writeArrayFieldStart("rules");
    Map<String, MessageType> rules = new LinkedHashMap<>();
    findings.forEach(finding -> rules.put(finding.type().code(), finding.type()));
    for (MessageType rule : rules.values()) {
      json.writeStartObject();
      json.writeStringField("id", rule.code());
      json.writeStringField("name", rule.title());
      json.writeObjectFieldStart("shortDescription");
      json.writeStringField("text", rule.title());
      json.writeEndObject();
      json.writeStringField("helpUri", rule.documentationUrl());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
    json.writeEndObject();
    json.writeArrayFieldStart("results");
    for (Finding finding : findings) {
      result(finding, json);
    }
    json.writeEndArray();
    json.writeStringField("columnKind", "utf16CodeUnits");
    json.writeEndObject();
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void result(Finding finding, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("ruleId", finding.type().code());
    json.writeStringField("level", level(finding.type().level()));
    json.writeObjectFieldStart("message");
    json.writeStringField("text", finding.message());
    json.writeEndObject();
    Place place = finding.place();
    if (place != null
        && finding.resource() != null
        && !finding.resource().source().file().isEmpty()) {
      json.writeArrayFieldStart("locations");
      json.writeStartObject();
      json.writeObjectFieldStart("physicalLocation");
      json.writeObjectFieldStart("artifactLocation");
      json.writeStringField("uri", uri(finding.resource().source().file()));
      json.writeEndObject();
      json.writeObjectFieldStart("region");
      json.writeNumberField("startLine", place.line());
      json.writeNumberField("startColumn", place.column());
      json.writeEndObject();
      json.writeEndObject();
      json.writeArrayFieldStart("logicalLocations");
      json.writeStartObject();
      json.writeStringField("fullyQualifiedName", finding.origin());
      json.writeEndObject();
      json.writeEndArray();
      json.writeEndObject();
      json.writeEndArray();
    }
    json.writeEndObject();
  }

  /** A file as a URI reference (RFC 3986): what may not stand in one is escaped. */
  private static String uri(String file) {
    String path = file.replace('\\', '/');
    try {
      if (path.startsWith("/")) {
        return new URI("file", "", path, null).toASCIIString();
      }
      // A colon in the first part would make it a scheme.
      int colon = path.indexOf(':');
      int slash = path.indexOf('/');
      boolean scheme = colon >= 0 && (slash < 0 || colon < slash);
      return new URI(null, null, scheme ? "./" + path : path, null).toASCIIString();
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("%s: no name of a file".formatted(file), e);
    }
  }

  private static String level(Level level) {
    return switch (level) {
      case ERROR -> "error";
      case WARNING -> "warning";
      case INFO -> "note";
    };
  }
}
