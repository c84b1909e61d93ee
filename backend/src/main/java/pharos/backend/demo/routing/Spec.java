package pharos.backend.demo.routing;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a field of a loosely typed object; what is absent or of another type reads as empty. */
record Spec(Map<?, ?> fields) {
  private static final Pattern DURATION_PART = Pattern.compile("([0-9.]+)(h|ms|us|ns|m|s)");

  static Spec of(@Nullable Object value) {
    return new Spec(value instanceof Map<?, ?> map ? map : Map.of());
  }

  boolean has(String name) {
    return fields.get(name) != null;
  }

  Spec object(String name) {
    return of(fields.get(name));
  }

  List<Spec> objects(String name) {
    return fields.get(name) instanceof List<?> list
        ? list.stream().map(Spec::of).toList()
        : List.of();
  }

  List<String> texts(String name) {
    return fields.get(name) instanceof List<?> list
        ? list.stream().map(String::valueOf).toList()
        : List.of();
  }

  String text(String name, String otherwise) {
    Object value = fields.get(name);
    return value == null ? otherwise : value.toString();
  }

  double number(String name, double otherwise) {
    return fields.get(name) instanceof Number number ? number.doubleValue() : otherwise;
  }

  Map<String, String> textMap(String name) {
    var result = new LinkedHashMap<String, String>();
    object(name).fields.forEach((key, value) -> result.put(key.toString(), String.valueOf(value)));
    return result;
  }

  /** A duration as Go writes it, for example {@code 1.5s} or {@code 1m30s}; null where absent. */
  @Nullable Duration duration(String name) {
    String text = text(name, "");
    if (text.isEmpty()) {
      return null;
    }
    double nanos = 0;
    Matcher part = DURATION_PART.matcher(text);
    while (part.find()) {
      double unit =
          switch (part.group(2)) {
            case "h" -> 3600e9;
            case "m" -> 60e9;
            case "s" -> 1e9;
            case "ms" -> 1e6;
            case "us" -> 1e3;
            default -> 1;
          };
      nanos += Double.parseDouble(part.group(1)) * unit;
    }
    return Duration.ofNanos((long) nanos);
  }
}
