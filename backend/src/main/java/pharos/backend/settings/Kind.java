package pharos.backend.settings;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The values that a setting takes: how they are written, read and bounded. */
public interface Kind<T> {

  /**
   * @throws IllegalArgumentException when the text is no such value or is out of range; the message
   *     is empty, because {@link #allowed()} says what was expected
   */
  T parse(String text);

  /** As a user would write it. */
  String print(T value);

  /** In words, with the range: {@code whole number from 0 to 65535}. */
  String allowed();

  /** A whole number within a range, both ends included. */
  static Kind<Integer> integer(int min, int max) {
    return new Simple<>("whole number from %d to %d".formatted(min, max), String::valueOf) {
      @Override
      public Integer parse(String text) {
        return within(Integer.parseInt(text.strip()), min, max);
      }
    };
  }

  /** A whole number of any size. */
  static Kind<Long> number() {
    return new Simple<>("whole number", String::valueOf) {
      @Override
      public Long parse(String text) {
        return Long.parseLong(text.strip());
      }
    };
  }

  /** A decimal number within a range, both ends included. */
  static Kind<Double> decimal(double min, double max) {
    return new Simple<>(
        "number from %s to %s".formatted(plain(min), plain(max)), value -> plain(value)) {
      @Override
      public Double parse(String text) {
        return within(Double.parseDouble(text.strip()), min, max);
      }
    };
  }

  /** {@code true} or {@code false}, nothing else. */
  static Kind<Boolean> yesNo() {
    return new Simple<>("true or false", String::valueOf) {
      @Override
      public Boolean parse(String text) {
        return switch (text.strip()) {
          case "true" -> true;
          case "false" -> false;
          default -> throw new IllegalArgumentException();
        };
      }
    };
  }

  /** A duration with its unit: {@code 500ms}, {@code 30s}, {@code 5m}, {@code 24h}, {@code 7d}. */
  static Kind<Duration> duration(Duration min, Duration max) {
    return new Simple<>(
        "duration from %s to %s, for example 30s or 5m"
            .formatted(Units.print(min), Units.print(max)),
        Units::print) {
      @Override
      public Duration parse(String text) {
        return within(Units.duration(text.strip()), min, max);
      }
    };
  }

  /** An amount of bytes with its unit: {@code 64KiB}, {@code 256MiB}, {@code 2GiB}. */
  static Kind<Long> bytes(long min, long max) {
    return new Simple<>(
        "size from %s to %s, for example 64MiB"
            .formatted(Units.printBytes(min), Units.printBytes(max)),
        Units::printBytes) {
      @Override
      public Long parse(String text) {
        return within(Units.bytes(text.strip()), min, max);
      }
    };
  }

  /** Any text that is not blank. */
  static Kind<String> text(String allowed) {
    return new Simple<>(allowed, value -> value) {
      @Override
      public String parse(String text) {
        if (text.isBlank()) {
          throw new IllegalArgumentException();
        }
        return text.strip();
      }
    };
  }

  /** One of a few words. */
  static Kind<String> choice(String... words) {
    List<String> known = List.of(words);
    return new Simple<>("one of " + String.join(", ", known), value -> value) {
      @Override
      public String parse(String text) {
        String word = text.strip().toLowerCase(Locale.ROOT);
        if (!known.contains(word)) {
          throw new IllegalArgumentException();
        }
        return word;
      }
    };
  }

  /** Words separated by commas; empty means none. */
  static Kind<List<String>> list(String allowed) {
    return new Simple<>(allowed + ", separated by commas", value -> String.join(",", value)) {
      @Override
      public List<String> parse(String text) {
        return Arrays.stream(text.split(",", -1))
            .map(String::strip)
            .filter(word -> !word.isEmpty())
            .collect(Collectors.toUnmodifiableList());
      }
    };
  }

  /** A path of the file system. */
  static Kind<Path> path() {
    return new Simple<>("path", Path::toString) {
      @Override
      public Path parse(String text) {
        if (text.isBlank()) {
          throw new IllegalArgumentException();
        }
        try {
          return Path.of(text.strip());
        } catch (InvalidPathException e) {
          throw new IllegalArgumentException(e);
        }
      }
    };
  }

  /** An absolute URL with one of these schemes. */
  static Kind<URI> url(String... schemes) {
    List<String> known = List.of(schemes);
    String allowed =
        "URL that begins with "
            + known.stream().map(scheme -> scheme + "://").collect(Collectors.joining(" or "));
    return new Simple<>(allowed, URI::toString) {
      @Override
      public URI parse(String text) {
        try {
          URI uri = new URI(text.strip());
          if (uri.getScheme() == null
              || !known.contains(uri.getScheme().toLowerCase(Locale.ROOT))
              || uri.getRawAuthority() == null) {
            throw new IllegalArgumentException();
          }
          return uri;
        } catch (URISyntaxException e) {
          throw new IllegalArgumentException(e);
        }
      }
    };
  }

  /** The same values, or nothing: an empty text. */
  static <T> Kind<Optional<T>> optional(Kind<T> kind) {
    return new Simple<Optional<T>>(
        kind.allowed() + ", or empty", value -> value.map(kind::print).orElse("")) {
      @Override
      public Optional<T> parse(String text) {
        return text.isBlank() ? Optional.empty() : Optional.of(kind.parse(text));
      }
    };
  }

  private static String plain(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? String.valueOf((long) value)
        : String.valueOf(value);
  }

  private static <C extends Comparable<C>> C within(C value, C min, C max) {
    if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
      throw new IllegalArgumentException();
    }
    return value;
  }

  /** What all kinds share. */
  abstract class Simple<T> implements Kind<T> {
    private final String allowed;
    private final Function<T, String> printer;

    Simple(String allowed, Function<T, String> printer) {
      this.allowed = allowed;
      this.printer = printer;
    }

    @Override
    public String print(T value) {
      return printer.apply(value);
    }

    @Override
    public String allowed() {
      return allowed;
    }
  }

  /** Durations and sizes as people write them. */
  final class Units {
    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");
    private static final Pattern BYTES = Pattern.compile("(\\d{1,9})(B|KiB|MiB|GiB)");

    private Units() {}

    static Duration duration(String text) {
      Matcher match = DURATION.matcher(text);
      if (!match.matches()) {
        throw new IllegalArgumentException();
      }
      long amount = Long.parseLong(match.group(1));
      return switch (match.group(2)) {
        case "ms" -> Duration.ofMillis(amount);
        case "s" -> Duration.ofSeconds(amount);
        case "m" -> Duration.ofMinutes(amount);
        case "h" -> Duration.ofHours(amount);
        default -> Duration.ofDays(amount);
      };
    }

    static String print(Duration duration) {
      long millis = duration.toMillis();
      for (var unit :
          List.of(
              new Unit("d", 86_400_000),
              new Unit("h", 3_600_000),
              new Unit("m", 60_000),
              new Unit("s", 1000))) {
        if (millis != 0 && millis % unit.size() == 0) {
          return millis / unit.size() + unit.name();
        }
      }
      return millis + "ms";
    }

    static long bytes(String text) {
      Matcher match = BYTES.matcher(text);
      if (!match.matches()) {
        throw new IllegalArgumentException();
      }
      long amount = Long.parseLong(match.group(1));
      return switch (match.group(2)) {
        case "B" -> amount;
        case "KiB" -> amount << 10;
        case "MiB" -> amount << 20;
        default -> amount << 30;
      };
    }

    static String printBytes(long bytes) {
      for (var unit :
          List.of(new Unit("GiB", 1 << 30), new Unit("MiB", 1 << 20), new Unit("KiB", 1 << 10))) {
        if (bytes >= unit.size() && bytes % unit.size() == 0) {
          return bytes / unit.size() + unit.name();
        }
      }
      return bytes + "B";
    }

    private record Unit(String name, long size) {}
  }
}
