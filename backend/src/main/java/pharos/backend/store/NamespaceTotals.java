package pharos.backend.store;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import pharos.backend.traffic.GraphHistory.Summary;

/**
 * A frame's totals by namespace as PostgreSQL keeps them: {@code {"shop": [requests per second,
 * failed of them, worst health]}}.
 */
final class NamespaceTotals {
  private NamespaceTotals() {}

  static JsonObject encode(Map<String, Summary> namespaces) {
    var json = new JsonObject();
    namespaces.forEach((name, summary) ->
        json.put(
            name,
            JsonArray.of(summary.perSecond(), summary.errorsPerSecond(), summary.worstHealth())));
    return json;
  }

  /** Frames of before have none. */
  static Map<String, Summary> decode(@Nullable JsonObject json) {
    var namespaces = new HashMap<String, Summary>();
    if (json != null) {
      for (String name : json.fieldNames()) {
        JsonArray totals = json.getJsonArray(name);
        namespaces.put(
            name, new Summary(totals.getDouble(0), totals.getDouble(1), totals.getString(2)));
      }
    }
    return namespaces;
  }
}
