package pharos.config.schema;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;
import pharos.config.resource.Node;
import pharos.config.resource.Path;
import pharos.config.schema.Field.Aspect;
import pharos.config.schema.Field.Trait;
import pharos.config.schema.Mismatch.Problem;

/** Single values: their type, and the bounds of a field. */
final class ScalarRules {
  private static final BigDecimal MILLISECOND = BigDecimal.valueOf(1_000_000);
  private static final Bounds INT32 = new Bounds(Integer.MIN_VALUE, Integer.MAX_VALUE);
  private static final Bounds UINT32 = new Bounds(0, 4_294_967_295L);
  private static final Bounds UINT64 = new Bounds(0, Long.MAX_VALUE);

  private ScalarRules() {}

  /** Whether the value is of the type; adds why not. */
  static boolean typed(FieldType.Scalar type, Node node, Path path, List<Mismatch> found) {
    if (type == FieldType.Scalar.ANY) {
      return true;
    }
    if (type == FieldType.Scalar.STRUCT) {
      return node instanceof Node.Mapping || wrong(type.text(), node, null, path, found);
    }
    if (!(node instanceof Node.Scalar scalar)) {
      return wrong(type.text(), node, null, path, found);
    }
    return switch (type) {
      case STRING, BYTES ->
          scalar.value() instanceof String || wrong("string", node, inQuotes(scalar), path, found);
      case BOOL ->
          scalar.value() instanceof Boolean || wrong("boolean", node, bool(scalar), path, found);
      case INT32 -> integer(scalar, INT32, path, found);
      case UINT32 -> integer(scalar, UINT32, path, found);
      case UINT64 -> integer(scalar, UINT64, path, found);
      case INT64 -> integer(scalar, new Bounds(Long.MIN_VALUE, Long.MAX_VALUE), path, found);
      case DOUBLE ->
          scalar.value() instanceof Number || wrong("number", node, unquoted(scalar), path, found);
      case INT_OR_STRING ->
          scalar.value() instanceof String
              || scalar.value() instanceof Long
              || wrong(type.text(), node, null, path, found);
      case DURATION, DURATION0, K8S_DURATION -> duration(type, scalar, path, found);
      case STRUCT, ANY -> true;
    };
  }

  private static boolean integer(
      Node.Scalar scalar, Bounds range, Path path, List<Mismatch> found) {
    Object value = scalar.value();
    boolean whole =
        value instanceof Long
            || value instanceof BigInteger
            || (value instanceof Double decimal && decimal == Math.rint(decimal));
    if (!whole || !(value instanceof Number number)) {
      return wrong("integer", scalar, unquoted(scalar), path, found);
    }
    if (!range.contains(number.doubleValue())) {
      found.add(
          Mismatch.at(
              Problem.UNDECODABLE, path, "must be %s, not %s".formatted(range, scalar.text())));
      return false;
    }
    return true;
  }

  private static boolean duration(
      FieldType.Scalar type, Node.Scalar scalar, Path path, List<Mismatch> found) {
    String text = scalar.text();
    if (!(scalar.value() instanceof String)) {
      String seconds = scalar.value() instanceof Long ? text + "s" : null;
      return wrong("duration such as 5s", scalar, seconds, path, found);
    }
    if (type == FieldType.Scalar.K8S_DURATION) {
      return Durations.isGatewayApi(text) || noDuration(text, path, found);
    }
    BigDecimal nanos = Durations.nanos(text);
    if (nanos == null) {
      return noDuration(text, path, found);
    }
    if (type == FieldType.Scalar.DURATION && nanos.compareTo(MILLISECOND) < 0) {
      found.add(Mismatch.at(Problem.REFUSED, path, "must be a valid duration greater than 1ms"));
    }
    return true;
  }

  private static boolean noDuration(String text, Path path, List<Mismatch> found) {
    String digits = text.strip();
    found.add(
        new Mismatch(
            Problem.UNDECODABLE,
            path,
            false,
            "\"%s\" is no duration (expected: a number and a unit, such as 1h, 5m, 10s or 20ms)"
                .formatted(text),
            digits.matches("[0-9]{1,9}") ? digits + "s" : null));
    return false;
  }

  private static boolean wrong(
      String expected, Node node, @Nullable String correction, Path path, List<Mismatch> found) {
    String what =
        node instanceof Node.Scalar scalar && scalar.value() != null
            ? "%s (%s)".formatted(scalar.typeName(), shortened(scalar.text()))
            : node.typeName();
    found.add(
        new Mismatch(
            Problem.UNDECODABLE,
            path,
            false,
            "must be of type %s, not %s".formatted(expected, what),
            correction));
    return false;
  }

  static String shortened(String text) {
    return text.length() <= 60 ? text : text.substring(0, 57) + "...";
  }

  private static @Nullable String inQuotes(Node.Scalar scalar) {
    return scalar.value() == null ? null : '"' + scalar.text() + '"';
  }

  private static @Nullable String bool(Node.Scalar scalar) {
    return switch (scalar.text()) {
      case "true", "True", "TRUE", "yes", "on" -> "true";
      case "false", "False", "FALSE", "no", "off" -> "false";
      default -> null;
    };
  }

  private static @Nullable String unquoted(Node.Scalar scalar) {
    return scalar.value() instanceof String text && text.matches("-?[0-9]{1,18}") ? text : null;
  }

  /** The bounds of a field, on a value that has the right type. */
  static void bounded(Field field, Node.Scalar scalar, Path path, List<Mismatch> found) {
    if (scalar.value() instanceof Number number) {
      if (field.is(Trait.PORT)) {
        port(number.doubleValue(), path, found);
      }
      Bounds range = field.bounds(Aspect.VALUE);
      if (range != null && !range.contains(number.doubleValue())) {
        refuse(path, "must be %s, not %s".formatted(range, scalar.text()), found);
      }
    }
    if (scalar.value() instanceof String text) {
      boolean fits = length(field.bounds(Aspect.LENGTH), text, path, found);
      if (fits && field.pattern() != null && !field.pattern().matcher(text).find()) {
        refuse(
            path,
            "\"%s\" does not match %s".formatted(shortened(text), field.pattern().pattern()),
            found);
      }
      if (field.is(Trait.HTTP_URL) && !Urls.hasScheme(text, List.of("http", "https"))) {
        refuse(path, "url must have scheme http:// or https://", found);
      }
      if (field.is(Trait.WASM_URL) && !text.isEmpty() && !Urls.isModule(text)) {
        refuse(path, "url must have schema one of [http, https, file, oci]", found);
      }
    }
  }

  static void port(double number, Path path, List<Mismatch> found) {
    if (number < 1 || number > 65_535) {
      refuse(path, "port must be between 1-65535", found);
    }
  }

  static boolean length(@Nullable Bounds bounds, String text, Path path, List<Mismatch> found) {
    int length = text.codePointCount(0, text.length());
    if (bounds != null && !bounds.contains(length)) {
      refuse(
          path,
          length < bounds.min()
              ? "should be at least %d chars long".formatted(bounds.min())
              : "may not be longer than %d chars".formatted(bounds.max()),
          found);
      return false;
    }
    return true;
  }

  static void refuse(Path path, String text, List<Mismatch> found) {
    found.add(Mismatch.at(Problem.REFUSED, path, text));
  }
}
