package pharos.config.routing;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One request, or one connection when there is no method.
 *
 * @param port that the proxy sees as destination
 * @param ip original destination; null means the address of the authority's service
 * @param sni server name of the TLS handshake; null for none
 * @param tls whether the bytes are TLS
 * @param scheme {@code http} or {@code https} as the client means it
 * @param method empty for a connection without HTTP
 * @param authority Host or {@code :authority} as sent, with the port if the client sent one
 * @param path with the query
 * @param headers by lower-case name; several values of a name are joined with {@code ,}
 * @param claims values of validated JWT claims by dotted path; empty without a validated token
 *     (R-HTTP-19)
 */
public record Request(
    int port,
    @Nullable String ip,
    @Nullable String sni,
    boolean tls,
    String scheme,
    String method,
    String authority,
    String path,
    Map<String, String> headers,
    Map<String, List<String>> claims) {
  public Request {
    Map<String, String> lower = new TreeMap<>();
    headers.forEach(
        (name, value) -> lower.merge(name.toLowerCase(Locale.ROOT), value, (a, b) -> a + "," + b));
    headers = Map.copyOf(lower);
    claims = Map.copyOf(claims);
  }

  /** Whether it is an HTTP request. */
  public boolean http() {
    return !method.isEmpty();
  }

  /** The path without query and fragment (R-ENV-11). */
  public String pathOnly() {
    int end = path.length();
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      if (c == '?' || c == '#') {
        end = i;
        break;
      }
    }
    return path.substring(0, end);
  }
}
