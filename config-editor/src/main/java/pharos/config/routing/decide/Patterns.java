package pharos.config.routing.decide;

import com.google.re2j.Pattern;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import pharos.config.istio.GuardedRegex;

/** The regular expressions of a proxy's configuration, each behind the guard and compiled once. */
final class Patterns {
  private final Map<String, GuardedRegex> known = new ConcurrentHashMap<>();

  /** Why the proxy would refuse an expression, or null. */
  @Nullable String problem(String regex) {
    return switch (guarded(regex)) {
      case GuardedRegex.Compiled _ -> null;
      case GuardedRegex.Invalid invalid ->
          "regex \"%s\": %s".formatted(shortened(regex), invalid.reason());
      case GuardedRegex.TooLarge large ->
          "regex \"%s\" needs about %d instructions (expected: at most %d)"
              .formatted(shortened(regex), large.size(), GuardedRegex.MAX_SIZE);
    };
  }

  /** An expression of which {@link #problem} found nothing. */
  Pattern get(String regex) {
    if (guarded(regex) instanceof GuardedRegex.Compiled compiled) {
      return compiled.pattern();
    }
    throw new IllegalStateException("regex %s was never looked at".formatted(shortened(regex)));
  }

  private GuardedRegex guarded(String regex) {
    return known.computeIfAbsent(regex, GuardedRegex::compile);
  }

  private static String shortened(String regex) {
    return regex.length() <= 80 ? regex : regex.substring(0, 80) + "…";
  }
}
