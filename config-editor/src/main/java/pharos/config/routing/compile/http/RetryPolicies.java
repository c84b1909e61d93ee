package pharos.config.routing.compile.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import pharos.config.istio.PortProtocol;
import pharos.config.istio.view.HttpRoute;
import pharos.config.routing.effective.RouteEntry.Retries;

/** Retries (R-HTTP-60 to R-HTTP-63). */
public final class RetryPolicies {
  private static final String DEFAULT_CONDITIONS =
      "connect-failure,refused-stream,unavailable,cancelled,retriable-status-codes";
  private static final String STATUS_CODES = "retriable-status-codes";

  /** No retries at all. */
  public static final Retries NONE = new Retries(0, null, "");

  /** R-HTTP-60: two retries, on conditions that no application answer meets. */
  private static final Retries DEFAULT = new Retries(2, null, DEFAULT_CONDITIONS);

  /** The codes that Go has a name for; other numbers are no status (R-HTTP-61). */
  private static final Set<Integer> STATUSES =
      Set.of(
          100, 101, 102, 103, 200, 201, 202, 203, 204, 205, 206, 207, 208, 226, 300, 301, 302, 303,
          304, 305, 307, 308, 400, 401, 402, 403, 404, 405, 406, 407, 408, 409, 410, 411, 412, 413,
          414, 415, 416, 417, 418, 421, 422, 423, 424, 425, 426, 428, 429, 431, 451, 500, 501, 502,
          503, 504, 505, 506, 507, 508, 510, 511);

  /** R-HTTP-64: two retries of requests that never reached the application. */
  private static final Retries INBOUND = new Retries(2, null, "reset-before-request");

  private RetryPolicies() {}

  /**
   * R-HTTP-64: what a receiving sidecar retries.
   *
   * @param mesh the mesh's policy for inbound routes, or null
   */
  public static Retries inbound(PortProtocol protocol, HttpRoute.@Nullable Retries mesh) {
    if (mesh != null) {
      return of(mesh, null);
    }
    return protocol == PortProtocol.GRPC || protocol == PortProtocol.GRPC_WEB ? NONE : INBOUND;
  }

  /**
   * The policy in force.
   *
   * @param own of the rule, or null
   * @param mesh the mesh's default, or null
   */
  public static Retries of(HttpRoute.@Nullable Retries own, HttpRoute.@Nullable Retries mesh) {
    HttpRoute.Retries written = own == null ? mesh : own;
    if (written == null) {
      return DEFAULT;
    }
    if (written.attempts() <= 0) {
      return NONE; // R-HTTP-61, R-HTTP-63
    }
    return new Retries(
        written.attempts(),
        written.perTryTimeout(),
        written.retryOn().isEmpty() ? DEFAULT_CONDITIONS : conditions(written.retryOn()));
  }

  private static String conditions(String retryOn) {
    List<String> conditions = new ArrayList<>();
    List<String> codes = new ArrayList<>();
    for (String part : retryOn.split(",", -1)) {
      String token = part.strip();
      if (isStatus(token)) {
        codes.add(token);
      } else if (!token.isEmpty()) {
        conditions.add(token);
      }
    }
    if (!codes.isEmpty() && !conditions.contains(STATUS_CODES)) {
      conditions.add(STATUS_CODES);
    }
    conditions.addAll(codes);
    return String.join(",", conditions);
  }

  private static boolean isStatus(String token) {
    return token.length() == 3
        && token.chars().allMatch(c -> c >= '0' && c <= '9')
        && STATUSES.contains(Integer.parseInt(token));
  }
}
