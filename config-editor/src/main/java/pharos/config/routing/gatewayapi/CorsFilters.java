package pharos.config.routing.gatewayapi;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import pharos.config.istio.view.HttpRoute;
import pharos.config.istio.view.StringMatch;
import pharos.config.resource.Fields;
import pharos.config.resource.Node;

/** The CORS filter (R-GWAPI-17). */
final class CorsFilters {
  /** Any origin that is well formed: a scheme and a host, nothing after. */
  private static final String ANY_ORIGIN = "^[a-zA-Z][a-zA-Z0-9+.-]*://[^/\\s?#]+$";

  /** The API server's default of {@code maxAge}, in seconds. */
  private static final long MAX_AGE = 5;

  private CorsFilters() {}

  static HttpRoute.Cors of(@Nullable Node cors) {
    List<StringMatch> origins = new ArrayList<>();
    for (String origin : Fields.texts(cors, "allowOrigins")) {
      if (!origin.isEmpty()) {
        origins.add(origin(origin));
      }
    }
    long maxAge = Fields.has(cors, "maxAge") ? Fields.number(cors, "maxAge") : MAX_AGE;
    return new HttpRoute.Cors(
        origins,
        Fields.texts(cors, "allowMethods"),
        Fields.texts(cors, "allowHeaders"),
        Fields.texts(cors, "exposeHeaders"),
        maxAge > 0 ? Duration.ofSeconds(maxAge) : null,
        Fields.flag(cors, "allowCredentials"),
        true);
  }

  private static StringMatch origin(String origin) {
    int star = origin.indexOf('*');
    if (star < 0) {
      return new StringMatch.Exact(origin);
    }
    if (origin.equals("*")) {
      return new StringMatch.Regex(ANY_ORIGIN);
    }
    if (star == origin.length() - 1) {
      return new StringMatch.Prefix(origin.substring(0, star));
    }
    StringBuilder regex = new StringBuilder("^");
    for (int i = 0; i < origin.length(); i++) {
      char c = origin.charAt(i);
      if (c == '*') {
        regex.append(".*");
      } else if ("\\.+?()[]{}|^$".indexOf(c) >= 0) {
        regex.append('\\').append(c);
      } else {
        regex.append(c);
      }
    }
    return new StringMatch.Regex(regex.append('$').toString());
  }
}
