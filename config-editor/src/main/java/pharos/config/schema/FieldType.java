package pharos.config.schema;

/** What a field may hold. */
public sealed interface FieldType {
  /** As a person reads it: {@code list of string}, {@code map of string}, {@code duration}. */
  String text();

  /** A single value, or a value without a schema. */
  enum Scalar implements FieldType {
    STRING("string"),
    BOOL("boolean"),
    INT32("integer"),
    INT64("integer"),
    UINT32("integer"),
    UINT64("integer"),
    DOUBLE("number"),
    /** Go's syntax, at least 1ms. */
    DURATION("duration"),
    /** Go's syntax, where 0s has a meaning. */
    DURATION0("duration"),
    /** Gateway API's duration (GEP-2257). */
    K8S_DURATION("duration"),
    BYTES("base64"),
    INT_OR_STRING("integer or string"),
    /** An object of any shape. */
    STRUCT("object"),
    ANY("any value");

    private final String text;

    Scalar(String text) {
      this.text = text;
    }

    @Override
    public String text() {
      return text;
    }
  }

  /** A message or an enum of the same family, by its name. */
  record Named(String name) implements FieldType {
    @Override
    public String text() {
      return name;
    }
  }

  /** An array. */
  record ListOf(FieldType item) implements FieldType {
    @Override
    public String text() {
      return "list of " + item.text();
    }
  }

  /** An object whose keys are free. */
  record MapOf(FieldType value) implements FieldType {
    @Override
    public String text() {
      return "map of " + value.text();
    }
  }
}
