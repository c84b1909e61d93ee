package pharos.backend.http;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import pharos.backend.config.Analyzed;
import pharos.backend.config.DraftAnswer;
import pharos.backend.config.LiveConfig;
import pharos.backend.traffic.SourceStatus;
import pharos.config.check.Finding;
import pharos.config.check.Fix;
import pharos.config.check.Level;
import pharos.config.reference.Reference;
import pharos.config.reference.References;
import pharos.config.resource.Fields;
import pharos.config.resource.Place;
import pharos.config.resource.Refusal;
import pharos.config.resource.Resource;
import pharos.config.resource.ResourceKey;
import pharos.config.resource.Span;
import pharos.config.resource.YamlText;

/** Objects of the mesh and what the checks say of them, as JSON. */
final class ConfigJson {
  private ConfigJson() {}

  /** The list of objects. */
  static byte[] objects(Analyzed analyzed, ConfigQuery query, SourceStatus source) {
    return Json.bytes(out -> {
      Map<String, Integer> kinds = new TreeMap<>();
      out.writeStartObject();
      out.writeArrayFieldStart("items");
      for (Resource resource : analyzed.config().resources().all()) {
        List<Finding> findings = analyzed.of(resource.key());
        if (query.lists(resource, findings)) {
          kinds.merge(KindNames.name(resource.key().kind()), 1, Integer::sum);
          out.writeStartObject();
          head(out, resource);
          counts(out, "findings", findings);
          out.writeEndObject();
        }
      }
      out.writeEndArray();
      out.writeObjectFieldStart("kinds");
      for (Map.Entry<String, Integer> kind : kinds.entrySet()) {
        out.writeNumberField(kind.getKey(), kind.getValue());
      }
      out.writeEndObject();
      out.writeArrayFieldStart("withoutObject");
      for (Finding finding : analyzed.withoutObject()) {
        if (query.lists(finding)) {
          finding(out, finding, null);
        }
      }
      out.writeEndArray();
      tail(out, analyzed, source);
      out.writeEndObject();
    });
  }

  /** All findings of the mesh. */
  static byte[] findings(Analyzed analyzed, ConfigQuery query, SourceStatus source) {
    return Json.bytes(out -> {
      List<Finding> listed = analyzed.findings().stream().filter(query::lists).toList();
      out.writeStartObject();
      counts(out, "counts", listed);
      out.writeArrayFieldStart("items");
      for (Finding finding : listed) {
        finding(out, finding, null);
      }
      out.writeEndArray();
      tail(out, analyzed, source);
      out.writeEndObject();
    });
  }

  /**
   * One object with its text.
   *
   * @param positioned the object as read from that text
   */
  static byte[] object(
      Analyzed analyzed,
      Resource live,
      String text,
      Resource positioned,
      References references,
      SourceStatus source) {
    return Json.bytes(out -> {
      out.writeStartObject();
      head(out, live);
      out.writeStringField("uid", Fields.text(live.root(), "metadata", "uid"));
      out.writeStringField(
          "resourceVersion", Fields.text(live.root(), "metadata", "resourceVersion"));
      out.writeNumberField("generation", Fields.number(live.root(), "metadata", "generation"));
      out.writeBooleanField("complete", !LiveConfig.REDUCED.contains(live.key().kind()));
      out.writeStringField("text", text);
      out.writeStringField("raw", YamlText.of(live.root()));
      out.writeArrayFieldStart("findings");
      for (Finding finding : analyzed.of(live.key())) {
        finding(out, finding, positioned);
      }
      out.writeEndArray();
      out.writeArrayFieldStart("uses");
      for (Reference reference : references.from(live.key())) {
        uses(out, reference, positioned, analyzed);
      }
      out.writeEndArray();
      out.writeArrayFieldStart("usedBy");
      for (Reference reference : references.to(live.key())) {
        out.writeStartObject();
        out.writeFieldName("object");
        key(out, reference.from());
        out.writeStringField("role", reference.role().wireName());
        out.writeStringField("path", reference.path().toString());
        out.writeStringField("text", reference.text());
        counts(out, "findings", analyzed.of(reference.from()));
        out.writeEndObject();
      }
      out.writeEndArray();
      tail(out, analyzed, source);
      out.writeEndObject();
    });
  }

  private static void uses(
      JsonGenerator out, Reference reference, Resource positioned, Analyzed analyzed)
      throws IOException {
    out.writeStartObject();
    out.writeStringField("role", reference.role().wireName());
    out.writeStringField("path", reference.path().toString());
    place(out, Span.of(positioned.root(), reference.path()));
    out.writeStringField("text", reference.text());
    out.writeStringField("wanted", KindNames.name(reference.wanted()));
    out.writeBooleanField(
        "readable", !analyzed.config().unreadable().containsKey(reference.wanted()));
    out.writeArrayFieldStart("to");
    for (ResourceKey target : reference.to()) {
      key(out, target);
    }
    out.writeEndArray();
    out.writeEndObject();
  }

  /**
   * What a draft changes.
   *
   * @param everything whether unchanged findings about other objects than the draft's are told
   */
  static byte[] draft(DraftAnswer answer, boolean everything) {
    return Json.bytes(out -> draft(out, answer, everything));
  }

  static void draft(JsonGenerator out, DraftAnswer answer, boolean everything) throws IOException {
    List<ResourceKey> proposed = answer.objects().stream().map(DraftAnswer.Change::key).toList();
    out.writeStartObject();
    out.writeArrayFieldStart("objects");
    for (DraftAnswer.Change change : answer.objects()) {
      out.writeStartObject();
      out.writeFieldName("object");
      key(out, change.key());
      out.writeStringField("effect", change.effect().wireName());
      out.writeEndObject();
    }
    out.writeEndArray();
    findings(out, "introduced", answer.findings().introduced());
    findings(out, "resolved", answer.findings().resolved());
    findings(
        out,
        "unchanged",
        everything
            ? answer.findings().unchanged()
            : answer.findings().unchanged().stream()
                .filter(finding -> concerns(finding, proposed))
                .toList());
    out.writeArrayFieldStart("refusals");
    for (Refusal refusal : answer.refusals()) {
      out.writeStartObject();
      out.writeStringField("in", refusal.file());
      out.writeNumberField("line", refusal.place().line());
      out.writeNumberField("column", refusal.place().column());
      out.writeNumberField("offset", refusal.place().offset());
      out.writeStringField("reason", refusal.reason());
      out.writeEndObject();
    }
    out.writeEndArray();
    skipped(out, answer.skipped());
    Json.number(out, "tookMs", answer.took().toNanos() / 1e6);
    out.writeEndObject();
  }

  private static boolean concerns(Finding finding, List<ResourceKey> keys) {
    Resource resource = finding.resource();
    return resource != null && keys.contains(resource.key());
  }

  private static void findings(JsonGenerator out, String field, List<Finding> findings)
      throws IOException {
    out.writeArrayFieldStart(field);
    for (Finding finding : findings) {
      Resource resource = finding.resource();
      boolean written = resource != null && !resource.source().equals(Resource.Source.LIVE);
      finding(out, finding, written ? resource : null);
    }
    out.writeEndArray();
  }

  /**
   * As {@code pharos check -o json} writes it, and where it stands in a text.
   *
   * @param positioned the object as read from a text; null when it was not
   */
  private static void finding(JsonGenerator out, Finding finding, @Nullable Resource positioned)
      throws IOException {
    out.writeStartObject();
    out.writeStringField("code", finding.type().code());
    out.writeStringField("level", finding.type().level().wireName());
    Resource resource = finding.resource();
    if (resource == null) {
      out.writeNullField("object");
    } else {
      out.writeFieldName("object");
      key(out, resource.key());
    }
    out.writeStringField("origin", finding.origin());
    out.writeStringField("message", finding.message());
    out.writeStringField("documentationUrl", finding.type().documentationUrl());
    out.writeStringField("analyzer", finding.check());
    out.writeStringField("name", finding.type().title());
    out.writeStringField("path", finding.path().toString());
    if (positioned != null) {
      out.writeStringField("in", positioned.source().file());
      place(out, span(finding, positioned));
    }
    // A live object's fixes count in a text that nobody has; a draft's count in the draft.
    if (positioned != null && positioned == resource) {
      fixes(out, finding.fixes());
    }
    out.writeEndObject();
  }

  private static Span span(Finding finding, Resource positioned) {
    Span key =
        finding.target() == Finding.Target.KEY
            ? Span.ofKey(positioned.root(), finding.path())
            : null;
    return key == null ? Span.of(positioned.root(), finding.path()) : key;
  }

  private static void fixes(JsonGenerator out, List<Fix> fixes) throws IOException {
    out.writeArrayFieldStart("fixes");
    for (Fix fix : fixes) {
      out.writeStartObject();
      out.writeStringField("title", fix.title());
      out.writeArrayFieldStart("edits");
      for (Fix.TextEdit edit : fix.edits()) {
        out.writeStartObject();
        out.writeNumberField("offset", edit.start().offset());
        out.writeNumberField("endOffset", edit.end().offset());
        out.writeStringField("text", edit.text());
        out.writeEndObject();
      }
      out.writeEndArray();
      out.writeEndObject();
    }
    out.writeEndArray();
  }

  private static void place(JsonGenerator out, Span span) throws IOException {
    Place start = span.start();
    Place end = span.end();
    out.writeNumberField("line", start.line());
    out.writeNumberField("column", start.column());
    out.writeNumberField("offset", start.offset());
    out.writeNumberField("endLine", end.line());
    out.writeNumberField("endColumn", end.column());
    out.writeNumberField("endOffset", end.offset());
  }

  private static void head(JsonGenerator out, Resource resource) throws IOException {
    keyFields(out, resource.key());
    out.writeStringField("apiVersion", resource.apiVersion());
    Json.text(
        out,
        "createdAt",
        resource.creationTimestamp().isEmpty() ? null : resource.creationTimestamp());
    Json.texts(out, "labels", resource.labels());
  }

  static void key(JsonGenerator out, ResourceKey key) throws IOException {
    out.writeStartObject();
    keyFields(out, key);
    out.writeEndObject();
  }

  private static void keyFields(JsonGenerator out, ResourceKey key) throws IOException {
    out.writeStringField("kind", KindNames.name(key.kind()));
    out.writeStringField("group", key.kind().group());
    out.writeStringField("namespace", key.namespace());
    out.writeStringField("name", key.name());
  }

  private static void counts(JsonGenerator out, String field, Collection<Finding> findings)
      throws IOException {
    Map<Level, Integer> counts = new EnumMap<>(Level.class);
    findings.forEach(finding -> counts.merge(finding.type().level(), 1, Integer::sum));
    out.writeObjectFieldStart(field);
    for (Level level : Level.values()) {
      out.writeNumberField(
          level.wireName().toLowerCase(Locale.ROOT), counts.getOrDefault(level, 0));
    }
    out.writeEndObject();
  }

  private static void tail(JsonGenerator out, Analyzed analyzed, SourceStatus source)
      throws IOException {
    out.writeObjectFieldStart("analysis");
    Json.time(out, "at", analyzed.at());
    Json.number(out, "tookMs", analyzed.took().toNanos() / 1e6);
    skipped(out, analyzed.skipped());
    out.writeEndObject();
    SourceJson.sources(out, List.of(source));
  }

  private static void skipped(JsonGenerator out, List<Analyzed.SkippedCheck> skipped)
      throws IOException {
    out.writeArrayFieldStart("skipped");
    for (Analyzed.SkippedCheck check : skipped) {
      out.writeStartObject();
      out.writeStringField("check", check.check());
      out.writeStringField("reason", check.reason());
      out.writeEndObject();
    }
    out.writeEndArray();
  }
}
