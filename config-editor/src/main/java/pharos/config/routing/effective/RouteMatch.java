package pharos.config.routing.effective;

import java.util.List;

/**
 * Conditions on a request; all must hold.
 *
 * @param headers also the pseudo headers {@code :method}, {@code :authority}, {@code :scheme}
 * @param claims conditions on validated JWT claims (R-HTTP-19)
 */
public record RouteMatch(
    PathMatch path, List<HeaderMatch> headers, List<QueryMatch> query, List<ClaimMatch> claims) {
  /** Matches every request. */
  public static final RouteMatch ANY =
      new RouteMatch(new Prefix("/", false), List.of(), List.of(), List.of());

  public RouteMatch {
    headers = List.copyOf(headers);
    query = List.copyOf(query);
    claims = List.copyOf(claims);
  }

  /** Whether it is a catch-all by Istio's definition (R-HTTP-8). */
  public boolean catchAll() {
    boolean everyPath =
        switch (path) {
          case Prefix prefix -> prefix.value().equals("/");
          case PathSeparatedPrefix prefix -> prefix.value().equals("/");
          case Regex regex -> regex.value().equals(".*");
          case Exact _ -> false;
        };
    return everyPath && headers.isEmpty() && query.isEmpty() && claims.isEmpty();
  }

  /** A condition on the path without its query (R-ENV-11 to R-ENV-14). */
  public sealed interface PathMatch {}

  /** Equal. */
  public record Exact(String value, boolean ignoreCase) implements PathMatch {}

  /** Begins with the text, wherever a segment ends (R-HTTP-11). */
  public record Prefix(String value, boolean ignoreCase) implements PathMatch {}

  /** Equal, or continues with {@code /} (R-ENV-13); never ends with {@code /}. */
  public record PathSeparatedPrefix(String value, boolean ignoreCase) implements PathMatch {}

  /** RE2, the whole path. */
  public record Regex(String value) implements PathMatch {}

  /**
   * A condition on a header.
   *
   * @param name lower case
   * @param invert the result is negated
   * @param missingAsEmpty an absent header counts as the empty text (R-HTTP-17)
   */
  public record HeaderMatch(
      String name, ValueMatch value, boolean invert, boolean missingAsEmpty) {}

  /** A condition on the first occurrence of a query parameter (R-ENV-16). */
  public record QueryMatch(String name, ValueMatch value) {}

  /** A condition on a claim, by its path. */
  public record ClaimMatch(List<String> claim, ValueMatch value, boolean invert) {
    public ClaimMatch {
      claim = List.copyOf(claim);
    }
  }

  /** A condition on a value. */
  public sealed interface ValueMatch {}

  /** There is one, whatever it is. */
  public record Present() implements ValueMatch {}

  /** Equal. */
  public record ValueExact(String value) implements ValueMatch {}

  /** Begins with. */
  public record ValuePrefix(String value) implements ValueMatch {}

  /** RE2, the whole value. */
  public record ValueRegex(String value) implements ValueMatch {}
}
