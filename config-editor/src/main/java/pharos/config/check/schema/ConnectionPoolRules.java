package pharos.config.check.schema;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import pharos.config.resource.Fields;
import pharos.config.resource.Node;
import pharos.config.resource.Path;
import pharos.config.schema.Durations;

/** A connection pool (analysis catalog 6.3.2). */
final class ConnectionPoolRules {
  private static final Map<String, String> HTTP_LIMITS = new LinkedHashMap<>();

  static {
    HTTP_LIMITS.put("http1MaxPendingRequests", "http1 max pending requests");
    HTTP_LIMITS.put("http2MaxRequests", "http2 max requests");
    HTTP_LIMITS.put("maxRequestsPerConnection", "max requests per connection");
    HTTP_LIMITS.put("maxRetries", "max retries");
    HTTP_LIMITS.put("maxConcurrentStreams", "max concurrent streams");
  }

  private ConnectionPoolRules() {}

  static void apply(@Nullable Node pool, Path path, Verdicts verdicts) {
    if (pool == null) {
      return;
    }
    if (!Fields.has(pool, "http") && !Fields.has(pool, "tcp")) {
      verdicts.error(path, "connection pool must have at least one field");
      return;
    }
    http(Fields.node(pool, "http"), path.key("http"), verdicts);
    tcp(Fields.node(pool, "tcp"), path.key("tcp"), verdicts);
  }

  private static void http(@Nullable Node http, Path path, Verdicts verdicts) {
    HTTP_LIMITS.forEach((field, words) ->
        verdicts.errorIf(
            Fields.number(http, field) < 0, path.key(field), words + " must be non-negative"));
    verdicts.errorIf(path.key("idleTimeout"), Values.duration(Fields.node(http, "idleTimeout")));
    verdicts.errorIf(
        Fields.text(http, "h2UpgradePolicy").equals("UPGRADE")
            && Fields.flag(http, "useClientProtocol"),
        path,
        "use client protocol must not be true when H2UpgradePolicy is UPGRADE");
    Node keepAlive = Fields.node(http, "http2KeepAlive");
    if (keepAlive != null) {
      for (String field : List.of("interval", "timeout")) {
        Node value = Fields.node(keepAlive, field);
        Path at = path.key("http2KeepAlive").key(field);
        verdicts.errorIf(value == null, at, "http2 keepalive %s is required".formatted(field));
        verdicts.errorIf(at, Values.duration(value));
      }
    }
  }

  private static void tcp(@Nullable Node tcp, Path path, Verdicts verdicts) {
    verdicts.errorIf(
        Fields.number(tcp, "maxConnections") < 0,
        path.key("maxConnections"),
        "max connections must be non-negative");
    for (String field : List.of("connectTimeout", "maxConnectionDuration")) {
      verdicts.errorIf(path.key(field), Values.duration(Fields.node(tcp, field)));
    }
    Node idle = Fields.node(tcp, "idleTimeout");
    BigDecimal nanos = idle == null ? null : Durations.nanos(Fields.text(idle));
    boolean disables = nanos != null && nanos.signum() >= 0 && nanos.longValue() < 1_000_000;
    if (!disables) {
      verdicts.errorIf(path.key("idleTimeout"), Values.duration(idle));
    }
    for (String field : List.of("time", "interval")) {
      verdicts.errorIf(
          path.key("tcpKeepalive").key(field),
          Values.duration(Fields.node(tcp, "tcpKeepalive", field)));
    }
  }
}
