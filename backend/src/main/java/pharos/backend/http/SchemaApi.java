package pharos.backend.http;

import com.fasterxml.jackson.core.JsonGenerator;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import pharos.backend.config.LiveConfig;
import pharos.backend.http.Api.Endpoint;
import pharos.config.reference.NameHelp;
import pharos.config.resource.Path;
import pharos.config.resource.ResourceKey.Kind;
import pharos.config.schema.FieldHelp;
import pharos.config.schema.FieldHelp.Description;
import pharos.config.schema.FieldHelp.Suggestion;

/** What an editor offers while somebody types, and what it tells of a field. */
final class SchemaApi {
  private static final String BASE = Api.BASE + "/config/schema";
  private static final int PATH = 500;
  private static final int HOST = 253;

  private final LiveConfig config;
  private final ConfigApi.Answering answering;

  SchemaApi(LiveConfig config, ConfigApi.Answering answering) {
    this.config = config;
    this.answering = answering;
  }

  List<Endpoint> endpoints() {
    return List.of(
        Api.get(BASE + "/complete", this::complete), Api.get(BASE + "/describe", this::describe));
  }

  private void complete(RoutingContext ctx) {
    Query query = Query.of(ctx);
    Kind kind = kind(query);
    Path path = path(query);
    String namespace = query.namespaces("namespace").stream().findFirst().orElse("");
    @Nullable String host = query.text("host", HOST);
    query.done();
    answering.answer(
        ctx,
        () -> {
          List<Suggestion> fields = FieldHelp.complete(kind, path);
          List<NameHelp.Name> names = config.names(kind, namespace, path, host == null ? "" : host);
          return Json.bytes(out -> {
            out.writeStartObject();
            suggestions(out, "items", fields);
            out.writeArrayFieldStart("names");
            for (NameHelp.Name name : names) {
              out.writeStartObject();
              out.writeStringField("text", name.text());
              out.writeStringField("of", name.of());
              out.writeEndObject();
            }
            out.writeEndArray();
            out.writeEndObject();
          });
        });
  }

  private void describe(RoutingContext ctx) {
    Query query = Query.of(ctx);
    Kind kind = kind(query);
    Path path = path(query);
    query.done();
    answering.answer(
        ctx,
        () -> {
          Description field = FieldHelp.describe(kind, path);
          return Json.bytes(out -> {
            out.writeStartObject();
            if (field == null) {
              out.writeNullField("field");
            } else {
              out.writeObjectFieldStart("field");
              write(out, field);
              out.writeEndObject();
            }
            out.writeEndObject();
          });
        });
  }

  private static void write(JsonGenerator out, Description field) throws IOException {
    out.writeStringField("name", field.name());
    out.writeStringField("type", field.type());
    out.writeStringField("doc", field.doc());
    out.writeBooleanField("required", field.required());
    Json.text(out, "default", field.standard());
    suggestions(out, "values", field.values());
    Json.texts(out, "limits", field.limits());
    Json.text(out, "replacement", field.replacement());
  }

  private static void suggestions(JsonGenerator out, String name, List<Suggestion> suggestions)
      throws IOException {
    out.writeArrayFieldStart(name);
    for (Suggestion suggestion : suggestions) {
      out.writeStartObject();
      out.writeStringField("text", suggestion.text());
      out.writeStringField("type", suggestion.type());
      out.writeStringField("doc", suggestion.doc());
      out.writeBooleanField("required", suggestion.required());
      out.writeBooleanField("deprecated", suggestion.deprecated());
      out.writeEndObject();
    }
    out.writeEndArray();
  }

  private static Kind kind(Query query) {
    Map<String, Kind> kinds = KindNames.all();
    String name = query.required("kind", 100);
    Kind kind = kinds.get(name);
    if (kind == null) {
      query.refuse("kind", name, "one of " + String.join(", ", kinds.keySet()));
    }
    return kind == null ? new Kind("", name) : kind;
  }

  /** As paths are printed: {@code spec.http[0].route}. A key with a dot in it is taken apart. */
  private static Path path(Query query) {
    String text = query.text("path", PATH);
    Path path = Path.ROOT;
    if (text == null) {
      return path;
    }
    for (String part : text.split("\\.", -1)) {
      int bracket = part.indexOf('[');
      String key = bracket < 0 ? part : part.substring(0, bracket);
      if (!key.isEmpty()) {
        path = path.key(key);
      }
      // Which item of a list it is does not matter to its fields.
      if (bracket >= 0) {
        path = path.index(0);
      }
    }
    return path;
  }
}
