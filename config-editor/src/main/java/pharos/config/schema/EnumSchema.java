package pharos.config.schema;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A closed set of names.
 *
 * @param values by name, in the order of the catalogue
 */
public record EnumSchema(String name, Map<String, Value> values) {
  public EnumSchema {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /**
   * One of the names.
   *
   * @param replacement the name that took over, or null
   */
  public record Value(String name, String doc, @Nullable String replacement) {}
}
