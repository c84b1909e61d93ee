package pharos.config.check.schema;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import pharos.config.resource.Fields;
import pharos.config.resource.Node;
import pharos.config.resource.Path;

/** Retries (analysis catalog 6.4.4 and 8.5). */
final class RetryRules {
  private static final Set<String> POLICIES =
      Set.of(
          "5xx",
          "gateway-error",
          "reset",
          "reset-before-request",
          "connect-failure",
          "retriable-4xx",
          "refused-stream",
          "retriable-status-codes",
          "retriable-headers",
          "envoy-ratelimited",
          "http3-post-connect-failure",
          "cancelled",
          "deadline-exceeded",
          "internal",
          "resource-exhausted",
          "unavailable");

  private RetryRules() {}

  static void apply(@Nullable Node retries, Path path, Verdicts verdicts) {
    if (retries == null) {
      return;
    }
    long attempts = Fields.number(retries, "attempts");
    boolean configured =
        Fields.has(retries, "perTryTimeout")
            || !Fields.text(retries, "retryOn").isEmpty()
            || Fields.has(retries, "retryRemoteLocalities");
    verdicts.errorIf(attempts < 0, path.key("attempts"), "attempts cannot be negative");
    verdicts.errorIf(
        attempts == 0 && configured,
        path,
        "http retry policy configured when attempts are set to 0 (disabled)");
    for (String field : List.of("perTryTimeout", "backoff")) {
      verdicts.errorIf(path.key(field), Values.duration(Fields.node(retries, field)));
    }
    String retryOn = Fields.text(retries, "retryOn");
    if (retryOn.isEmpty()) {
      return;
    }
    for (String policy : retryOn.split(",", -1)) {
      verdicts.errorIf(
          !POLICIES.contains(policy) && !isStatus(policy),
          path.key("retryOn"),
          "\"%s\" is not a valid retryOn policy".formatted(policy));
    }
  }

  /** Numbers of which Go's net/http knows a text. */
  private static boolean isStatus(String text) {
    if (!text.matches("[0-9]{3}")) {
      return false;
    }
    int status = Integer.parseInt(text);
    return (status >= 100 && status <= 103)
        || (status >= 200 && status <= 208)
        || status == 226
        || (status >= 300 && status <= 308 && status != 306)
        || (status >= 400 && status <= 418)
        || (status >= 421 && status <= 426)
        || status == 428
        || status == 429
        || status == 431
        || status == 451
        || (status >= 500 && status <= 508)
        || status == 510
        || status == 511;
  }
}
