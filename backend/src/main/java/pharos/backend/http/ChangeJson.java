package pharos.backend.http;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import pharos.backend.change.Change;
import pharos.backend.change.Owner;
import pharos.backend.change.Preview;
import pharos.backend.change.Step;
import pharos.backend.config.DraftAnswer;

/** Changes as JSON. */
final class ChangeJson {
  private ChangeJson() {}

  /** The history, without the objects' texts. */
  static byte[] list(List<Change> changes) {
    return Json.bytes(out -> {
      out.writeStartObject();
      out.writeArrayFieldStart("items");
      for (Change change : changes) {
        change(out, change, false);
      }
      out.writeEndArray();
      out.writeEndObject();
    });
  }

  /** One change with the texts of its objects. */
  static byte[] one(Change change) {
    return Json.bytes(out -> change(out, change, true));
  }

  /**
   * @param findings what the checks say of it; null when the cluster has not been analysed
   */
  static byte[] preview(Preview preview, @Nullable DraftAnswer findings) {
    return Json.bytes(out -> {
      out.writeStartObject();
      out.writeFieldName("change");
      change(out, preview.change(), true);
      out.writeArrayFieldStart("owners");
      for (Preview.Owned owned : preview.owners()) {
        Owner owner = owned.owner();
        out.writeStartObject();
        out.writeFieldName("object");
        ConfigJson.key(out, owned.key());
        out.writeStringField("owner", owner.name());
        out.writeStringField("evidence", owner.evidence());
        out.writeStringField("effect", owner.effect());
        out.writeBooleanField("refused", owner.refusal() == Owner.Refusal.ALWAYS);
        out.writeEndObject();
      }
      out.writeEndArray();
      out.writeArrayFieldStart("dryRun");
      for (Preview.Trial trial : preview.trials()) {
        out.writeStartObject();
        out.writeNumberField("step", trial.step());
        out.writeBooleanField("accepted", trial.accepted());
        out.writeStringField("message", trial.message());
        out.writeEndObject();
      }
      out.writeEndArray();
      out.writeFieldName("findings");
      if (findings == null) {
        out.writeNull();
      } else {
        ConfigJson.draft(out, findings, false);
      }
      out.writeEndObject();
    });
  }

  private static void change(JsonGenerator out, Change change, boolean texts) throws IOException {
    out.writeStartObject();
    out.writeStringField("id", change.id().toString());
    out.writeStringField("title", change.title());
    out.writeStringField("author", change.author());
    Json.time(out, "at", change.at());
    Json.text(out, "reverts", change.reverts() == null ? null : change.reverts().toString());
    out.writeStringField("hash", change.hash());
    out.writeStringField("state", name(change.state()));
    out.writeBooleanField("ended", change.state().ended());
    out.writeStringField("detail", change.detail());
    out.writeArrayFieldStart("steps");
    for (Step step : change.steps()) {
      out.writeStartObject();
      out.writeNumberField("number", step.number());
      out.writeFieldName("object");
      ConfigJson.key(out, step.key());
      out.writeStringField("op", name(step.op()));
      out.writeStringField("state", name(step.state()));
      out.writeStringField("detail", step.detail());
      if (texts) {
        out.writeStringField("before", step.beforeText());
        out.writeStringField("after", step.afterText());
      }
      out.writeEndObject();
    }
    out.writeEndArray();
    out.writeEndObject();
  }

  private static String name(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
