package pharos.config.schema;

import com.google.re2j.Pattern;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One field of a message.
 *
 * @param bounds ranges of the value or of its size
 * @param pattern that a text must contain a match of, or null
 * @param keyPattern that every key of a map must match, or null
 * @param listKey field that must differ between the items of a list, or null
 * @param standard the value that counts when the field is left out, or null
 * @param values what is usually written; for help, others are accepted
 * @param replacement the field that took over, or null
 * @param doc one sentence for people
 */
public record Field(
    String name,
    FieldType type,
    Set<Trait> traits,
    Map<Aspect, Bounds> bounds,
    @Nullable Pattern pattern,
    @Nullable Pattern keyPattern,
    @Nullable String listKey,
    @Nullable String standard,
    List<String> values,
    @Nullable String replacement,
    String doc) {
  public Field {
    traits = Set.copyOf(traits);
    bounds = Map.copyOf(bounds);
    values = List.copyOf(values);
  }

  /** What a range limits. */
  public enum Aspect {
    VALUE("range"),
    LENGTH("len"),
    ITEMS("items"),
    ITEM_LENGTH("itemLen"),
    PROPERTIES("props"),
    VALUE_LENGTH("valueLen");

    private final String attribute;

    Aspect(String attribute) {
      this.attribute = attribute;
    }

    String attribute() {
      return attribute;
    }
  }

  /** Properties that a field has or has not. */
  public enum Trait {
    REQUIRED("required"),
    /** May be null, which means left out. */
    NULLABLE("nullable"),
    /** Accepted, but not offered. */
    HIDDEN("hidden"),
    /** Works, but another field took over; said as a hint. */
    DEPRECATED("deprecated"),
    /** Another field took over; an Istio message already says so. */
    OLD("old"),
    /** A port, 1 to 65535. */
    PORT("port"),
    /** A map whose keys are ports. */
    KEY_PORT("keyPort"),
    /** A map whose values are ports. */
    VALUE_PORT("valuePort"),
    /** Labels of a selector: no empty keys, no wildcards. */
    LABELS("labels"),
    /** Address of a WebAssembly module. */
    WASM_URL("wasmUrl"),
    /** A URL with scheme http or https. */
    HTTP_URL("httpUrl");

    private final String attribute;

    Trait(String attribute) {
      this.attribute = attribute;
    }

    String attribute() {
      return attribute;
    }
  }

  public boolean is(Trait trait) {
    return traits.contains(trait);
  }

  /** The range of an aspect, or null when there is none. */
  public @Nullable Bounds bounds(Aspect aspect) {
    return bounds.get(aspect);
  }
}
