package pharos.backend.http;

import io.vertx.ext.web.RoutingContext;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import pharos.backend.http.HttpFailure.BadValue;
import pharos.backend.http.HttpFailure.Kind;

/**
 * The parameters of one request. Strict: a name that is not known is an error, because a filter
 * that is silently ignored shows the wrong mesh. Errors are collected; {@link #done} throws them.
 */
final class Query {
  /** A browser rounds up to its next bucket, and its clock may be fast. */
  private static final Duration FUTURE_TOLERATED = Duration.ofMinutes(5);

  private static final int SHOWN_CHARACTERS = 64;
  private static final int MAX_LIST = 500;

  private final Map<String, String> values;
  private final List<BadValue> errors = new ArrayList<>();
  private final Set<String> asked = new TreeSet<>();

  private Query(Map<String, String> values) {
    this.values = values;
  }

  static Query of(RoutingContext ctx) {
    Map<String, String> values = new LinkedHashMap<>();
    String raw = ctx.request().query();
    if (raw == null || raw.isEmpty()) {
      return new Query(values);
    }
    for (String pair : raw.split("&", -1)) {
      if (pair.isEmpty()) {
        continue;
      }
      int equals = pair.indexOf('=');
      String name = decode(equals < 0 ? pair : pair.substring(0, equals));
      String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
      // A list may come as one value with commas or as several values.
      String before = values.putIfAbsent(name, value);
      if (before != null) {
        if (!name.equals("namespace") && !name.equals("boxBy")) {
          throw HttpFailure.badParameters(
              List.of(new BadValue(shown(name), shown(name) + " is given twice.")));
        }
        values.put(name, before + ',' + value);
      }
    }
    return new Query(values);
  }

  /** Percent-encoded UTF-8, decoded strictly: overlong or broken bytes are refused. */
  private static String decode(String text) {
    byte[] bytes = new byte[text.length()];
    int size = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '%') {
        boolean complete = i + 2 < text.length();
        int high = complete ? Character.digit(text.charAt(i + 1), 16) : -1;
        int low = complete ? Character.digit(text.charAt(i + 2), 16) : -1;
        if (high < 0 || low < 0) {
          throw notReadable();
        }
        bytes[size++] = (byte) (high << 4 | low);
        i += 2;
      } else if (c > 0x7e) {
        throw notReadable();
      } else {
        bytes[size++] = (byte) (c == '+' ? ' ' : c);
      }
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, 0, size)).toString();
    } catch (CharacterCodingException e) {
      throw notReadable();
    }
  }

  private static HttpFailure notReadable() {
    return new HttpFailure(
        Kind.BAD_REQUEST, "The query is not percent-encoded UTF-8, as RFC 3986 wants it.");
  }

  /** The text of a parameter; null when it is absent or empty. */
  @Nullable String text(String name, int maxLength) {
    asked.add(name);
    String value = values.get(name);
    if (value == null || value.isBlank()) {
      return null;
    }
    if (value.length() > maxLength) {
      refuse(name, value, "at most %d characters".formatted(maxLength));
      return null;
    }
    return value;
  }

  /** A text that must be given; empty when it is not, and {@link #done} will say so. */
  String required(String name, int maxLength) {
    String value = text(name, maxLength);
    if (value == null && errors.isEmpty()) {
      errors.add(new BadValue(name, name + " is missing."));
    }
    return value == null ? "" : value;
  }

  private <T> T parsed(
      String name, T fallback, String expected, Function<String, @Nullable T> parse) {
    String value = text(name, 200);
    if (value == null) {
      return fallback;
    }
    try {
      T result = parse.apply(value);
      if (result != null) {
        return result;
      }
    } catch (DateTimeException | NumberFormatException e) {
      // Falls through to the refusal: the message is the same for all kinds of nonsense.
    }
    refuse(name, value, expected);
    return fallback;
  }

  /** ISO 8601, whole seconds. */
  Duration duration(String name, Duration fallback, Duration least, Duration most) {
    return parsed(
        name,
        fallback,
        "an ISO 8601 duration of whole seconds from %s to %s".formatted(least, most),
        text -> {
          Duration duration = Duration.parse(text);
          return duration.equals(Duration.ofSeconds(duration.toSeconds()))
                  && duration.compareTo(least) >= 0
                  && duration.compareTo(most) <= 0
              ? duration
              : null;
        });
  }

  /** RFC 3339, not in the future by more than clocks and whole buckets differ; null when absent. */
  @Nullable Instant past(String name, Instant now) {
    Instant none = Instant.MAX;
    Instant at =
        parsed(
            name,
            none,
            "an RFC 3339 time that is not in the future",
            text -> {
              Instant parsed = OffsetDateTime.parse(text).toInstant();
              return parsed.isAfter(now.plus(FUTURE_TOLERATED)) || parsed.isBefore(Instant.EPOCH)
                  ? null
                  : parsed;
            });
    return at.equals(none) ? null : at;
  }

  /**
   * As {@link #past}, for a picture: a moment that a fast clock puts ahead of us is the present.
   */
  @Nullable Instant moment(String name, Instant now) {
    Instant at = past(name, now);
    return at == null || at.isAfter(now) ? null : at;
  }

  int integer(String name, int fallback, int least, int most) {
    return parsed(
        name,
        fallback,
        "a whole number from %d to %d".formatted(least, most),
        text -> {
          int number = Integer.parseInt(text);
          return number >= least && number <= most ? number : null;
        });
  }

  boolean flag(String name, boolean fallback) {
    return choice(name, fallback, Map.of("true", true, "false", false));
  }

  <T> T choice(String name, T fallback, Map<String, T> choices) {
    return parsed(
        name,
        fallback,
        "one of " + String.join(", ", new TreeSet<>(choices.keySet())),
        choices::get);
  }

  /** Names separated by commas; empty when absent. */
  Set<String> namespaces(String name) {
    Set<String> names = new TreeSet<>();
    for (String item : items(name, MAX_LIST * 64)) {
      if (!Names.isLabel(item)) {
        refuse(name, item, "names of namespaces (lower case, digits and dashes)");
      } else {
        names.add(item);
      }
    }
    if (names.size() > MAX_LIST) {
      errors.add(
          new BadValue(
              name,
              "%s has %d names (expected: at most %d)".formatted(name, names.size(), MAX_LIST)));
    }
    return names;
  }

  /** Some of several choices, separated by commas. */
  <T> List<T> choices(String name, Map<String, T> choices) {
    List<T> chosen = new ArrayList<>();
    for (String item : items(name, 200)) {
      T choice = choices.get(item);
      if (choice == null) {
        refuse(name, item, "some of " + String.join(", ", new TreeSet<>(choices.keySet())));
      } else {
        chosen.add(choice);
      }
    }
    return chosen;
  }

  private List<String> items(String name, int maxLength) {
    String value = text(name, maxLength);
    List<String> items = new ArrayList<>();
    if (value != null) {
      for (String item : value.split(",", -1)) {
        if (!item.isBlank()) {
          items.add(item.strip());
        }
      }
    }
    return items;
  }

  void refuse(String name, String value, String expected) {
    errors.add(
        new BadValue(name, "%s is \"%s\" (expected: %s)".formatted(name, shown(value), expected)));
  }

  /** Throws what was wrong, and what was given but never asked for. */
  void done() {
    for (String name : values.keySet()) {
      if (!asked.contains(name)) {
        errors.add(
            new BadValue(
                shown(name),
                "%s is not a parameter of this resource (known: %s)"
                    .formatted(shown(name), asked.isEmpty() ? "none" : String.join(", ", asked))));
      }
    }
    if (!errors.isEmpty()) {
      throw HttpFailure.badParameters(errors);
    }
  }

  private static String shown(String text) {
    String cut =
        text.length() <= SHOWN_CHARACTERS ? text : text.substring(0, SHOWN_CHARACTERS) + "…";
    return cut.replaceAll("\\p{Cntrl}", "\uFFFD");
  }
}
