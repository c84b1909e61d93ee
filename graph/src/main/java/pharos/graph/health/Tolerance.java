package pharos.graph.health;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * How many responses of a kind are too many. Patterns match whole values.
 *
 * @param code of the response, for example {@code 5\d\d}; {@code -} is no response
 * @param protocol {@code http} or {@code grpc}
 * @param direction {@code inbound} or {@code outbound}
 * @param degradedPercent at or above this share of all requests of the protocol: degraded; 0 means
 *     that any such response degrades
 * @param failurePercent at or above this share: failure; 0 means never
 */
public record Tolerance(
    Pattern code,
    Pattern protocol,
    Pattern direction,
    double degradedPercent,
    double failurePercent) {

  private static final int MAX_PATTERN_LENGTH = 100;

  /** The annotation that overrides the tolerances of one object. */
  public static final String ANNOTATION = "health.kiali.io/rate";

  /**
   * A tolerance as users write it: {@code X} in a code stands for any digit, an empty pattern for
   * anything. Empty when a pattern cannot be used.
   */
  public static Optional<Tolerance> of(
      String code,
      double degradedPercent,
      double failurePercent,
      String protocol,
      String direction) {
    Pattern codes = pattern(code.replace("X", "\\d").replace("x", "\\d"));
    Pattern protocols = pattern(protocol);
    Pattern directions = pattern(direction);
    if (codes == null || protocols == null || directions == null) {
      return Optional.empty();
    }
    return Optional.of(
        new Tolerance(codes, protocols, directions, degradedPercent, failurePercent));
  }

  /**
   * Reads {@code code,degraded,failure,protocol,direction;…}. Parts that cannot be read are left
   * out; when nothing is left, the object is judged as if it had no annotation.
   */
  public static List<Tolerance> parse(String annotation) {
    List<Tolerance> tolerances = new ArrayList<>();
    for (String part : annotation.split(";", -1)) {
      String[] fields = part.strip().split(",", -1);
      if (fields.length != 5) {
        continue;
      }
      double degraded = number(fields[1]);
      double failure = number(fields[2]);
      if (degraded <= failure) {
        of(fields[0].strip(), degraded, failure, fields[3].strip(), fields[4].strip())
            .ifPresent(tolerances::add);
      }
    }
    return tolerances;
  }

  /** NaN compares false with everything, which drops the part. */
  private static double number(String text) {
    try {
      return Double.parseDouble(text.strip());
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  private static @Nullable Pattern pattern(String text) {
    if (text.length() > MAX_PATTERN_LENGTH) {
      return null;
    }
    try {
      return Pattern.compile(text.isEmpty() ? ".*" : text);
    } catch (PatternSyntaxException e) {
      return null;
    }
  }
}
