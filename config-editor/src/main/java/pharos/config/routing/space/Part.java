package pharos.config.routing.space;

import java.util.List;
import pharos.config.routing.language.Atom;
import pharos.config.routing.language.Literal;

/**
 * A part of a request that conditions look at.
 *
 * @param name of the header, query parameter or claim; empty for the others
 */
public record Part(Kind kind, String name) implements Comparable<Part> {
  public static final Part PATH = new Part(Kind.PATH, "");
  public static final Part METHOD = new Part(Kind.METHOD, "");
  public static final Part AUTHORITY = new Part(Kind.AUTHORITY, "");
  public static final Part SCHEME = new Part(Kind.SCHEME, "");
  public static final Part SERVER_NAME = new Part(Kind.SERVER_NAME, "");
  public static final Part DESTINATION = new Part(Kind.DESTINATION, "");
  public static final Part PROTOCOL = new Part(Kind.PROTOCOL, "");

  /** The part that a header condition looks at; pseudo headers are parts of their own. */
  public static Part header(String name) {
    return switch (name) {
      case ":method" -> METHOD;
      case ":authority", "host" -> AUTHORITY;
      case ":scheme" -> SCHEME;
      case ":path" -> PATH;
      default -> new Part(Kind.HEADER, name);
    };
  }

  /** What kind of part. */
  public enum Kind {
    /** Without the query, as it is after normalisation (R-ENV-11, R-ENV-30). */
    PATH,
    METHOD,
    /** As sent, with the port if there is one (R-HTTP-21). */
    AUTHORITY,
    SCHEME,
    HEADER,
    QUERY,
    CLAIM,
    /** Server name of a TLS handshake. */
    SERVER_NAME,
    /** The address that the client dialled. */
    DESTINATION,
    /** What the first bytes of a connection look like. */
    PROTOCOL;

    /** Whether a request can lack it. */
    public boolean mayBeAbsent() {
      return switch (this) {
        case PATH, METHOD, AUTHORITY, SCHEME, DESTINATION, PROTOCOL -> false;
        case HEADER, QUERY, CLAIM, SERVER_NAME -> true;
      };
    }

    /** Values to try first. */
    List<String> guesses() {
      return switch (this) {
        case PATH -> List.of("/");
        case METHOD -> List.of("GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS");
        case AUTHORITY, SERVER_NAME -> List.of("unknown.example");
        case SCHEME -> List.of("http", "https");
        case HEADER, QUERY, CLAIM -> List.of("x", "1");
        case DESTINATION, PROTOCOL -> List.of();
      };
    }

    /** What every value of this kind is like. */
    List<Literal> limits() {
      return switch (this) {
        case PATH -> PATH_LIMITS;
        case METHOD -> List.of(regex("[!#$%&'*+.^_`|~0-9A-Za-z-]+"));
        case AUTHORITY ->
            List.of(
                regex("([a-z0-9_]([a-z0-9_.-]*[a-z0-9_])?|\\[[0-9a-f:.]+\\])(:[1-9][0-9]{0,4})?"));
        case SCHEME -> List.of(regex("https?"));
        case HEADER -> List.of(regex("([!-~]([ -~]*[!-~])?)?"));
        case QUERY -> List.of(regex("[!-\"$%'-~]*"));
        case CLAIM -> List.of(regex("[ -~]*"));
        case DESTINATION, PROTOCOL -> List.of();
        case SERVER_NAME -> List.of(regex("[a-z0-9]([a-z0-9.-]*[a-z0-9])?"));
      };
    }
  }

  /** Visible ASCII in segments; what normalisation would change is left out. */
  private static final List<Literal> PATH_LIMITS =
      List.of(
          regex("(/([!-\"$&->@-\\[\\]-~]|%[0-9A-Fa-f]{2})*)+"),
          regex("(.*/)?\\.\\.?(/.*)?").not(),
          regex(".*%(2[dDeE]|3[0-9]|[46][1-9a-fA-F]|[57][0-9aA]|5[fF]|7[eEfF]|[01].).*").not());

  private static Literal regex(String pattern) {
    return new Literal(new Atom.Regex(pattern), true);
  }

  @Override
  public int compareTo(Part other) {
    int byKind = kind.compareTo(other.kind);
    return byKind != 0 ? byKind : name.compareTo(other.name);
  }
}
